import { expect } from 'vitest';
import { graphOf, timelineOf } from './analysis.ts';
import { type Answer, idsIn, xmlOf } from './answers.ts';
import type { Asked } from './asked.ts';
import { wordsOf } from './document.ts';
import { asFiltered, KINDS, type Listing, listingFault, listingOf } from './expected.ts';
import type { Event, Kind, World } from './export.ts';
import { type AnyRecord, facetFault, facetOf, worldOf } from './selection.ts';
import { WHOLE } from './verdict.ts';

// What each operation must answer to a request that it understands.

/** A request to an operation. */
export interface Request {
  asked: Asked;
  path: Readonly<Record<string, string>>;
}

type Check = (request: Request, answer: Answer, world: World) => void;

/** Compares an answer with status 200 with what follows from the export. */
export const CHECKS: Record<string, Check> = {
  listEvents: list('events'),
  listStatements: list('statements'),
  listClaims: list('claims'),
  listActors: list('actors'),
  listTopics: list('topics'),
  listSources: list('sources'),
  listDatasets: list('datasets'),
  listActorPositions: list('positions'),
  listFigures: list('figures'),
  listVocabularies: page,
  search: page,
  getEvent: record('events'),
  getStatement: record('statements'),
  getClaim: record('claims'),
  getActor: record('actors'),
  getTopic: record('topics'),
  getSource: record('sources'),
  getDataset: record('datasets'),
  getVocabulary: ({ path }, { value }) => expect(value).toMatchObject({ name: path.name }),
  getTimeline: ({ asked }, { value }, world) => expect(value).toEqual(timelineOf(asked, world)),
  getGraph: ({ asked }, { media, value, text }, world) => {
    const expected = graphOf(asked, world);
    if (media === 'application/json') {
      expect(value).toEqual(expected);
      return;
    }
    const drawn = (element: string, ...attributes: string[]): string[] =>
      [...xmlOf(text).getElementsByTagName(element)].map((each) =>
        attributes.map((attribute) => each.getAttribute(attribute)).join(),
      );
    expect(drawn('node', 'id')).toEqual(expected.nodes.map((node) => (node as { id: string }).id));
    expect(drawn('edge', 'source', 'target')).toEqual(
      expected.edges.map(({ source, target }) => `${source},${target}`),
    );
  },
  listChanges: ({ asked, path }, { value, headers }, world) => {
    const { items, next } = value as { items: { sequence: number }[]; next: number };
    const limit = Number(asked.one('limit'));
    const listing = listingOf(asked, path, world) as Listing;
    expect(listingFault(items, listing, limit)).toBeNull();
    expect(next).toBe(items.at(-1)?.sequence ?? Number(asked.one('since')));
    expect(headers.link !== undefined).toBe(listing.items.length > limit);
  },
};

const PAGED = ['sort', 'limit', 'cursor', 'count'];
const RECORDS = [...PAGED, 'fields', 'facets', 'format', 'bom'];
const OWN: Record<string, string[]> = {
  listDatasets: [...PAGED, 'fields'],
  listVocabularies: PAGED,
  search: PAGED,
  getTimeline: ['of', 'interval', 'by'],
  getGraph: ['as', 'directed', 'limit', 'format'],
  listChanges: ['limit'],
};

/** The parameters beside filters that are understood here of an operation. */
export function understood(operation: string): string[] {
  return OWN[operation] ?? (operation.startsWith('list') ? RECORDS : ['format']);
}

/** What the media types that cannot show every record show. */
const SHOWN: Record<string, (event: Event) => boolean> = {
  'application/geo+json': ({ place }) =>
    place !== null && place.latitude !== null && place.longitude !== null,
  'text/calendar': ({ date: { earliest, latest, period } }) =>
    earliest !== null && latest !== null && (period || earliest === latest),
};

/** What a query must list in a media type. */
export function listingIn(media: string | undefined, { asked, path }: Request, world: World): Listing {
  const listing = listingOf(asked, path, world);
  if (!listing) throw new Error(`${asked.operation.id} lists nothing`);
  const shows = SHOWN[media ?? ''];
  return shows ? { ...listing, items: (listing.items as Event[]).filter(shows) } : listing;
}

function list(kind: Kind | 'positions' | 'figures'): Check {
  return (request, answer, world) => {
    const { asked } = request;
    const { media, value, headers, rows } = answer;
    if (media === 'application/json') {
      page(request, answer, world);
      facets(kind, request, value as { facets?: Record<string, unknown> }, world);
      return;
    }
    const listing = listingIn(media, request, world);
    const { items, ordered, key } = listing;
    const isWhole = WHOLE.includes(media ?? '');
    const most = isWhole ? items.length : Number(asked.one('limit'));
    total(asked, answer, items.length, isWhole);
    expect(headers['content-disposition'] !== undefined).toBe(isWhole);
    if (media === 'application/x-ndjson')
      expect(listingFault(value as unknown[], listing, most, asked.names('fields'))).toBeNull();
    if (media === 'text/csv') expect(rows).toHaveLength(items.length + 1);
    if (media === 'application/geo+json') features(request, value as Features, listing, world);
    const ids = idsIn(answer);
    if (!ids) return;
    if (asked.has('cursor')) expect(within(ids, items.map(key))).toBe(true);
    else if (ordered) expect(ids).toEqual(items.slice(0, most).map(key));
    else expect(new Set(ids).size === ids.length && within(ids, items.map(key), false)).toBe(true);
    if (!isWhole && !asked.has('cursor')) expect(headers.link !== undefined).toBe(items.length > most);
  };
}

