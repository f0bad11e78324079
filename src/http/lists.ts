import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FacetCounts } from '../db/facets.ts';
import type { Page, PageRequest, Whole } from '../db/paging.ts';
import type { Database, Store } from '../db/store.ts';
import { atom, type FeedEntry } from './formats/atom.ts';
import { type Column, csv } from './formats/csv.ts';
import { type Feature, geojson } from './formats/geojson.ts';
import { type CalendarEntry, icalendar } from './formats/icalendar.ts';
import { type Thing, thingDocument, thingsDocument } from './formats/jsonld.ts';
import { ndjson } from './formats/ndjson.ts';
import { formats, mediaType } from './negotiation.ts';
import { listBody, pageRequest } from './paging.ts';
import { Problem } from './problems.ts';
import { baseUrl } from './urls.ts';

/** How the records of a resource read in each format that it has beside JSON. */
export interface RecordFormats<T> {
  /** The path of the list; a record's is beneath it. */
  path: string;
  /** What a reader sees at the head of a feed or calendar. */
  title: string;
  columns: readonly Column<T>[];
  thing: (record: T, base: string) => Thing;
  feature?: (record: T) => Feature;
  calendarEntry?: (record: T, url: string, changed: Date) => CalendarEntry;
  feedEntry?: (record: T, url: string, changed: Date) => FeedEntry;
}

/** What a list is made of: the queries of its room, with their filter already given. */
export interface ListQueries<T, Name extends string> {
  /** One page; `only` leaves the records that a format can show. */
  page(request: PageRequest, only?: Only): Promise<Page<T>>;
  /** All matches. */
  whole?(db: Database): Promise<Whole<T>>;
  facets?(names: readonly Name[]): Promise<Partial<Record<Name, FacetCounts>>>;
  /** Matches without coordinates. */
  withoutCoordinates?(): Promise<number>;
  /** When each record last changed. */
  changed?(ids: string[]): Promise<Map<string, Date>>;
}

/** The records that a map, or a calendar, can show. */
export type Only = 'located' | 'dated';

/** The body of a list's answer in JSON. */
export interface ListBody<T, Name extends string> {
  items: T[];
  next: string | null;
  total?: number;
  facets?: Partial<Record<Name, FacetCounts>>;
}

interface ListParameters<Name extends string> {
  limit: number;
  cursor?: string | undefined;
  count?: boolean | undefined;
  fields?: readonly string[] | undefined;
  facets?: readonly Name[] | undefined;
  bom?: boolean | undefined;
}

/**
 * Answers a list in the format that the request wants: a page, or for CSV and NDJSON all matches.
 * Typed as the JSON body, which the compiler holds against its schema; any other format is text that
 * Fastify sends as it is.
 */
export async function answerList<T extends { id: string }, Name extends string>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  parameters: ListParameters<Name>,
  list: ListQueries<T, Name>,
  as?: RecordFormats<T>,
): Promise<ListBody<T, Name>> {
  const media = mediaType(request);
  refuseIdle(request, media);
  if (!as || media === formats.json) return answerJson(request, reply, parameters, list);
  if (media === formats.csv || media === formats.ndjson) {
    return (await answerWhole(store, request, reply, parameters, list, as, media)) as never;
  }
  return (await answerPage(request, reply, parameters, list, as, media)) as never;
}

