import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FacetCounts } from '../../db/lists/facets.ts';
import type { ListParameter, Page } from '../../db/lists/paging.ts';
import type { ListQueries, RecordQueries, Subset } from '../../db/lists/queries.ts';
import type { Store } from '../../db/store.ts';
import { listBody, pageRequest } from '../request/cursors.ts';
import { JSON_TYPE } from '../request/negotiation.ts';
import { baseUrl } from '../request/urls.ts';
import type { ResourceFormats } from './defineFormats.ts';
import { answerExport } from './export.ts';
import { pickFields } from './fields.ts';
import type { PageFormat } from './formats/format.ts';
import { type ListParameters, refuseUnsupported } from './listParameters.ts';

/** The body of a list's answer in JSON. */
export interface ListBody<T, Name extends string> {
  items: T[];
  next: string | null;
  total?: number;
  facets?: Partial<Record<Name, FacetCounts>>;
}

/** What one request can ask of a list. */
interface ListRequest<T, Name extends string> {
  page(subset?: Subset): Promise<Page<T>>;
  countOutside(subset: Subset): Promise<number>;
  countFacets(names: readonly Name[]): Promise<Partial<Record<Name, FacetCounts>>>;
  changed(ids: readonly string[]): Promise<Map<string, Date>>;
}

/**
 * Answers a list in the format that the request wants: a page, or an export of all matches. All of
 * `query` that is no parameter of every list is the filter. A list without `formats` has JSON alone.
 * Typed as the JSON body, which the compiler checks against its schema; any other format is sent as text.
 */
export async function answerList<
  Query extends ListParameters<Sort, Name>,
  Sort extends string,
  T extends object,
  Name extends string = never,
>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  query: Query,
  queries: ListQueries<Omit<Query, ListParameter>, Sort, T, Name> &
    Partial<RecordQueries<object, Sort, T, Name>>,
  formats?: ResourceFormats<T>,
): Promise<ListBody<T, Name>> {
  const { sort, limit: _limit, cursor: _cursor, count: _count, ...rest } = query;
  const { fields, facets: _facets, format: _format, bom = false, ...filter } = rest;
  // A page alone is fast; the cost of counts, full text and standings as of a day grows with what matches.
  const db = query.count || 'q' in filter || 'asOf' in filter ? store.workers : store.db;
  const list: ListRequest<T, Name> = {
    page: (subset) => queries.page(db, filter, sort, pageRequest(request, query), subset),
    countOutside: (subset) => queries.countOutside(store.workers, filter, subset),
    countFacets: (names) => queries.countFacets(store.workers, filter, names),
    changed: async (ids) => (await queries.changed?.(db, ids)) ?? new Map(),
  };
  const format = formats?.list.wanted(request);
  refuseUnsupported(request, format);
  if (!formats || !format) return answerJson(request, reply, query, list);
  if (format.writes === 'page') return answerPage(request, reply, list, formats, format);
  return answerExport(store, request, reply, (snapshot) => queries.export(snapshot, filter, sort), {
    path: formats.path,
    format,
    options: { fields, bom },
  });
}

async function answerJson<T extends object, Name extends string>(
  request: FastifyRequest,
  reply: FastifyReply,
  { fields, facets: names }: { fields?: readonly string[] | undefined; facets?: readonly Name[] | undefined },
  list: ListRequest<T, Name>,
): Promise<ListBody<T, Name>> {
  const body = listBody(await list.page(), request, reply);
  const facets = names ? { facets: await list.countFacets(names) } : {};
  if (!fields) return { ...body, ...facets };
  // A part of a record does not meet its schema, so it has a serializer of its own, which needs the type set.
  return reply
    .type(`${JSON_TYPE}; charset=utf-8`)
    .serializer((answer: unknown) => JSON.stringify(answer))
    .send({ ...body, items: body.items.map((item) => pickFields(item, fields)), ...facets });
}

async function answerPage<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  list: ListRequest<T, never>,
  { path, title }: { path: string; title: string },
  format: PageFormat<T>,
): Promise<FastifyReply> {
  const { subset } = format;
  const { items, next } = listBody(await list.page(subset), request, reply);
  const base = baseUrl(request);
  const self = `${base}${request.url}`;
  const text = await format.write({
    records: items,
    title,
    base,
    self,
    next,
    nextUrl: next === null ? null : withCursor(self, next),
    urlOf: (id) => `${base}${path}/${id}`,
    changed: (ids) => list.changed(ids),
    countOutside: async () => (subset ? list.countOutside(subset) : 0),
  });
  return reply.type(`${format.mediaType}; charset=utf-8`).send(text);
}

function withCursor(page: string, cursor: string): string {
  const url = new URL(page);
  url.searchParams.set('cursor', cursor);
  return url.href;
}
