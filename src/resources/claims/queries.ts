import { and, asc, eq, inArray, isNotNull, min, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { citationsAsOf, eachAsOf, recordsAsOf } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { type ClaimFilter, claimsWhere, onlyDisputed, withStance } from '../../db/filters/claims.ts';
import { figuresAsOf } from '../../db/filters/figures.ts';
import { type Resolved, resolveFilter } from '../../db/filters/resolve.ts';
import { eachClaimAsOf, positionsAsOf, standings } from '../../db/filters/standing.ts';
import { byComputedDate, byDate } from '../../db/lists/byDate.ts';
import { type Facet, link } from '../../db/lists/facets.ts';
import { type FacetName, recordQueries, type Selection } from '../../db/lists/queries.ts';
import {
  aboutOf,
  citationsOf,
  figuresOf,
  grouped,
  ifReported,
  referencesTo,
  required,
  topicsOf,
} from '../../db/lists/related.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { tables } from '../../db/tables.ts';
import { dateRange } from '../../domain/dates.ts';
import { type Stance, type Standing, stances as stanceWords, words } from '../../domain/vocabularies.ts';
import type { claim, claimQuery } from './schema.ts';

type Claim = z.infer<typeof claim>;
interface ClaimList {
  table: typeof claims;
  query: z.infer<typeof claimQuery>;
  item: Claim;
}

const {
  claims,
  sources,
  claimAbout,
  claimTopics,
  claimContradictions,
  positions,
  statements,
  citations,
  figures: figureTable,
} = tables;

/** Pages, exports, counts and single records of claims. */
export const claimQueries = recordQueries<ClaimList>({
  table: claims,
  kind: 'claim',
  heavy: ['q', 'asOf'],
  select: selectClaims,
  hydrate: hydrateClaims,
  recordsAsOf: eachClaimAsOf,
});

async function selectClaims(db: Database, query: ClaimList['query']): Promise<Selection<ClaimList>> {
  const filter = await resolveFilter(db, query);
  const { q, asOf } = filter;
  const { id } = claims;
  return {
    where: claimsWhere(db, filter),
    orders: {
      date: asOf === undefined ? byDate(claims) : byComputedDate(firstDay(db, asOf)),
      id,
      relevance: byRelevance(db, 'claim', id, q, asOf),
    },
    facets: () => facetsOf(db, filter),
  };
}

/** The first day of the positions shown by a day. */
function firstDay(db: Database, asOf: string): SQL {
  return sql`${db
    .select({ day: min(positions.sortDay) })
    .from(positions)
    .where(and(eq(positions.claim, claims.id), eachAsOf(db, positions.id, citations.position, asOf)))}`;
}

function facetsOf(db: Database, filter: Resolved<ClaimFilter>): Record<FacetName<ClaimList>, Facet> {
  const { asOf } = filter;
  const direct = filter.actorScope === 'direct';
  const hierarchy = direct ? undefined : 'actor';
  const taken = (filter.stance ?? [undefined]).map((stances) =>
    and(positionsAsOf(db, asOf), stances && inArray(positions.stance, stances)),
  );
  const onBehalf = (shown: SQL | undefined): SQL =>
    sql`select ${positions.claim} as record, ${statements.onBehalfOf} as value from ${positions} inner join ${statements} on ${statements.id} = ${positions.statement} where ${and(isNotNull(statements.onBehalfOf), shown, recordsAsOf(db, statements.id, citations.statement, asOf))}`;
  const shownBy = (value: PgColumn): SQL =>
    sql`select ${positions.claim} as record, ${value} as value from ${citations} inner join ${positions} on ${positions.id} = ${citations.position} inner join ${sources} on ${sources.id} = ${citations.source} where ${and(isNotNull(value), citationsAsOf(db, asOf))}`;
  // As the filter `source` does, which of disputed claims also matches those that contradict one.
  const cited = (value: PgColumn): SQL[] => [
    shownBy(value),
    ...(onlyDisputed(filter)
      ? [
          sql`select ${claimContradictions.contradicts} as record, shown.value as value from (${shownBy(value)}) as shown inner join ${claimContradictions} on ${claimContradictions.claim} = shown.record`,
        ]
      : []),
  ];
  return {
    actor: {
      of: 'actor',
      hierarchy,
      // One more actor must itself take a stance of each group.
      ways: taken.map((shown) => [
        link(positions.claim, positions.actor, shown),
        ...(direct ? [] : [onBehalf(shown)]),
      ]),
    },
    about: { of: 'actor', hierarchy, links: [link(claimAbout.claim, claimAbout.actor)] },
    // One more stance must be taken by the very actor the filter names, so each is asked for in turn.
    stance: {
      conditions: Object.fromEntries(
        words(stanceWords).map((stance) => [stance, withStance(db, filter, [stance])]),
      ),
    },
    topic: { of: 'topic', hierarchy: 'topic', links: [link(claimTopics.claim, claimTopics.topic)] },
    kind: { column: claims.kind },
    standing:
      asOf === undefined
        ? { column: claims.standing }
        : {
            links: [
              sql`select claim as record, standing as value from (${standings(db, asOf)}) as standings`,
            ],
          },
    event:
      asOf === undefined
        ? { of: 'event', column: claims.event }
        : {
            of: 'event',
            links: [link(claims.id, claims.event, recordsAsOf(db, claims.event, citations.event, asOf))],
          },
    measure: { links: [link(figureTable.claim, figureTable.measure, figuresAsOf(db, asOf))] },
    source: { of: 'source', links: cited(sources.id) },
    publisher: { of: 'actor', links: cited(sources.publisher) },
    dataset: { of: 'dataset', column: claims.dataset },
  };
}

/** Rows with their positions, topics and contradictions, in the order of the rows. */
async function hydrateClaims(
  db: Database,
  rows: (typeof claims.$inferSelect)[],
  asOf: string | undefined,
): Promise<Claim[]> {
  const ids = rows.map((row) => row.id);
  const held = await positionsByClaim(db, ids, asOf);
  const weights = await standingsOf(db, rows, asOf);
  const figures = await figuresOf(db, 'claim', ids, asOf);
  const datasets = await referencesTo(
    db,
    'dataset',
    rows.map((row) => row.dataset),
  );
  const events = await referencesTo(
    db,
    'event',
    rows.map((row) => row.event),
    asOf,
  );
  const about = await aboutOf(
    db,
    { record: claimAbout.claim, actor: claimAbout.actor, ordinal: claimAbout.ordinal },
    ids,
  );
  const topics = await topicsOf(
    db,
    { record: claimTopics.claim, topic: claimTopics.topic, ordinal: claimTopics.ordinal },
    ids,
  );
  const contradicts = await contradictionsOf(db, ids, asOf);
  return rows.map((row) => {
    const taken = held.get(row.id) ?? [];
    return {
      id: row.id,
      dataset: required(datasets, row.dataset),
      proposition: row.proposition,
      kind: row.kind,
      about: about.get(row.id) ?? [],
      event: ifReported(events, row.event),
      topics: topics.get(row.id) ?? [],
      standing: required(weights, row.id).standing,
      stances: tallyOf(taken),
      independentSources: required(weights, row.id).independentSources,
      independentVoices: required(weights, row.id).independentVoices,
      contradicts: contradicts.get(row.id) ?? [],
      positions: taken,
      figures: figures.get(row.id) ?? [],
    };
  });
}

/** The number of positions of each stance. */
function tallyOf(taken: Claim['positions']): Claim['stances'] {
  const tally = (stance: Stance): number => taken.filter((position) => position.stance === stance).length;
  return {
    asserts: tally('asserts'),
    supports: tally('supports'),
    reports: tally('reports'),
    doubts: tally('doubts'),
    denies: tally('denies'),
  };
}

/** The claims that contradict each claim; with `asOf`, those on which a position had been shown by then. */
async function contradictionsOf(
  db: Database,
  ids: string[],
  asOf: string | undefined,
): Promise<Map<string, Claim['contradicts']>> {
  const others = await db
    .select({ claim: claimContradictions.claim, id: claims.id, proposition: claims.proposition })
    .from(claimContradictions)
    .innerJoin(claims, eq(claims.id, claimContradictions.contradicts))
    .where(and(inArray(claimContradictions.claim, ids), eachClaimAsOf(db, asOf)))
    .orderBy(asc(claims.id));
  return grouped(others, ({ claim: id, ...reference }) => [id, reference]);
}

/** The standing of each claim: as stored, or as it was on a day. */
async function standingsOf(
  db: Database,
  rows: (typeof claims.$inferSelect)[],
  asOf: string | undefined,
): Promise<Map<string, Pick<Claim, 'standing' | 'independentSources' | 'independentVoices'>>> {
  if (asOf === undefined) return new Map(rows.map((row) => [row.id, row]));
  const ids = rows.map((row) => sql`${row.id}`);
  const derived = await db
    .select({
      id: sql<string>`claim`,
      standing: sql<Standing>`standing`,
      independentSources: sql`"independentSources"`.mapWith(Number),
      independentVoices: sql`"independentVoices"`.mapWith(Number),
    })
    .from(
      sql`(${standings(
        db,
        asOf,
        rows.map((row) => row.id),
      )}) as standings`,
    )
    .where(sql`claim in (${sql.join(ids, sql`, `)})`);
  return new Map(derived.map((row) => [row.id, row]));
}

async function positionsByClaim(
  db: Database,
  ids: readonly string[],
  asOf: string | undefined,
): Promise<Map<string, Claim['positions']>> {
  const rows = await db
    .select()
    .from(positions)
    .where(and(inArray(positions.claim, [...ids]), eachAsOf(db, positions.id, citations.position, asOf)))
    .orderBy(asc(positions.claim), asc(positions.ordinal));
  const said = await referencesTo(
    db,
    'statement',
    rows.map((row) => row.statement),
    asOf,
  );
  const actors = await referencesTo(
    db,
    'actor',
    rows.map((row) => row.actor),
  );
  const cited = await citationsOf(
    db,
    citations.position,
    rows.map((row) => row.id),
    asOf,
  );
  return grouped(rows, (position) => [
    position.claim,
    {
      actor: required(actors, position.actor),
      stance: position.stance,
      statement: ifReported(said, position.statement),
      since: dateRange(position.since),
      citations: cited.get(position.id) ?? [],
    },
  ]);
}
