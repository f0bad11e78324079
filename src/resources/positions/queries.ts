import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { among, anyOfEach, citationsAsOf, inWindow, linkedToEach } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { resolveFilter } from '../../db/filters/resolve.ts';
import { positionsAsOf } from '../../db/filters/standing.ts';
import { withDescendants } from '../../db/hierarchy.ts';
import { byDate } from '../../db/lists/byDate.ts';
import { type Facet, link } from '../../db/lists/facets.ts';
import { type FacetName, listQueries, type Selection } from '../../db/lists/queries.ts';
import { citationsOf, ifReported, referencesTo, required, topicsOf } from '../../db/lists/related.ts';
import { missingRecord } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import { dateRange } from '../../domain/dates.ts';
import type { actorPosition, actorPositionQuery } from './schema.ts';

type ActorPosition = z.infer<typeof actorPosition>;
interface PositionList {
  table: typeof positions;
  /** The actor, and the filters of the positions. */
  query: z.infer<typeof actorPositionQuery> & { holder: string };
  item: ActorPosition;
}

const { positions, actors, claimTopics, citations, sources } = tables;

/**
 * Pages, exports and counts of the sides that an actor takes.
 * They also throw a MissingRecordError when there is no such actor.
 */
export const positionQueries = listQueries<PositionList>({
  table: positions,
  heavy: ['asOf'],
  select: selectPositions,
  hydrate: hydratePositions,
});

async function selectPositions(db: Database, query: PositionList['query']): Promise<Selection<PositionList>> {
  const { holder } = query;
  const [found] = await db.select({ id: actors.id }).from(actors).where(eq(actors.id, holder));
  if (!found) throw await missingRecord(db, 'actor', holder);
  const { actorScope, ...filter } = query;
  const { stance, topic, cited = [], from, to, dateMatch, asOf } = await resolveFilter(db, filter);
  const [holders = []] =
    actorScope === 'bodies' ? await withDescendants(db, 'actor', [[holder]]) : [[holder]];
  const showing = (shown: SQL): SQL =>
    inArray(
      positions.id,
      db
        .select({ id: citations.position })
        .from(citations)
        .where(and(shown, isNotNull(citations.position), citationsAsOf(db, asOf))),
    );
  return {
    where: and(
      among(db, positions.actor, holders),
      positionsAsOf(db, asOf),
      ...anyOfEach(positions.stance, stance),
      ...linkedToEach(db, positions.claim, { record: claimTopics.claim, to: claimTopics.topic }, topic),
      ...cited.map(showing),
      inWindow(positions, { from, to, match: dateMatch }),
    ),
    orders: { date: byDate(positions) },
    facets: () => facetsOf(db, asOf),
  };
}

function facetsOf(db: Database, asOf: string | undefined): Record<FacetName<PositionList>, Facet> {
  const cited = (value: PgColumn): SQL =>
    sql`select ${citations.position} as record, ${value} as value from ${citations} inner join ${sources} on ${sources.id} = ${citations.source} where ${and(isNotNull(citations.position), isNotNull(value), citationsAsOf(db, asOf))}`;
  return {
    stance: { column: positions.stance },
    topic: {
      of: 'topic',
      hierarchy: 'topic',
      links: [
        sql`select ${positions.id} as record, ${claimTopics.topic} as value from ${positions} inner join ${claimTopics} on ${claimTopics.claim} = ${positions.claim}`,
      ],
    },
    source: { of: 'source', links: [link(citations.position, citations.source, citationsAsOf(db, asOf))] },
    publisher: { of: 'actor', links: [cited(sources.publisher)] },
  };
}

/** Rows with the claims and statements they belong to, in the order of the rows. */
async function hydratePositions(
  db: Database,
  rows: (typeof positions.$inferSelect)[],
  asOf: string | undefined,
): Promise<ActorPosition[]> {
  const claimIds = [...new Set(rows.map((row) => row.claim))];
  const claims = await referencesTo(db, 'claim', claimIds);
  const holders = await referencesTo(
    db,
    'actor',
    rows.map((row) => row.actor),
  );
  const statements = await referencesTo(
    db,
    'statement',
    rows.map((row) => row.statement),
    asOf,
  );
  const ofClaim = { record: claimTopics.claim, topic: claimTopics.topic, ordinal: claimTopics.ordinal };
  const topics = await topicsOf(db, ofClaim, claimIds);
  const cited = await citationsOf(
    db,
    citations.position,
    rows.map((row) => row.id),
    asOf,
  );
  return rows.map((row) => ({
    actor: required(holders, row.actor),
    claim: required(claims, row.claim),
    stance: row.stance,
    since: dateRange(row.since),
    statement: ifReported(statements, row.statement),
    topics: topics.get(row.claim) ?? [],
    citations: cited.get(row.id) ?? [],
  }));
}
