import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FacetCounts } from '../../db/lists/facets.ts';
import type { Page } from '../../db/lists/paging.ts';
import type { FacetName, ListQueries, ListTypes } from '../../db/lists/queries.ts';
import type { Store } from '../../db/store.ts';
import { listBody, pageRequest } from '../request/cursors.ts';
import { JSON_TYPE } from '../request/negotiation.ts';
import { baseUrl, linkWith } from '../request/urls.ts';
import type { ResourceFormats } from './defineFormats.ts';
import { answerExport } from './export.ts';
import { pickFields } from './fields.ts';
import type { PageFormat } from './formats/format.ts';
import { type PageParameters, refuseUnsupported } from './listParameters.ts';

/** The body of a list's answer in JSON. */
export interface ListBody<T extends ListTypes> {
  items: T['item'][];
  next: string | null;
  total?: number;
  facets?: Partial<Record<FacetName<T>, FacetCounts>>;
}

/**
 * Answers a list in the format that the request wants: a page, or an export of all matches. A list without
 * `formats` has JSON alone. Typed as the JSON body, which the compiler checks against its schema; any other
 * format is sent as text.
 */
export async function answerList<T extends ListTypes>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  query: T['query'] & PageParameters,
  queries: ListQueries<T>,
  formats?: ResourceFormats<T['item']>,
): Promise<ListBody<T>> {
  const format = formats?.list.wanted(request);
  refuseUnsupported(request, format);
  if (!formats || !format) return answerJson(store, request, reply, query, queries);
  if (format.writes === 'page') return answerPage(store, request, reply, query, queries, formats, format);
  const { fields, bom = false } = query;
  const { path, title } = formats;
  const { subset } = format;
  const options = { path, title, format, options: { fields, bom } };
  return answerExport(store, request, reply, options, async (snapshot) => {
    const matches = await queries.matching(snapshot, query);
    const exported = await matches.export(subset);
    const outside = subset ? await matches.countOutside(subset) : 0;
    return { ...exported, outside, changed: (ids) => matches.changed(ids) };
  });
}

async function answerJson<T extends ListTypes>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  query: T['query'] & PageParameters,
  queries: ListQueries<T>,
): Promise<ListBody<T>> {
  const { fields, facets: names } = query;
  const page = pageRequest(request, query);
  const matches = await queries.matching(store, query);
  const read = fields ? partsOf(await matches.page(page), fields) : await matches.pageAsJson(page);
  const { items, ...rest } = listBody(read, request, reply);
  const facets = names ? { facets: await matches.facets(names) } : {};
  // The records are JSON already; the other members follow them.
  const body = `{"items":[${items.join(',')}],${JSON.stringify({ ...rest, ...facets }).slice(1)}`;
  return reply.type(`${JSON_TYPE}; charset=utf-8`).send(body);
}

/** A page with some fields of its records, as JSON. */
function partsOf<T extends object>(page: Page<T>, fields: readonly string[]): Page<string> {
  return { ...page, items: page.items.map((item) => JSON.stringify(pickFields(item, fields))) };
}

async function answerPage<T extends ListTypes>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  query: T['query'] & PageParameters,
  queries: ListQueries<T>,
  { path, title }: { path: string; title: string },
  { mediaType, write }: PageFormat<T['item']>,
): Promise<FastifyReply> {
  const page = pageRequest(request, query);
  const matches = await queries.matching(store, query);
  const { items, next } = listBody(await matches.page(page), request, reply);
  const base = baseUrl(request);
  const text = await write({
    records: items,
    title,
    base,
    path: request.url,
    self: `${base}${request.url}`,
    nextUrl: next === null ? null : new URL(linkWith(request, 'cursor', next), base).href,
    urlOf: (id) => `${base}${path}/${id}`,
    changed: (ids) => matches.changed(ids),
  });
  return reply.type(`${mediaType}; charset=utf-8`).send(text);
}
