import { and, inArray, isNotNull, not, or, type SQL } from 'drizzle-orm';
import type { Groups } from '../../domain/filterValues.ts';
import type {
  EventMode,
  EventStatus,
  EventType,
  Measure,
  ParticipantRole,
} from '../../domain/vocabularies.ts';
import { among, anyOfEach, citationsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { tables } from '../tables.ts';
import { withFigure } from './figures.ts';
import { type LinkFilter, linkedEach } from './links.ts';
import { citedEvents, columnConditions, linkedConditions, type RecordFilter } from './records.ts';
import type { Resolved } from './resolve.ts';

/** What events can be filtered by. */
export interface EventFilter extends RecordFilter, LinkFilter {
  measure?: Groups<Measure> | undefined;
  role?: Groups<ParticipantRole> | undefined;
  type?: Groups<EventType> | undefined;
  mode?: Groups<EventMode> | undefined;
  status?: Groups<EventStatus> | undefined;
  country?: Groups | undefined;
  disputed?: boolean | undefined;
}

const { events, eventParticipants, citations } = tables;

/** The one WHERE of a filter on events, for every query over `events`. */
export function eventsWhere(db: Database, filter: Resolved<EventFilter>): SQL | undefined {
  return and(
    ...linkedConditions(db, citedEvents, filter),
    ...involvingEach(db, filter),
    ...eventColumnConditions(db, filter),
  );
}

/** The conditions of a filter on events that are not by actor, topic, source or full text. */
export function eventColumnConditions(db: Database, filter: Resolved<EventFilter>): (SQL | undefined)[] {
  return [
    ...columnConditions(citedEvents, filter),
    ...anyOfEach(events.type, filter.type),
    ...anyOfEach(events.mode, filter.mode),
    ...anyOfEach(events.status, filter.status),
    ...anyOfEach(events.country, filter.country),
    disputed(db, filter),
    ...linkedEach(db, filter),
    ...(filter.measure ?? []).map((group) => withFigure(db, 'event', group, filter.asOf)),
  ];
}

/** The events on which sources report different values, or the others; undefined when the filter means both. */
function disputed(db: Database, { disputed: wanted, asOf }: Resolved<EventFilter>): SQL | undefined {
  if (wanted === undefined) return undefined;
  const condition = inArray(
    events.id,
    db
      .select({ id: citations.event })
      .from(citations)
      .where(and(isNotNull(citations.event), isNotNull(citations.reports), citationsAsOf(db, asOf))),
  );
  return wanted ? condition : not(condition);
}

/** The events in which some actor of each group takes part, itself or through who acts on its behalf. */
function involvingEach(
  db: Database,
  { actor, actorScope, role }: Resolved<EventFilter>,
): (SQL | undefined)[] {
  const { actor: participant, onBehalfOf } = eventParticipants;
  const involving = (
    column: typeof participant | typeof onBehalfOf,
    actors: string[],
    roles: ParticipantRole[] | undefined,
  ): SQL =>
    inArray(
      events.id,
      db
        .select({ id: eventParticipants.event })
        .from(eventParticipants)
        .where(and(among(db, column, actors), roles && inArray(eventParticipants.role, roles))),
    );
  return (actor ?? []).flatMap((actors) =>
    (role ?? [undefined]).map((roles) =>
      actorScope === 'direct'
        ? involving(participant, actors, roles)
        : or(involving(participant, actors, roles), involving(onBehalfOf, actors, roles)),
    ),
  );
}