/** Writes a page in one of the formats that hold a page. */
async function answerPage<T extends { id: string }, Name extends string>(
  request: FastifyRequest,
  reply: FastifyReply,
  parameters: ListParameters<Name>,
  list: ListQueries<T, Name>,
  as: RecordFormats<T>,
  media: string,
): Promise<string> {
  const only: Only | undefined =
    media === formats.geojson ? 'located' : media === formats.icalendar ? 'dated' : undefined;
  const page = await list.page(pageRequest(request, parameters), only);
  const { items, next } = listBody(page, request, reply);
  const base = baseUrl(request);
  const self = `${base}${request.url}`;
  const url = (record: T): string => `${base}${as.path}/${record.id}`;
  void reply.type(`${media}; charset=utf-8`);
  if (media === formats.jsonld) {
    return thingsDocument(
      self,
      items.map((item) => as.thing(item, base)),
    );
  }
  if (media === formats.geojson && as.feature) {
    const withoutCoordinates = (await list.withoutCoordinates?.()) ?? 0;
    return geojson(items.map(as.feature), { next, withoutCoordinates });
  }
  const changed = (await list.changed?.(items.map((item) => item.id))) ?? new Map<string, Date>();
  const at = (record: T): Date => changed.get(record.id) ?? new Date(0);
  const { calendarEntry, feedEntry } = as;
  if (media === formats.icalendar && calendarEntry) {
    return icalendar(
      as.title,
      items.map((item) => calendarEntry(item, url(item), at(item))),
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
  if (mediaType(request) !== formats.jsonld) return record;
  void reply.type(`${formats.jsonld}; charset=utf-8`);
  return thingDocument(as.thing(record, baseUrl(request))) as never;
}

async function answerJson<T, Name extends string>(
  request: FastifyRequest,
  reply: FastifyReply,
  parameters: ListParameters<Name>,
  list: ListQueries<T, Name>,
): Promise<ListBody<T, Name>> {
  const page = await list.page(pageRequest(request, parameters));
  const body = listBody(page, request, reply);
  const facets = parameters.facets && list.facets ? { facets: await list.facets(parameters.facets) } : {};
  const { fields } = parameters;
  if (!fields) return { ...body, ...facets };
  // What is left of a record is none by its schema; and a serializer of one's own leaves the type to whoever sets it.
  void reply.type(`${formats.json}; charset=utf-8`).serializer(JSON.stringify as (body: unknown) => string);
  return { ...body, items: body.items.map((item) => trimmed(item, fields) as T), ...facets };
}

/** Streams all matches out of one view of the store, announced by their number. */
async function answerWhole<T, Name extends string>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  { fields, bom }: ListParameters<Name>,
  list: ListQueries<T, Name>,
  as: RecordFormats<T>,
  media: string,
): Promise<Readable> {
  const view = await store.snapshot();
  try {
    const whole = await list.whole?.(view.db);
    if (!whole) throw new Error(`${as.path} declares ${media} and has no query for all of it`);
    const kind = media === formats.csv ? 'csv' : 'ndjson';
    const name = `${as.path.slice(as.path.lastIndexOf('/') + 1)}.${kind}`;
    void reply
      .type(`${media}; charset=utf-8`)
      .header('X-Total-Count', whole.total)
      .header('Content-Disposition', `attachment; filename="${name}"`);
    if (request.method === 'HEAD') {
      await view.close();
      return Readable.from([]);
    }
    const text =
      kind === 'csv'
        ? csv(
            whole.pieces,
            as.columns.filter(({ field }) => !fields || fields.includes(field)),
            { bom: bom ?? false },
          )
        : ndjson(fields ? eachTrimmed(whole.pieces, fields) : whole.pieces);
    const stream = Readable.from(text, { objectMode: false });
    // After an error, and when the client leaves, too.
    stream.once('close', () => void view.close());
    return stream;
  } catch (error) {
    await view.close();
    throw error;
  }
}

/** Refuses parameters that would be ignored in this format. */
function refuseIdle(request: FastifyRequest, media: string): void {
  const given = new URL(request.url, 'http://localhost').searchParams;
  const whole = media === formats.csv || media === formats.ndjson;
  const idle: [string, boolean, string][] = [
    ['limit', whole, 'does not go with CSV and NDJSON, which hold all matches: leave it out'],
    ['cursor', whole, 'does not go with CSV and NDJSON, which hold all matches: leave it out'],
    ['bom', media !== formats.csv, 'goes with CSV alone: add format=csv, or leave it out'],
    ['facets', media !== formats.json, 'goes with JSON alone: ask for it apart'],
    ['fields', !whole && media !== formats.json, 'goes with JSON, NDJSON and CSV: leave it out'],
  ];
  const errors = idle
    .filter(([name, unheard]) => unheard && given.has(name))
    .map(([parameter, , detail]) => ({ parameter, in: 'query' as const, detail, suggestions: [] }));
  if (errors.length > 0) {
    const detail = errors.map((error) => `${error.parameter}: ${error.detail}`).join('; ');
    throw new Problem('invalid-request', detail, errors);
  }
}

function followed(self: string, cursor: string): string {
  const url = new URL(self);
  url.searchParams.set('cursor', cursor);
  return url.href;
}

function trimmed<T>(record: T, fields: readonly string[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(record as object).filter(([name]) => fields.includes(name)),
  ) as Partial<T>;
}

async function* eachTrimmed<T>(
  pieces: AsyncIterable<T[]>,
  fields: readonly string[],
): AsyncGenerator<Partial<T>[]> {
  for await (const records of pieces) yield records.map((record) => trimmed(record, fields));
}
