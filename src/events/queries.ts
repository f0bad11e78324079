import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { publishedBy, reportedBy } from '../db/conditions.ts';
import { type EventFilter, eventsWhere } from '../db/eventFilter.ts';
import { countFacets, type Facet, type FacetCounts, link } from '../db/facets.ts';
import { byRelevance } from '../db/fulltext.ts';
import {
  countOf,
  type Order,
  type Page,
  type PageRequest,
  pageOf,
  type Selection,
  type Whole,
  wholeOf,
} from '../db/paging.ts';
import { missingRecord } from '../db/references.ts';
import {
  actorReferences,
  changedAt,
  citationsOf,
  datasetReferences,
  grouped,
  optional,
  required,
  topicsOf,
} from '../db/related.ts';
import type { Database } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import type { event, eventFacets, eventQuery } from './schema.ts';

type Event = z.infer<typeof event>;
export type EventFacet = (typeof eventFacets)[number];
export type EventSort = z.infer<typeof eventQuery>['sort'];

const { events, sources, eventParticipants, eventTopics, citations } = tables;

const ORDERS: Record<Exclude<EventSort, 'relevance'>, Order> = {
  date: { by: events.sortDay, id: events.id, descending: false },
  '-date': { by: events.sortDay, id: events.id, descending: true },
  id: { by: events.id, id: events.id, descending: false },
  '-id': { by: events.id, id: events.id, descending: true },
};

/**
 * One page of the events that a filter leaves, whole records.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function listEvents(
  db: Database,
  filter: EventFilter,
  sort: EventSort,
  request: PageRequest,
  only?: 'located' | 'dated',
): Promise<Page<Event>> {
  const selection = await selectEvents(db, filter, sort);
  // What a map, or a calendar, can show.
  if (only === 'located') selection.where = and(selection.where, isNotNull(events.latitude));
  if (only === 'dated') {
    selection.where = and(selection.where, isNotNull(events.earliest), isNotNull(events.latest));
  }
  const page = await pageOf(db, selection, request);
  return { ...page, items: await wholeEvents(db, page.items, filter.asOf) };
}

/** All events that a filter leaves, piece by piece; the same order and errors as a list. */
export async function allEvents(db: Database, filter: EventFilter, sort: EventSort): Promise<Whole<Event>> {
  const selection = await selectEvents(db, filter, sort);
  return wholeOf(db, selection, (rows) => wholeEvents(db, rows, filter.asOf));
}

/** One event, as reported by a day if one is given. Throws a MissingRecordError when there is none of that id. */
export async function getEvent(db: Database, id: string, asOf?: string): Promise<Event> {
  const rows = await db
    .select()
    .from(events)
    .where(and(eq(events.id, id), reportedBy(db, events.id, citations.event, asOf)));
  const [found] = await wholeEvents(db, rows, asOf);
  if (!found) throw await missingRecord(db, 'event', id, asOf);
  return found;
}

/** How many of the events that a filter leaves have no coordinates. */
export async function countUnlocated(db: Database, filter: EventFilter): Promise<number> {
  return countOf(db, { table: events, where: and(await eventsWhere(db, filter), isNull(events.latitude)) });
}

/** When each of some events was last put into the store, by id. */
export async function eventChanges(db: Database, ids: readonly string[]): Promise<Map<string, Date>> {
  return changedAt(db, 'event', ids);
}

/** Counts over all events that a filter leaves, by each of some facets. */
export async function countEventsBy(
  db: Database,
  filter: EventFilter,
  names: readonly EventFacet[],
): Promise<Partial<Record<EventFacet, FacetCounts>>> {
  const where = await eventsWhere(db, filter);
  return countFacets(db, { table: events, where }, facetsOf(db, filter), names);
}

function facetsOf(db: Database, filter: EventFilter): Record<EventFacet, Facet> {
  const direct = filter.actorScope === 'direct';
  const inRoles = (filter.role ?? [undefined]).map(
    (roles) => roles && inArray(eventParticipants.role, roles as never),
  );
  return {
    actor: {
      of: 'actor',
      above: direct ? 'nothing' : 'actor',
      // One more actor must itself take part in a role of each group.
      ways: inRoles.map((inRole) => [
        link(eventParticipants.event, eventParticipants.actor, inRole),
        ...(direct ? [] : [link(eventParticipants.event, eventParticipants.onBehalfOf, inRole)]),
      ]),
    },
    topic: { of: 'topic', above: 'topic', links: [link(eventTopics.event, eventTopics.topic)] },
    type: { column: events.type },
    mode: { column: events.mode },
    status: { column: events.status },
    country: { column: events.country },
    source: { of: 'source', links: [link(citations.event, citations.source, publishedBy(db, filter.asOf))] },
    publisher: {
      of: 'actor',
      links: [
        sql`select ${citations.event} as record, ${sources.publisher} as value from ${citations} inner join ${sources} on ${sources.id} = ${citations.source} where ${and(isNotNull(citations.event), isNotNull(sources.publisher), publishedBy(db, filter.asOf))}`,
      ],
    },
    dataset: { of: 'dataset', column: events.dataset },
  };
}

async function selectEvents(
  db: Database,
  filter: EventFilter,
  sort: EventSort,
): Promise<Selection<typeof events>> {
  const order =
    filter.q && sort === 'relevance'
      ? byRelevance('event', events.id, filter.q)
      : ORDERS[sort as keyof typeof ORDERS];
  return { table: events, where: await eventsWhere(db, filter), order };
}

/** Rows with their participants, topics and citations, in the order of the rows. */
async function wholeEvents(
  db: Database,
  rows: (typeof events.$inferSelect)[],
  asOf?: string,
): Promise<Event[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const participants = await db
    .select()
    .from(eventParticipants)
    .where(inArray(eventParticipants.event, ids))
    .orderBy(asc(eventParticipants.ordinal));
  const actors = await actorReferences(
    db,
    participants.flatMap(({ actor, onBehalfOf }) => [actor, onBehalfOf]),
  );
  const participantsByEvent = grouped(participants, ({ event: id, actor, role, onBehalfOf }) => [
    id,
    { actor: required(actors, actor), role, onBehalfOf: optional(actors, onBehalfOf) },
  ]);
  const datasets = await datasetReferences(
    db,
    rows.map((row) => row.dataset),
  );
  const link = { record: eventTopics.event, topic: eventTopics.topic, ordinal: eventTopics.ordinal };
  const topics = await topicsOf(db, link, ids);
  const cited = await citationsOf(db, citations.event, ids, asOf);
  return rows.map((row) => ({
    id: row.id,
    dataset: required(datasets, row.dataset),
    title: row.title,
    summary: row.summary,
    type: row.type,
    mode: row.mode,
    status: row.status,
    date: { edtf: row.date, earliest: row.earliest, latest: row.latest },
    place:
      row.placeName === null
        ? null
        : { name: row.placeName, country: row.country, latitude: row.latitude, longitude: row.longitude },
    participants: participantsByEvent.get(row.id) ?? [],
    topics: topics.get(row.id) ?? [],
    citations: cited.get(row.id) ?? [],
  }));
}
