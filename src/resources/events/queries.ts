import { and, asc, eq, inArray, isNotNull, like, or } from 'drizzle-orm';
import type { z } from 'zod';
import { eachAsOf } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { type EventFilter, eventsWhere } from '../../db/filters/events.ts';
import { figuresAsOf } from '../../db/filters/figures.ts';
import { linksAsOf, relationLinks } from '../../db/filters/links.ts';
import { citedEvents } from '../../db/filters/records.ts';
import { type Resolved, resolveFilter } from '../../db/filters/resolve.ts';
import { byDate } from '../../db/lists/byDate.ts';
import { type Facet, link, recordFacets } from '../../db/lists/facets.ts';
import { type FacetName, recordQueries, type Selection } from '../../db/lists/queries.ts';
import {
  citationsOf,
  figuresOf,
  grouped,
  optional,
  referencesTo,
  required,
  topicsOf,
} from '../../db/lists/related.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { tables } from '../../db/tables.ts';
import { dateRange } from '../../domain/dates.ts';
import { inverseOf } from '../../domain/vocabularies.ts';
import type { event, eventQuery } from './schema.ts';

type Event = z.infer<typeof event>;
interface EventList {
  table: typeof events;
  query: z.infer<typeof eventQuery>;
  item: Event;
}

const { events, eventLinks, eventParticipants, eventTopics, citations, figures: figureTable } = tables;

/** Pages, exports, counts and single records of events. */
export const eventQueries = recordQueries<EventList>({
  table: events,
  kind: 'event',
  heavy: ['q', 'asOf'],
  select: selectEvents,
  hydrate: hydrateEvents,
  recordsAsOf: (db, asOf) => eachAsOf(db, events.id, citations.event, asOf),
  subsets: {
    located: isNotNull(events.latitude),
    // A day, or a period with two ends: days among which it was some day are no entry of a calendar.
    dated: and(
      isNotNull(events.earliest),
      isNotNull(events.latest),
      or(eq(events.earliest, events.latest), like(events.date, '%/%')),
    ),
  },
});

async function selectEvents(db: Database, query: EventList['query']): Promise<Selection<EventList>> {
  const filter = await resolveFilter(db, query);
  const { id } = events;
  return {
    where: eventsWhere(db, filter),
    orders: { date: byDate(events), id, relevance: byRelevance(db, 'event', id, filter.q, filter.asOf) },
    facets: () => facetsOf(db, filter),
  };
}

function facetsOf(db: Database, filter: Resolved<EventFilter>): Record<FacetName<EventList>, Facet> {
  const direct = filter.actorScope === 'direct';
  const inRoles = (filter.role ?? [undefined]).map(
    (roles) => roles && inArray(eventParticipants.role, roles),
  );
  return {
    ...recordFacets(db, citedEvents, filter.asOf),
    actor: {
      of: 'actor',
      hierarchy: direct ? undefined : 'actor',
      // One more actor must itself take part in a role of each group.
      ways: inRoles.map((inRole) => [
        link(eventParticipants.event, eventParticipants.actor, inRole),
        ...(direct ? [] : [link(eventParticipants.event, eventParticipants.onBehalfOf, inRole)]),
      ]),
    },
    type: { column: events.type },
    mode: { column: events.mode },
    status: { column: events.status },
    country: { column: events.country },
    // One more relation must be to the very event that the filter names.
    relation: {
      ways: (filter.linkedTo ?? [undefined]).map((others) => relationLinks(db, others, filter.asOf)),
    },
    measure: { links: [link(figureTable.event, figureTable.measure, figuresAsOf(db, filter.asOf))] },
  };
}

/** Rows with their participants, topics and citations, in the order of the rows. */
async function hydrateEvents(
  db: Database,
  rows: (typeof events.$inferSelect)[],
  asOf: string | undefined,
): Promise<Event[]> {
  const ids = rows.map((row) => row.id);
  const participants = await db
    .select()
    .from(eventParticipants)
    .where(inArray(eventParticipants.event, ids))
    .orderBy(asc(eventParticipants.ordinal));
  const actors = await referencesTo(
    db,
    'actor',
    participants.flatMap(({ actor, onBehalfOf }) => [actor, onBehalfOf]),
  );
  const participantsByEvent = grouped(participants, ({ event: id, actor, role, onBehalfOf }) => [
    id,
    { actor: required(actors, actor), role, onBehalfOf: optional(actors, onBehalfOf) },
  ]);
  const datasets = await referencesTo(
    db,
    'dataset',
    rows.map((row) => row.dataset),
  );
  const link = { record: eventTopics.event, topic: eventTopics.topic, ordinal: eventTopics.ordinal };
  const topics = await topicsOf(db, link, ids);
  const cited = await citationsOf(db, citations.event, ids, asOf);
  const links = await linksOf(db, ids, asOf);
  const figures = await figuresOf(db, 'event', ids, asOf);
  return rows.map((row) => ({
    id: row.id,
    dataset: required(datasets, row.dataset),
    title: row.title,
    summary: row.summary,
    type: row.type,
    mode: row.mode,
    status: row.status,
    date: dateRange(row.date),
    place:
      row.placeName === null
        ? null
        : { name: row.placeName, country: row.country, latitude: row.latitude, longitude: row.longitude },
    participants: participantsByEvent.get(row.id) ?? [],
    topics: topics.get(row.id) ?? [],
    links: links.get(row.id) ?? [],
    figures: figures.get(row.id) ?? [],
    citations: cited.get(row.id) ?? [],
  }));
}

/** The links of each event, from its own end: those that it has to others in their order, then those from others. */
async function linksOf(
  db: Database,
  ids: readonly string[],
  asOf: string | undefined,
): Promise<Map<string, Event['links']>> {
  const rows = await db
    .select()
    .from(eventLinks)
    .where(
      and(or(inArray(eventLinks.event, [...ids]), inArray(eventLinks.other, [...ids])), linksAsOf(db, asOf)),
    )
    .orderBy(asc(eventLinks.event), asc(eventLinks.ordinal));
  const linked = await referencesTo(
    db,
    'event',
    rows.flatMap((row) => [row.event, row.other]),
  );
  const cited = await citationsOf(
    db,
    citations.link,
    rows.map((row) => row.id),
    asOf,
  );
  const seen = rows.map(({ id, basis, ...row }) => ({
    ...row,
    rest: { basis, citations: cited.get(id) ?? [] },
  }));
  const direct = seen.map(({ event: from, other, relation, rest }) => ({ from, to: other, relation, rest }));
  const inverse = seen.map(({ event: from, other, relation, rest }) => ({
    from: other,
    to: from,
    relation: inverseOf[relation],
    rest,
  }));
  return grouped([...direct, ...inverse], ({ from, to, relation, rest }) => [
    from,
    { relation, event: required(linked, to), ...rest },
  ]);
}
