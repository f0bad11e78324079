import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { FacetCounts } from '../db/lists/facets.ts';
import type { FacetName, ListQueries, ListTypes } from '../db/lists/queries.ts';
import type { Problem } from '../http/problems/types.ts';
import { listBody, pageRequest } from '../http/request/cursors.ts';
import type { PageParameters } from '../http/response/listParameters.ts';
import type { Context } from './context.ts';
import { type Html, html } from './html.ts';
import type { PageRoute } from './page.ts';
import { chips, type FacetNames, type Field, filterForm, nothingFound, TO_FILTERS } from './parts/filters.ts';
import { problemLinks } from './parts/problemLinks.ts';
import { countOf, unlessSlow, unlessTooMuch } from './related.ts';
import type { DataFormat, DataLinks, Page } from './types.ts';

/** A page that lists records of one kind. */
export interface ListPage<T extends ListTypes, Query extends z.ZodObject> {
  path: string;
  /** The path of the same list in the API. */
  api: string;
  query: Query;
  queries: ListQueries<T>;
  title: string;
  /** What the list has, in a sentence. */
  description: string;
  /** One of them, and several: `event`, `events`. */
  nouns: readonly [one: string, many: string];
  fields: readonly Field[];
  facets: FacetNames;
  formats: readonly DataFormat[];
  operation: string;
  /** Whether the list of the API is the same on whatever day it is read, so that it takes no `asOf`. */
  isTimeless?: boolean;
  rows: (context: Context, items: T['item'][]) => Html | Promise<Html>;
  /** What the page has above its list, such as a chart of the matches. */
  above?: (context: Context, query: T['query']) => Promise<Html>;
}

/** The field for words, which every list with a full text has. */
export const WORDS: Field = { name: 'q', label: 'Words' };
/** The fields for the window of days. */
export const DAYS: readonly Field[] = [
  { name: 'from', label: 'From', hint: 'a day, month or year: 2024-06' },
  { name: 'to', label: 'To' },
];

const EMPTY = { facets: {}, counts: {} };

/** The route of a list. */
export function listPage<T extends ListTypes, Query extends z.ZodObject>(
  list: ListPage<T, Query>,
): PageRoute<Query> {
  return {
    path: list.path,
    query: list.query,
    render: async (context, query, reply) =>
      // Cast: a list's queries are typed by what its schema returns; the compiler does not follow that here.
      pageOf(context, list, query as T['query'] & PageParameters, reply),
    refused: (context, problem) => refusedPage(context, list, problem),
  };
}

async function pageOf<T extends ListTypes>(
  context: Context,
  list: ListPage<T, z.ZodObject>,
  query: T['query'] & PageParameters,
  reply: FastifyReply,
): Promise<Page> {
  const { request } = context;
  const matches = await list.queries.matching(context.store, query);
  const page = await matches.page({ ...pageRequest(request, query), count: false });
  const { items, next } = listBody(page, request, reply);
  const total = await countOf(matches);
  // Cast: the names are those of the list's own facets.
  const names = Object.keys(list.facets) as FacetName<T>[];
  const counts: Partial<Record<string, FacetCounts>> = await unlessSlow(
    async () => matches.facets(names),
    {},
  );
  const labels = labelsOf(list);
  const results = html`
    ${chips(context, counts, labels)}
    <p class="showing" role="status">${showing(context, items.length, total, list.nouns)}</p>
    <h2 class="hidden">Records</h2>
    ${items.length === 0 ? nothingFound(context, labels) : await list.rows(context, items)}
    ${paging(context, next)}
  `;
  const { fields, facets } = list;
  return {
    ...headOf(list),
    data: dataOf(context, list),
    isTimeless: list.isTimeless ?? false,
    body: html`
      <h1>${list.title}</h1>
      <p class="lead">${list.description}</p>
      ${TO_FILTERS}
      ${list.above && (await unlessTooMuch(async () => list.above?.(context, query)))}
      <div class="with-side">
        <aside id="filters">${filterForm(context, { fields, facets, counts })}</aside>
        <div class="results">${results}</div>
      </div>
    `,
  };
}

/** The page of a list whose query is refused: each error beside its field, and those of other parameters above. */
function refusedPage<T extends ListTypes>(
  context: Context,
  list: ListPage<T, z.ZodObject>,
  problem: Problem,
): Page {
  const fields = new Set(list.fields.map(({ name }) => name));
  const elsewhere = problem.errors.filter(({ parameter }) => !fields.has(parameter));
  return {
    ...headOf(list),
    body: html`
      <h1>${list.title}</h1>
      <div class="with-side">
        <aside>${filterForm(context, { ...EMPTY, fields: list.fields, problem })}</aside>
        <div class="results">
          <div class="error" role="alert">
            <h2>The query is not understood</h2>
            ${elsewhere.length > 0 ? elsewhere.map((error) => html`<div><b>${error.parameter}</b>: ${problemLinks(context, [error])}</div>`) : html`<p>What is wrong is said beside its field.</p>`}
            <p><a href=${context.plain(list.path)}>Begin again without filters</a></p>
          </div>
        </div>
      </div>
    `,
  };
}

function headOf({
  title,
  description,
}: {
  title: string;
  description: string;
}): Pick<Page, 'title' | 'description' | 'crumbs'> {
  return { title, description, crumbs: [{ name: 'Attest', path: '/' }] };
}

function dataOf<T extends ListTypes>(
  context: Context,
  { api, formats, operation, isTimeless = false }: ListPage<T, z.ZodObject>,
): DataLinks {
  const without = ['cursor', 'limit', ...(isTimeless ? ['asOf'] : [])];
  return { api: context.sameQuery(api, without), formats, operation };
}

function labelsOf({
  fields,
  facets,
}: {
  fields: readonly Field[];
  facets: FacetNames;
}): Record<string, string> {
  return { ...Object.fromEntries(fields.map(({ name, label }) => [name, label])), ...facets };
}

function showing(
  context: Context,
  shown: number,
  total: number | null,
  [one, many]: readonly [string, string],
): string {
  if (total === null) return `Showing ${shown} ${many}; counting them all would take too long now`;
  const all = `${total.toLocaleString('en')} ${total === 1 ? one : many}`;
  if (context.values('cursor').length > 0) return `Showing ${shown} more of ${all}`;
  return shown < total ? `Showing ${shown} of ${all}` : all;
}

function paging(context: Context, next: string | null): Html {
  const first = context.values('cursor').length > 0;
  if (next === null && !first) return null;
  return html`
    <nav class="paging" aria-label="Pages">
      ${first && html`<a href=${context.changed(() => false)}>First page</a>`}
      ${next !== null && html`<a rel="next" href=${context.changed(() => false, { cursor: next })}>Next page</a>`}
    </nav>
  `;
}
