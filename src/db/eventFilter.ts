import { and, inArray, isNotNull, not, or, type SQL } from 'drizzle-orm';
import {
  anyOfEach,
  citedFromEach,
  inWindow,
  linkedToEach,
  publishedBy,
  type RecordFilter,
  reportedBy,
  sourcesPublishedBy,
} from './conditions.ts';
import { foundBy } from './fulltext.ts';
import { type Groups, requireReferences, withBodiesBeneath, withTopicsBeneath } from './references.ts';
import type { Database } from './store.ts';
import { tables } from './tables.ts';

/** What events can be filtered by. */
export interface EventFilter extends RecordFilter {
  role?: Groups | undefined;
  type?: Groups | undefined;
  mode?: Groups | undefined;
  status?: Groups | undefined;
  country?: Groups | undefined;
  disputed?: boolean | undefined;
}

const { events, eventParticipants, eventTopics, citations } = tables;

/**
 * The one WHERE of a filter on events, for every query over `events`.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function eventsWhere(db: Database, filter: EventFilter): Promise<SQL | undefined> {
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
