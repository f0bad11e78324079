import { and, asc, count, countDistinct, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { eventsWhere } from '../../db/filters/events.ts';
import { resolveFilter } from '../../db/filters/resolve.ts';
import { dayIn } from '../../db/lists/byDate.ts';
import { required } from '../../db/lists/related.ts';
import { tables } from '../../db/tables.ts';
import { eventTypes, type QuadClass, quadClassOf, words } from '../../domain/vocabularies.ts';
import type { graph, graphQuery } from './schema.ts';

type Graph = z.infer<typeof graph>;
/** Whose graph: a filter on events, and how actors and edges are made of them. */
export type GraphQuery = z.infer<typeof graphQuery>;

const { events, actors, eventParticipants } = tables;

/**
 * Who acts with whom in the events that a filter matches.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function getGraph(db: Database, query: GraphQuery): Promise<Graph> {
  const { as, limit } = query;
  const directed = query.directed ?? false;
  const where = eventsWhere(db, await resolveFilter(db, query));
  const rows = await heaviestEdges(db, where, { as, directed, limit: limit + 1 });
  const edges = rows.slice(0, limit);
  const ends = [...new Set(edges.flatMap(({ source, target }) => [source, target]))];
  return { as, directed, nodes: await nodesOf(db, where, as, ends), edges, truncated: rows.length > limit };
}

async function heaviestEdges(
  db: Database,
  where: SQL | undefined,
  { as, directed, limit }: { as: GraphQuery['as']; directed: boolean; limit: number },
): Promise<Graph['edges']> {
  const one = eventParticipants;
  const other = otherParticipants(db);
  const [source, target] = [nodeIdOf(one, as), nodeIdOf(other, as)];
  const ends = directed
    ? and(eq(one.role, 'initiator'), eq(other.role, 'recipient'), ne(source, target))
    : sql`${source} < ${target}`;
  // Each event once a pair: an actor can have several roles, and several actors one principal.
  const pairs = db
    .selectDistinct({
      event: events.id,
      type: events.type,
      day: dayIn(events.sortDay).as('day'),
      source: source.as('source'),
      target: target.as('target'),
    })
    .from(events)
    .innerJoin(one, eq(one.event, events.id))
    .innerJoin(other, eq(other.event, events.id))
    .where(and(where, ends))
    .as('pairs');
  const ofClass = (quadClass: QuadClass): SQL<number> => {
    const types = words(eventTypes).filter((type) => quadClassOf[type] === quadClass);
    return sql`sum(case when ${inArray(pairs.type, types)} then 1 else 0 end)`.mapWith(Number);
  };
  const rows = await db
    .select({
      source: pairs.source,
      target: pairs.target,
      weight: count(),
      verbalCooperation: ofClass('verbal-cooperation'),
      materialCooperation: ofClass('material-cooperation'),
      verbalConflict: ofClass('verbal-conflict'),
      materialConflict: ofClass('material-conflict'),
      first: sql<string | null>`min(${pairs.day})`,
      last: sql<string | null>`max(${pairs.day})`,
    })
    .from(pairs)
    .groupBy(pairs.source, pairs.target)
    .orderBy(desc(count()), asc(pairs.source), asc(pairs.target))
    .limit(limit);
  return rows.map(
    ({ verbalCooperation, materialCooperation, verbalConflict, materialConflict, ...edge }) => ({
      ...edge,
      cooperation: { verbal: verbalCooperation, material: materialCooperation },
      conflict: { verbal: verbalConflict, material: materialConflict },
    }),
  );
}

/** Some actors with the number of events in which they take part, most events first. */
async function nodesOf(
  db: Database,
  where: SQL | undefined,
  as: GraphQuery['as'],
  ids: readonly string[],
): Promise<Graph['nodes']> {
  const actor = nodeIdOf(eventParticipants, as);
  const rows = await db
    .select({ id: actor, events: countDistinct(events.id) })
    .from(events)
    .innerJoin(eventParticipants, eq(eventParticipants.event, events.id))
    .where(and(where, inArray(actor, [...ids])))
    .groupBy(actor)
    .orderBy(desc(countDistinct(events.id)), asc(actor));
  const known = await db
    .select({ id: actors.id, name: actors.name, kind: actors.kind })
    .from(actors)
    .where(inArray(actors.id, [...ids]));
  const byId = new Map(known.map((row) => [row.id, row]));
  return rows.map((row) => ({ ...required(byId, row.id), events: row.events }));
}

/** A second reference to the participants, to join them to themselves; not `alias`, which SQLite's dialect cannot write. */
function otherParticipants(db: Database) {
  const { event, actor, role, onBehalfOf } = eventParticipants;
  return db.select({ event, actor, role, onBehalfOf }).from(eventParticipants).as('other');
}

/** The actor whose node a participant belongs to. */
function nodeIdOf(
  participant: typeof eventParticipants | ReturnType<typeof otherParticipants>,
  as: GraphQuery['as'],
): SQL<string> {
  return as === 'principals'
    ? sql<string>`coalesce(${participant.onBehalfOf}, ${participant.actor})`
    : sql<string>`${participant.actor}`;
}