/** A page of JSON, from the beginning unless there is a cursor. */
function page(request: Request, answer: Answer, world: World): void {
  const { asked } = request;
  const body = answer.value as { items: unknown[]; next: string | null; total?: number };
  const listing = listingIn('application/json', request, world);
  const limit = Number(asked.one('limit'));
  const fields = asked.names('fields');
  total(asked, answer, listing.items.length, false);
  expect(body.total).toBe(asked.flag('count') ? listing.items.length : undefined);
  expect(answer.headers.link !== undefined).toBe(body.next !== null);
  if (asked.has('cursor')) {
    // The documentation does not say where a changed cursor leads; it must not lead out of the list.
    expect(body.items.length).toBeLessThanOrEqual(limit);
    if (!fields)
      expect(within(body.items.map(listing.key), listing.items.map(listing.key), false)).toBe(true);
    return;
  }
  expect(body.next !== null).toBe(listing.items.length > limit);
  expect(listingFault(body.items, listing, limit, fields)).toBeNull();
  if (listing.rank && asked.operation.id !== 'search') {
    const { rank } = listing;
    expect(body.items.map(rank)).toEqual(listing.items.slice(0, limit).map(rank));
  }
}

function total(asked: Asked, { headers }: Answer, expected: number, always: boolean): void {
  const announced = headers['x-total-count'];
  expect(announced === undefined ? undefined : Number(announced)).toBe(
    always || asked.flag('count') ? expected : undefined,
  );
}

function facets(
  kind: Kind | 'positions' | 'figures',
  request: Request,
  body: { facets?: Record<string, unknown> },
  world: World,
): void {
  const { asked, path } = request;
  const left = (listingOf(asked, path, world)?.items ?? []).map(asFiltered);
  const names = asked.names('facets');
  expect(Object.keys(body.facets ?? {}).sort()).toEqual([...(names ?? [])].sort());
  for (const name of names ?? []) {
    const { schema } = asked.operation.parameters.find((parameter) => parameter.name === name) ?? {};
    const expected = facetOf(kind, left, name, wordsOf(schema?.items?.pattern), asked, world);
    expect([name, facetFault(body.facets?.[name] as never, expected)]).toEqual([name, null]);
  }
}

interface Features {
  features: { geometry: { coordinates: number[] }; properties: Record<string, string | null> }[];
  withoutCoordinates: number;
}

function features(request: Request, body: Features, { items }: Listing, world: World): void {
  const all = listingOf(request.asked, request.path, world)?.items ?? [];
  expect(body.withoutCoordinates).toBe(all.length - items.length);
  for (const { properties, geometry } of body.features) {
    const event = (items as Event[]).find(({ id }) => id === properties.id);
    if (!event) throw new Error(`${properties.id} is on no such map`);
    expect(geometry.coordinates).toEqual([event.place?.longitude, event.place?.latitude]);
    const { title, summary, type, mode, status, place, date } = event;
    const { edtf, earliest, latest } = date;
    const named = [...new Set(event.participants.map(({ actor }) => actor.name))];
    expect(properties).toMatchObject({ title, summary, type, mode, status, date: edtf, earliest, latest });
    expect(properties).toMatchObject({
      place: place?.name,
      country: place?.country,
      actors: named.join('; '),
    });
  }
}

/** Whether some keys are among others, in a row unless their order is free. */
function within(some: readonly string[], all: readonly string[], inARow = true): boolean {
  const known = new Set(all);
  if (!some.every((key) => known.has(key))) return false;
  const at = all.indexOf(some[0] ?? '');
  return !inARow || some.every((key, index) => all[at + index] === key);
}

function record(kind: Kind): Check {
  return ({ asked, path }, { media, value }, world) => {
    const records: readonly AnyRecord[] = worldOf(asked, world)[kind];
    const expected = records.find(({ id }) => id === path.id);
    if (media === 'application/ld+json') expect(value).toMatchObject({ identifier: expected?.id });
    else expect(value).toEqual(expected);
  };
}

/** The status with which a path's record is answered. */
export function recordStatus({ asked, path }: Request, world: World): number {
  const { id: operation, parameters } = asked.operation;
  const kind = KINDS[operation];
  if (path.id === undefined) {
    const names = parameters.find((parameter) => parameter.name === 'name')?.schema.enum;
    return path.name === undefined || names?.includes(path.name) ? 200 : 404;
  }
  if (kind === undefined) throw new Error(`${operation} has the id of nothing that is known`);
  const has = (then: World): boolean => then[kind].some(({ id }) => id === path.id);
  if (has(worldOf(asked, world))) return 200;
  const gone = has(world)
    ? undefined
    : world.retired.find((one) => `${one.kind}s` === kind && one.id === path.id);
  return gone === undefined ? 404 : gone.mergedInto === undefined ? 410 : 308;
}
