import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { type EventFilter, eventsWhere } from '../db/eventFilter.ts';
import { type Order, ordering, type Page, type PageRequest, page, rowsAfter } from '../db/paging.ts';
import { missingRecord } from '../db/references.ts';
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
export type EventSort = z.infer<typeof eventQuery>['sort'];

const { events, eventParticipants, eventTopics, citations } = tables;

const ORDERS: Record<EventSort, Order> = {
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
  const where = await eventsWhere(db, filter);
  const order = ORDERS[sort];
  const { items, next, total } = await page(request, {
    select: async (limit) =>
      db
        .select()
        .from(events)
        .where(and(where, rowsAfter(order, request.after)))
        .orderBy(...ordering(order))
        .limit(limit),
    value: (row) => row.sortDay,
    count: async () => (await db.select({ rows: count() }).from(events).where(where))[0]?.rows ?? 0,
  });
  return { items: await wholeEvents(db, items), next, total };
}

/** One event. Throws a MissingRecordError when there is none of that id. */
export async function getEvent(db: Database, id: string): Promise<Event> {
  const rows = await db.select().from(events).where(eq(events.id, id));
  const [found] = await wholeEvents(db, rows);
  if (!found) throw await missingRecord(db, 'event', id);
  return found;
}

/** Rows with their participants, topics and citations, in the order of the rows. */
async function wholeEvents(db: Database, rows: (typeof events.$inferSelect)[]): Promise<Event[]> {
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
  const cited = await citationsOf(db, citations.event, ids);
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
