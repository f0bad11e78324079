import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FacetCounts } from '../../db/lists/facets.ts';
import type { ListParameter } from '../../db/lists/paging.ts';
import type { ListQueries, RecordQueries, Subset } from '../../db/lists/queries.ts';
import type { Store } from '../../db/store.ts';
import { Problem } from '../problems/types.ts';
import { listBody, pageRequest } from '../request/cursors.ts';
import { type Format, formats, mediaType } from '../request/negotiation.ts';
import { baseUrl } from '../request/urls.ts';
import { answerExport, pickFields } from './export.ts';
import { atom } from './formats/atom.ts';
import { geojson } from './formats/geojson.ts';
import { icalendar } from './formats/icalendar.ts';
import { thingDocument, thingsDocument } from './formats/jsonld.ts';
import type { ListRequest, RecordFormats } from './recordFormats.ts';

/** The body of a list's answer in JSON. */
export interface ListBody<T, Name extends string> {
  items: T[];
  next: string | null;
  total?: number;
  facets?: Partial<Record<Name, FacetCounts>>;
}

interface ListParameters<Sort extends string, Name extends string> {
  sort: Sort;
  limit: number;
  cursor?: string | undefined;
  count?: boolean | undefined;
  fields?: readonly string[] | undefined;
  facets?: readonly Name[] | undefined;
  format?: Format | undefined;
  bom?: boolean | undefined;
}

/**
 * Answers a list in the format that the request wants: a page, or for CSV and NDJSON all matches. All of
 * `query` that is no parameter of every list is the filter.
 * Typed as the JSON body, which the compiler holds against its schema; any other format is text that
 * Fastify sends as it is.
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
  as?: RecordFormats<T>,
): Promise<ListBody<T, Name>> {
  const { sort, limit: _limit, cursor: _cursor, count: _count, ...rest } = query;
  const { fields, facets: _facets, format: _format, bom, ...filter } = rest;
  // A page alone is answered at once; counts, texts and standings of the time cost what matches.
  const db = query.count || 'q' in filter || 'asOf' in filter ? store.workers : store.db;
  const list: ListRequest<T, Name> = {
    page: (subset) => queries.page(db, filter, sort, pageRequest(request, query), subset),
    export: (snapshot) => queries.export(snapshot, filter, sort),
    countOutside: (subset) => queries.countOutside(store.workers, filter, subset),
    countFacets: (names) => queries.countFacets(store.workers, filter, names),
    changed: async (ids) => (await queries.changed?.(db, ids)) ?? new Map(),
  };
  const media = mediaType(request);
  refuseUnsupported(request, media);
  if (!as || media === formats.json) return answerJson(request, reply, query, list);
  if (media === formats.csv || media === formats.ndjson) {
    return (await answerExport(store, request, reply, { fields, bom }, list, as, media)) as never;
  }
  return (await answerPage(request, reply, list, as, media)) as never;
}

/** Writes a page in one of the formats that hold a page. */
async function answerPage<T extends object, Name extends string>(
  request: FastifyRequest,
  reply: FastifyReply,
  list: ListRequest<T, Name>,
  as: RecordFormats<T>,
  media: string,
): Promise<string> {
  const subset: Subset | undefined =
    media === formats.geojson ? 'located' : media === formats.icalendar ? 'dated' : undefined;
  const page = await list.page(subset);
  const { items, next } = listBody(page, request, reply);
  const base = baseUrl(request);
  const self = `${base}${request.url}`;
  const url = (record: T): string => `${base}${as.path}/${idOf(record)}`;
  const { thing, feature, calendarEntry, feedEntry } = as;
  void reply.type(`${media}; charset=utf-8`);
  if (media === formats.jsonld && thing) {
    return thingsDocument(
      self,
      items.map((item) => thing(item, base)),
    );
  }
  if (media === formats.geojson && feature) {
    return geojson(items.map(feature), { next, withoutCoordinates: await list.countOutside('located') });
  }
  const changed = await list.changed(items.map(idOf));
  const at = (record: T): Date => changed.get(idOf(record)) ?? new Date(0);
  if (media === formats.icalendar && calendarEntry) {
    return icalendar(
      as.title,
      items.map((item) => calendarEntry(item, url(item), at(item))),
      { withoutDays: await list.countOutside('dated') },
    );
  }
  if (media === formats.atom && feedEntry) {
    const following = next === null ? null : followed(self, next);
    return atom(
      { title: as.title, self, next: following },
      items.map((item) => feedEntry(item, url(item), at(item))),
    );
  }
  throw new Error(`${as.path} declares ${media} and has nothing to write it with`);
}

/** Answers one record as JSON or JSON-LD; typed as the JSON body, as a list is. */
export function answerRecord<T extends { id: string }>(
  record: T,
  request: FastifyRequest,
  reply: FastifyReply,
  as: RecordFormats<T>,
): T {
  if (mediaType(request) !== formats.jsonld || !as.thing) return record;
  void reply.type(`${formats.jsonld}; charset=utf-8`);
  return thingDocument(as.thing(record, baseUrl(request))) as never;
}

async function answerJson<T, Name extends string>(
  request: FastifyRequest,
  reply: FastifyReply,
  { fields, facets: names }: { fields?: readonly string[] | undefined; facets?: readonly Name[] | undefined },
  list: ListRequest<T, Name>,
): Promise<ListBody<T, Name>> {
  const body = listBody(await list.page(), request, reply);
  const facets = names ? { facets: await list.countFacets(names) } : {};
  if (!fields) return { ...body, ...facets };
  // What is left of a record is none by its schema; and a serializer of one's own leaves the type to whoever sets it.
  void reply.type(`${formats.json}; charset=utf-8`).serializer(JSON.stringify as (body: unknown) => string);
  return { ...body, items: body.items.map((item) => pickFields(item, fields) as T), ...facets };
}

/** Refuses parameters that would be ignored in this format. */
function refuseUnsupported(request: FastifyRequest, media: string): void {
  const given = new URL(request.url, 'http://localhost').searchParams;
  const whole = media === formats.csv || media === formats.ndjson;
  const unsupported: [string, boolean, string][] = [
    ['limit', whole, 'does not go with CSV and NDJSON, which hold all matches: leave it out'],
    ['cursor', whole, 'does not go with CSV and NDJSON, which hold all matches: leave it out'],
    ['bom', media !== formats.csv, 'goes with CSV alone: add format=csv, or leave it out'],
    ['facets', media !== formats.json, 'goes with JSON alone: ask for it apart'],
    ['fields', !whole && media !== formats.json, 'goes with JSON, NDJSON and CSV: leave it out'],
  ];
  const errors = unsupported
    .filter(([name, unheard]) => unheard && given.has(name))
    .map(([parameter, , detail]) => ({ parameter, in: 'query' as const, detail, suggestions: [] }));
  if (errors.length > 0) {
    const detail = errors.map((error) => `${error.parameter}: ${error.detail}`).join('; ');
    throw new Problem('invalid-request', detail, errors);
  }
}

/** The id of a record; only what has one comes in the formats that need it. */
function idOf(record: object): string {
  return (record as { id: string }).id;
}

function followed(self: string, cursor: string): string {
  const url = new URL(self);
  url.searchParams.set('cursor', cursor);
  return url.href;
}
