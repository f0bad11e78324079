import { and, eq, exists, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { EventKeyKind, ParticipantRole } from '../../domain/vocabularies.ts';
import { among } from '../conditions.ts';
import type { Database } from '../database.ts';
import type { ReadPath } from '../lists/queries.ts';
import { tables } from '../tables.ts';
import { type EventFilter, eventColumnConditions } from './events.ts';
import type { Resolved } from './resolve.ts';

const { events, eventKeys, eventParticipants } = tables;

/** Keys that are counted to find which value has the fewest events. */
const MOST_COUNTED = 5_000;

/** Values of one kind: an event must have one of them among its keys. */
interface Keyed {
  kind: EventKeyKind;
  values: string[];
}

/**
 * How the events of a filter are read through the keys of one of its values, the rarest one, in which they are in order; with the WHERE of all of
 * the filter. Undefined where no value leads to them: without an actor, topic, source or publisher alone in its group,
 * and with full text or `asOf`, which are read otherwise.
 */
export async function eventPath(
  db: Database,
  filter: Resolved<EventFilter>,
): Promise<(ReadPath & { where: SQL | undefined }) | undefined> {
  const { named, q, asOf } = filter;
  if (!named || q !== undefined || asOf !== undefined) return undefined;
  const keyed = (kind: EventKeyKind): Keyed[] => named[kind].map((values) => ({ kind, values }));
  const all = [...keyed('actor'), ...keyed('topic'), ...keyed('source'), ...keyed('publisher')];
  const first = await rarest(db, all);
  if (first === undefined) return undefined;
  return {
    table: sql`${eventKeys} ${db.engine.orderedJoin} ${events} on ${eq(events.id, eventKeys.event)}`,
    id: eventKeys.event,
    newestFirst: eventKeys.day,
    where: and(
      keysOf(first),
      await notAfter(db, filter.to),
      ...all.filter((each) => each !== first).map((each) => hasKey(each)),
      ...involved(db, filter),
      ...eventColumnConditions(db, filter),
    ),
  };
}

/** Of those with one value, the one with the fewest events. */
async function rarest(db: Database, all: readonly Keyed[]): Promise<Keyed | undefined> {
  const single = all.filter(({ values }) => new Set(values).size === 1);
  if (single.length < 2) return single[0];
  const counted: { each: Keyed; rows: number }[] = [];
  for (const each of single) {
    const some = db.select({ one: sql`1` }).from(eventKeys).where(keysOf(each)).limit(MOST_COUNTED);
    const [found] = await db.select({ rows: sql`count(*)`.mapWith(Number) }).from(sql`(${some}) as counted`);
    counted.push({ each, rows: found?.rows ?? 0 });
  }
  return counted.toSorted((a, b) => a.rows - b.rows)[0]?.each;
}

function keysOf({ kind, values: [value = ''] }: Keyed): SQL | undefined {
  return and(eq(eventKeys.kind, kind), eq(eventKeys.value, value));
}

/** The event has one of some values among its keys, too: a look-up for each event. */
function hasKey({ kind, values }: Keyed): SQL {
  const { day, event } = eventKeys;
  const one = (value: string): SQL =>
    sql`exists (select 1 from ${eventKeys} as other where other.kind = ${kind} and other.value = ${value} and other.day = ${day} and other.event = ${event})`;
  // Cast: there is at least one value, so `or` is never undefined.
  return or(...values.map(one)) as SQL;
}

/**
 * The keys up to the end of a window, which no match comes after. Only where it is sure: a period whose start is unknown is listed by its end, but
 * may begin before.
 */
async function notAfter(db: Database, to: string | undefined): Promise<SQL | undefined> {
  if (to === undefined) return undefined;
  const [other] = await db
    .select({ id: events.id })
    .from(events)
    .where(and(isNull(events.earliest), gt(events.sortDayDescending, to)))
    .limit(1);
  return other ? undefined : lte(eventKeys.day, to);
}

/** What the keys do not say of the participants: their roles, and whether they are the actor itself. */
function involved(db: Database, { actor, actorScope, role }: Resolved<EventFilter>): (SQL | undefined)[] {
  if (role === undefined && actorScope === 'bodies') return [];
  const { event, actor: participant, onBehalfOf } = eventParticipants;
  const inRoles = (actors: string[], roles: ParticipantRole[] | undefined): SQL =>
    exists(
      db
        .select({ one: sql`1` })
        .from(eventParticipants)
        .where(
          and(
            eq(event, eventKeys.event),
            actorScope === 'direct'
              ? among(db, participant, actors)
              : or(among(db, participant, actors), among(db, onBehalfOf, actors)),
            roles && inArray(eventParticipants.role, roles),
          ),
        ),
    );
  return (actor ?? []).flatMap((actors) => (role ?? [undefined]).map((roles) => inRoles(actors, roles)));
}
