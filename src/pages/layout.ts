import type { Context } from './context.ts';
import { dataBlock, type Html, html, toText } from './html.ts';
import { asOfBar, asOfControl } from './parts/asOf.ts';
import { type CitedDataset, thisViewAsData, withFormat } from './parts/data.ts';
import { searchForm } from './parts/searchForm.ts';
import type { Page } from './types.ts';

/** The pages that every page leads to. */
const NAVIGATION = [
  ['/events', 'Events'],
  ['/statements', 'Statements'],
  ['/claims', 'Claims'],
  ['/actors', 'Actors'],
  ['/topics', 'Topics'],
  ['/sources', 'Sources'],
  ['/figures', 'Figures'],
  ['/timeline', 'Timeline'],
  ['/graph', 'Network'],
  ['/map', 'Map'],
] as const;

/** A whole HTML document; `datasets` are those that its citation names. */
export function document(context: Context, page: Page, datasets: readonly CitedDataset[] = []): string {
  return `<!DOCTYPE html>${toText(html`
    <html lang="en">
      ${head(context, page)}
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        ${header(context)}
        ${asOfBar(context, page.isTimeless ?? false)}
        <main id="main" tabindex="-1">
          <div class="under">${crumbs(context, page)}${asOfControl(context)}</div>
          ${page.body}
        </main>
        <footer>
          ${page.data && thisViewAsData(context, page, page.data, datasets)}
          ${about(context)}
        </footer>
      </body>
    </html>
  `)}`;
}

function head(context: Context, { title, description, thing, data }: Page): Html {
  const whole = context.path === '/' ? title : `${title} · Attest`;
  return html`
    <head>
      <meta charset="utf-8" />
      <title>${whole}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="description" content=${description} />
      <meta property="og:title" content=${title} />
      <meta property="og:description" content=${description} />
      <meta property="og:type" content=${context.path === '/' ? 'website' : 'article'} />
      <meta property="og:url" content=${context.url(context.path)} />
      <meta property="og:site_name" content="Attest" />
      <link rel="canonical" href=${context.url(context.path)} />
      <link rel="icon" href=${context.plain('/favicon.ico')} type="image/svg+xml" />
      <link rel="stylesheet" href=${context.plain('/assets/attest.css')} />
      ${data && alternates(context, data)}
      <script src=${context.plain('/assets/attest.js')} defer></script>
      ${thing && dataBlock('application/ld+json', thing)}
    </head>
  `;
}

const TYPES = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  geojson: 'application/geo+json',
  icalendar: 'text/calendar',
  atom: 'application/atom+xml',
  jsonld: 'application/ld+json',
  graphml: 'application/graphml+xml',
};

function alternates(context: Context, { api, formats }: NonNullable<Page['data']>): Html {
  const link = (type: string, href: string): Html => html`<link rel="alternate" type=${type} href=${href} />`;
  return [
    link('application/json', context.plain(api)),
    ...formats.map((format) => link(TYPES[format], context.plain(withFormat(api, format)))),
  ];
}

function header(context: Context): Html {
  const { path } = context;
  return html`
    <header class="top">
      <a class="brand" href=${context.href('/')}>Attest</a>
      <nav aria-label="Main">
        <ul>
          ${NAVIGATION.map(([to, name]) => {
            const current = path === to ? 'page' : path.startsWith(`${to}/`) ? 'true' : undefined;
            return html`<li><a href=${context.href(to)} aria-current=${current}>${name}</a></li>`;
          })}
        </ul>
      </nav>
      ${path !== '/' && path !== '/search' && searchForm(context)}
    </header>
  `;
}

function crumbs(context: Context, { crumbs: above, title }: Page): Html {
  if (above.length === 0) return null;
  return html`
    <nav class="crumbs" aria-label="Breadcrumbs">
      <ol>
        ${above.map(({ name, path }) => html`<li><a href=${context.href(path)}>${name}</a></li>`)}
        <li aria-current="page">${title}</li>
      </ol>
    </nav>
  `;
}

function about(context: Context): Html {
  return html`
    <div class="about">
      <p>
        Attest records what happened, who took part, who said what, and who asserts or denies which claim. Every
        record leads to the passage that proves it.
      </p>
      <ul>
        <li><a href=${context.href('/datasets')}>Datasets and how to cite them</a></li>
        <li><a href=${context.plain('/docs/')}>API</a></li>
        <li><a href=${context.plain('/openapi.json')}>OpenAPI document</a></li>
        <li><a href=${context.plain('/problems')}>What errors mean</a></li>
      </ul>
    </div>
  `;
}
