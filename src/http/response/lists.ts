import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FacetCounts } from '../../db/lists/facets.ts';
import type { FacetName, ListQueries, ListTypes, Matches } from '../../db/lists/queries.ts';
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
  if (!formats || !format) {
    const page = await readPage(store, request, reply, query, queries);
    return answerJson(reply, page, query);
  }
  if (format.writes === 'page') {
    const page = await readPage(store, request, reply, query, queries);
    return answerPage(request, reply, page, formats, format);
  }
  const { fields, bom = false } = query;
  const { path, title } = formats;
  const { subset } = format;
  const options = { path, title, format, options: { fields, bom } };
  return answerExport(store, request, reply, options, async (snapshot) => {
    const matches = await queries.matching(snapshot, query);
    const { total, batches } = await matches.export(subset);
    const outside = subset ? await matches.countOutside(subset) : 0;
    return { total, batches, outside, changed: (ids) => matches.changed(ids) };
  });
}

/** A page as the body of its answer has it, and all matches that it is a part of. */
interface ReadPage<T extends ListTypes> {
  body: Omit<ListBody<T>, 'facets'>;
  matches: Matches<T>;
}

async function readPage<T extends ListTypes>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  query: T['query'] & PageParameters,
  queries: ListQueries<T>,
): Promise<ReadPage<T>> {
  const page = pageRequest(request, query);
  const matches = await queries.matching(store, query);
  return { body: listBody(await matches.page(page), request, reply), matches };
}

async function answerJson<T extends ListTypes>(
  reply: FastifyReply,
  { body, matches }: ReadPage<T>,
  { fields, facets: names }: T['query'] & PageParameters,
): Promise<ListBody<T>> {
  const facets = names ? { facets: await matches.facets(names) } : {};
  if (!fields) return { ...body, ...facets };
  // A part of a record does not meet its schema, so it needs another serializer, which needs the type set.
  return reply
    .type(`${JSON_TYPE}; charset=utf-8`)
    .serializer((answer: unknown) => JSON.stringify(answer))
    .send({ ...body, items: body.items.map((item) => pickFields(item, fields)), ...facets });
}

async function answerPage<T extends ListTypes>(
  request: FastifyRequest,
  reply: FastifyReply,
  { body: { items, next }, matches }: ReadPage<T>,
  { path, title }: { path: string; title: string },
  { mediaType, write }: PageFormat<T['item']>,
): Promise<FastifyReply> {
  const base = baseUrl(request);
  const self = `${base}${request.url}`;
  const text = await write({
    records: items,
    title,
    base,
    path: request.url,
    self,
    nextUrl: next === null ? null : new URL(linkWith(request, 'cursor', next), base).href,
    urlOf: (id) => `${base}${path}/${id}`,
    changed: (ids) => matches.changed(ids),
  });
  return reply.type(`${mediaType}; charset=utf-8`).send(text);
}
