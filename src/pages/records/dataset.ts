import { asOf, query } from '../../http/request/parameters.ts';
import { datasetQueries } from '../../resources/datasets/queries.ts';
import { datasetQuery } from '../../resources/datasets/schema.ts';
import { eventQuery } from '../../resources/events/schema.ts';
import { sourceQueries } from '../../resources/sources/queries.ts';
import { sourceQuery } from '../../resources/sources/schema.ts';
import { ribbon } from '../charts/ribbon.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import type { PageRoute } from '../page.ts';
import { dayInWords } from '../parts/dates.ts';
import { datasetLink } from '../parts/links.ts';
import { sourceRows } from '../parts/rows.ts';
import { facts, related, section, unlessTooMuch } from '../related.ts';
import { recordData } from './record.ts';

const recordQuery = query({ asOf });
/** At most this many datasets are on one page. */
const DATASETS = 100;

type Dataset = Awaited<ReturnType<typeof datasetQueries.get>>;

/** The page of a dataset: what is in it, and how to cite it. */
export const datasetPage: PageRoute<typeof recordQuery> = {
  path: '/datasets/:id',
  query: recordQuery,
  async render(context, { asOf: day }) {
    const dataset = await datasetQueries.get(context.store.db, context.id);
    const asked = { dataset: dataset.id };
    const sources = await related(context, sourceQueries, sourceQuery, asked, 20);
    const filter = eventQuery.parse({ ...asked, ...(day === undefined ? {} : { asOf: day }) });
    return {
      title: dataset.title,
      description: dataset.description,
      crumbs: [
        { name: 'Attest', path: '/' },
        { name: 'Datasets', path: '/datasets' },
      ],
      isTimeless: true,
      dataset: dataset.id,
      data: recordData(context, 'datasets', 'Datasets/getDataset', [], { takesAsOf: false }),
      thing: {
        '@context': 'https://schema.org',
        '@type': 'Dataset',
        '@id': context.url(context.path),
        name: dataset.title,
        description: dataset.description,
        version: dataset.version,
        // A licence that is not of SPDX's list has no page there.
        license: dataset.licence.startsWith('LicenseRef-')
          ? undefined
          : `https://spdx.org/licenses/${dataset.licence}`,
        citation: dataset.citation,
      },
      body: html`
        <article>
          <h1>${dataset.title}</h1>
          <p class="lead">${dataset.description}</p>
          ${facts(factsOf(context, dataset))}
          ${await unlessTooMuch(() => ribbon(context, filter))}
          ${section(context, 'Sources', sources, sourceRows(context, sources.items), { path: '/sources', parameters: asked })}
        </article>
      `,
    };
  },
};

/** The page of all datasets. */
export const datasetsPage: PageRoute<typeof recordQuery> = {
  path: '/datasets',
  query: recordQuery,
  async render(context) {
    const { items, total } = await related(context, datasetQueries, datasetQuery, {}, DATASETS);
    const description = 'What is in the store, and how to cite it.';
    return {
      title: 'Datasets',
      description,
      crumbs: [{ name: 'Attest', path: '/' }],
      isTimeless: true,
      data: { api: '/v1/datasets', formats: [], operation: 'Datasets/listDatasets' },
      body: html`
        <h1>Datasets</h1>
        <p class="lead">${description}</p>
        ${items.map(
          (dataset) => html`
            <section>
              <h2>${datasetLink(context, dataset)}</h2>
              <p>${dataset.description}</p>
              ${facts(factsOf(context, dataset))}
            </section>
          `,
        )}
        ${total !== items.length && html`<p class="note">Only the first ${items.length}.</p>`}
      `,
    };
  },
};

function factsOf(
  context: Context,
  { id, version, licence, citation, counts, coverage, loadedAt }: Dataset,
): [string, Html][] {
  const { earliest, latest } = coverage.sources;
  const link = (path: string, count: number, noun: string): Html =>
    html`<a href=${context.href(path, { dataset: id })}>${count.toLocaleString('en')} ${noun}</a>`;
  return [
    ['Cite it as', citation],
    ['Version', version],
    ['Licence', licence],
    [
      'Contains',
      joined([
        link('/sources', counts.sources, 'sources'),
        link('/events', counts.events, 'events'),
        link('/statements', counts.statements, 'statements'),
        link('/claims', counts.claims, 'claims'),
      ]),
    ],
    ['Sources published', earliest && latest && `from ${dayInWords(earliest)} to ${dayInWords(latest)}`],
    ['Loaded', dayInWords(loadedAt.slice(0, 10))],
  ];
}
