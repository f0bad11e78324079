import { and, asc, eq, inArray, isNotNull, not, or, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import {
  anyOfEach,
  citedFromEach,
  inWindow,
  linkedToEach,
  publishedBy,
  reportedBy,
  sourcesPublishedBy,
} from '../db/conditions.ts';
import { byRelevance, foundBy } from '../db/fulltext.ts';
import {
  type ListParameter,
  type Order,
  type Page,
  type PageRequest,
  pageOf,
  type Selection,
} from '../db/paging.ts';
import {
  type Groups,
  missingRecord,
  requireReferences,
  withBodiesBeneath,
  withTopicsBeneath,
} from '../db/references.ts';
import {
  actorReferences,
  citationsOf,
  datasetReferences,
  grouped,
  optional,
  required,
  topicsOf,
} from '../db/related.ts';
import type { Database } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import type { event, eventQuery } from './schema.ts';

type Event = z.infer<typeof event>;
/** What events can be filtered by. */
export type EventFilter = Omit<z.infer<typeof eventQuery>, ListParameter>;
export type EventSort = z.infer<typeof eventQuery>['sort'];

const { events, eventParticipants, eventTopics, citations } = tables;

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
): Promise<Page<Event>> {
  const selection = await selectEvents(db, filter, sort);
  const page = await pageOf(db, selection, request);
  return { ...page, items: await wholeEvents(db, page.items, filter.asOf) };
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

/** The one WHERE of a filter. */
async function eventsWhere(db: Database, filter: EventFilter): Promise<SQL | undefined> {
  const { actor, topic, source, publisher, dataset, asOf } = filter;
  await requireReferences(db, [
    { parameter: 'actor', kind: 'actor', groups: actor },
    { parameter: 'topic', kind: 'topic', groups: topic },
    { parameter: 'source', kind: 'source', groups: source },
    { parameter: 'publisher', kind: 'actor', groups: publisher },
    { parameter: 'dataset', kind: 'dataset', groups: dataset },
  ]);
  const topics = topic && (await withTopicsBeneath(db, topic));
  const disputed = inArray(
    events.id,
    db
      .select({ id: citations.event })
      .from(citations)
      .where(and(isNotNull(citations.event), isNotNull(citations.reports), publishedBy(db, asOf))),
  );
  return and(
    foundBy('event', events.id, filter.q),
    reportedBy(db, events.id, citations.event, asOf),
    ...(await involvingEach(db, filter)),
    ...linkedToEach(db, events.id, { record: eventTopics.event, to: eventTopics.topic }, topics),
    ...citedFromEach(db, events.id, citations.event, source, asOf),
    ...citedFromEach(db, events.id, citations.event, await sourcesPublishedBy(db, publisher), asOf),
    ...anyOfEach(events.dataset, dataset),
    ...anyOfEach(events.type, filter.type),
    ...anyOfEach(events.mode, filter.mode),
    ...anyOfEach(events.status, filter.status),
    ...anyOfEach(events.country, filter.country),
    inWindow(events, { from: filter.from, to: filter.to, match: filter.dateMatch }),
    filter.disputed === undefined ? undefined : filter.disputed ? disputed : not(disputed),
  );
}

/** The events in which some actor of each group takes part, itself or through who acts on its behalf. */
async function involvingEach(
  db: Database,
  { actor, actorScope, role }: EventFilter,
): Promise<(SQL | undefined)[]> {
  if (!actor) return [];
  const direct = actorScope === 'direct';
  const groups: Groups = direct ? actor : await withBodiesBeneath(db, actor);
  const roles = role ?? [[]];
  return groups.flatMap((group) =>
    roles.map((anyRole) => {
      const inRole = anyRole.length > 0 ? inArray(eventParticipants.role, anyRole as never) : undefined;
      const by = (column: typeof eventParticipants.actor | typeof eventParticipants.onBehalfOf) =>
        inArray(
          events.id,
          db
            .select({ id: eventParticipants.event })
            .from(eventParticipants)
            .where(and(inArray(column, group), inRole)),
        );
      return direct
        ? by(eventParticipants.actor)
        : or(by(eventParticipants.actor), by(eventParticipants.onBehalfOf));
    }),
  );
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
