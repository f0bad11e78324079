import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import type { DataFormat, DataLinks, Page } from '../types.ts';

const NAMES: Record<DataFormat, string> = {
  csv: 'CSV',
  ndjson: 'NDJSON',
  geojson: 'GeoJSON',
  icalendar: 'Calendar',
  atom: 'Feed',
  jsonld: 'JSON-LD',
  graphml: 'GraphML',
};

/** What the citation of a page names of a dataset. */
export interface CitedDataset {
  title: string;
  version: string;
}

/** Where programs get what a page shows, and how to cite it. */
export function thisViewAsData(
  context: Context,
  { title }: Page,
  data: DataLinks,
  datasets: readonly CitedDataset[],
): Html {
  const { api, formats, operation } = data;
  const command = `curl '${context.url(api).replaceAll("'", '%27')}'`;
  const versions = datasets.map((each) => `${each.title}, version ${each.version}, `).join('');
  const address = context.url(context.request.url);
  return html`
    <section class="as-data" aria-labelledby="as-data">
      <h2 id="as-data">This view as data</h2>
      <ul class="formats">
        <li><a href=${context.plain(api)}>JSON</a></li>
        ${formats.map((format) => html`<li><a href=${context.plain(withFormat(api, format))}>${NAMES[format]}</a></li>`)}
        <li><a href=${context.plain(`/docs/#/${operation}`)}>Try it in Swagger UI</a></li>
      </ul>
      <p class="copy-line"><code id="curl">${command}</code><button type="button" data-copy="curl" hidden>Copy</button></p>
      <p class="copy-line">
        <span id="cite">“${title}”, ${versions}Attest, ${address}</span><button type="button" data-copy="cite" hidden>Copy</button>
      </p>
    </section>
  `;
}

/** A URL of the API with a format. */
export function withFormat(api: string, format: string): string {
  return `${api}${api.includes('?') ? '&' : '?'}format=${format}`;
}
