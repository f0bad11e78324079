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

/** Where programs get what a page shows, and how to cite it. */
export function thisViewAsData(context: Context, { title }: Page, data: DataLinks): Html {
  const { api, formats, operation } = data;
  const command = `curl '${context.url(api).replaceAll("'", '%27')}'`;
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
        <span id="cite">“${title}”, Attest, ${address}</span><button type="button" data-copy="cite" hidden>Copy</button>
      </p>
      <p class="note">
        Cite the dataset and its version with it: <a href=${context.href('/datasets')}>datasets</a>.
      </p>
    </section>
  `;
}

/** A URL of the API with a format. */
export function withFormat(api: string, format: string): string {
  return `${api}${api.includes('?') ? '&' : '?'}format=${format}`;
}
