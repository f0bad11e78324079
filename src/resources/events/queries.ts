import { and, eq, inArray, isNotNull, like, or } from 'drizzle-orm';
import type { z } from 'zod';
import { eachAsOf } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { eventPath } from '../../db/filters/eventPath.ts';
import { type EventFilter, eventsWhere } from '../../db/filters/events.ts';
import { figuresAsOf } from '../../db/filters/figures.ts';
import { relationLinks } from '../../db/filters/links.ts';
import { citedEvents } from '../../db/filters/records.ts';
import { type Resolved, resolveFilter } from '../../db/filters/resolve.ts';
import { byDate } from '../../db/lists/byDate.ts';
import { type Facet, link, recordFacets } from '../../db/lists/facets.ts';
import { type FacetName, recordQueries, type Selection } from '../../db/lists/queries.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { hydrateEvents } from '../../db/records/events.ts';
import { tables } from '../../db/tables.ts';
import type { event, eventQuery } from './schema.ts';

type Event = z.infer<typeof event>;
interface EventList {
  table: typeof events;
  query: z.infer<typeof eventQuery>;
  item: Event;
}

const { events, eventParticipants, citations, figures: figureTable } = tables;

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
  const path = await eventPath(db, filter);
  const id = path?.id ?? events.id;
  const date = byDate(events);
  return {
    path,
    where: path ? path.where : eventsWhere(db, filter),
    orders: {
      date: path ? { ...date, descending: path.newestFirst } : date,
      id,
      relevance: byRelevance(db, 'event', id, filter.q, filter.asOf),
    },
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
