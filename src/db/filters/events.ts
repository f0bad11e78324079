import { and, inArray, isNotNull, not, or, type SQL } from 'drizzle-orm';
import { anyOfEach, citationsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import type { Groups } from '../hierarchy.ts';
import { tables } from '../tables.ts';
import { citedEvents, inScope, type RecordFilter, recordConditions } from './records.ts';

/** What events can be filtered by. */
export interface EventFilter extends RecordFilter {
  role?: Groups | undefined;
  type?: Groups | undefined;
  mode?: Groups | undefined;
  status?: Groups | undefined;
  country?: Groups | undefined;
  disputed?: boolean | undefined;
}

const { events, eventParticipants, citations } = tables;

/**
 * The one WHERE of a filter on events, for every query over `events`.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function eventsWhere(db: Database, filter: EventFilter): Promise<SQL | undefined> {
  const common = await recordConditions(db, citedEvents, filter);
  const disputed = inArray(
    events.id,
    db
      .select({ id: citations.event })
      .from(citations)
      .where(and(isNotNull(citations.event), isNotNull(citations.reports), citationsAsOf(db, filter.asOf))),
  );
  return and(
    ...common,
    ...(await involvingEach(db, filter)),
    ...anyOfEach(events.type, filter.type),
    ...anyOfEach(events.mode, filter.mode),
    ...anyOfEach(events.status, filter.status),
    ...anyOfEach(events.country, filter.country),
    filter.disputed === undefined ? undefined : filter.disputed ? disputed : not(disputed),
  );
}

/** The events in which some actor of each group takes part, itself or through who acts on its behalf. */
async function involvingEach(
  db: Database,
  { actor, actorScope, role }: EventFilter,
): Promise<(SQL | undefined)[]> {
  const direct = actorScope === 'direct';
  const groups = (await inScope(db, actor, actorScope)) ?? [];
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
