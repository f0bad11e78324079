import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { anyOfEach, citationsAsOf, inWindow, linkedToEach } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { sourcesPublishedBy } from '../../db/filters/records.ts';
import { positionsAsOf } from '../../db/filters/standing.ts';
import { withDescendants } from '../../db/hierarchy.ts';
import { type Facet, link } from '../../db/lists/facets.ts';
import type { ListParameter } from '../../db/lists/paging.ts';
import { type ListDefinition, listQueries } from '../../db/lists/queries.ts';
import { citationsOf, ifReported, referencesTo, required, topicsOf } from '../../db/lists/related.ts';
import { missingRecord, requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import type { actorPosition, actorPositionFacets, actorPositionQuery } from './schema.ts';

type ActorPosition = z.infer<typeof actorPosition>;
type Query = z.infer<typeof actorPositionQuery>;
type PositionFacet = (typeof actorPositionFacets)[number];

/** Whose positions, and which. */
interface PositionFilter extends Omit<Query, ListParameter> {
  holder: string;
}

const { positions, actors, claimTopics, citations, sources } = tables;

const definition: ListDefinition<
  typeof positions,
  PositionFilter,
  Query['sort'],
  ActorPosition,
  PositionFacet
> = {
  table: positions,
  orders: () => ({ date: positions.sortDay }),
  where: positionsWhere,
  hydrate: hydratePositions,
  facets: facetsOf,
};

/**
 * Pages, exports and counts of the sides that an actor takes.
 * They also throw a MissingRecordError when there is no such actor.
 */
export const positionQueries = listQueries(definition);

async function positionsWhere(db: Database, filter: PositionFilter): Promise<SQL | undefined> {
  const { holder, stance, topic, source, publisher, from, to, dateMatch, asOf } = filter;
  const [found] = await db.select({ id: actors.id }).from(actors).where(eq(actors.id, holder));
  if (!found) throw await missingRecord(db, 'actor', holder);
  await requireReferences(db, filter);
  const topics = topic && (await withDescendants(db, 'topic', topic));
  const published = publisher && (await sourcesPublishedBy(db, publisher));
  const showing = (group: string[]): SQL =>
    inArray(
      positions.id,
      db
        .select({ id: citations.position })
        .from(citations)
        .where(and(inArray(citations.source, group), isNotNull(citations.position), citationsAsOf(db, asOf))),
    );
  return and(
    eq(positions.actor, holder),
    positionsAsOf(db, asOf),
    ...anyOfEach(positions.stance, stance),
    ...linkedToEach(db, positions.claim, { record: claimTopics.claim, to: claimTopics.topic }, topics),
    ...[...(source ?? []), ...(published ?? [])].map(showing),
    inWindow(positions, { from, to, match: dateMatch }),
  );
}

function facetsOf(db: Database, { asOf }: PositionFilter): Record<PositionFacet, Facet> {
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
    claim: required(claims, row.claim),
    stance: row.stance,
    since: { edtf: row.since, earliest: row.earliest, latest: row.latest },
    statement: ifReported(statements, row.statement),
    topics: topics.get(row.claim) ?? [],
    citations: cited.get(row.id) ?? [],
  }));
}
