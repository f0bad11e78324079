import { and, eq, inArray, isNotNull, min, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { citationsAsOf, eachAsOf, recordsAsOf } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { type ClaimFilter, claimConditions, heldBy, onlyDisputed } from '../../db/filters/claims.ts';
import { figuresAsOf } from '../../db/filters/figures.ts';
import { type Resolved, resolveFilter } from '../../db/filters/resolve.ts';
import { claimsWeighed, eachClaimAsOf, standings, weighedClaim } from '../../db/filters/standing.ts';
import { byComputedDate, byDate } from '../../db/lists/byDate.ts';
import { type Facet, link } from '../../db/lists/facets.ts';
import { type FacetName, recordQueries, type Selection } from '../../db/lists/queries.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { hydrateClaims } from '../../db/records/claims.ts';
import { tables } from '../../db/tables.ts';
import { stances as stanceWords, words } from '../../domain/vocabularies.ts';
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
  const areWeighed =
    asOf !== undefined && (filter.standing !== undefined || query.facets?.includes('standing') === true);
  return {
    ...(areWeighed ? { from: claimsWeighed(db, asOf) } : { shown: eachClaimAsOf(db, asOf) }),
    where: claimConditions(db, filter),
    orders: {
      date:
        asOf === undefined
          ? byDate(claims)
          : byComputedDate(areWeighed ? weighedClaim.firstDay : firstDay(db, asOf)),
      id,
      relevance: byRelevance(db, 'claim', id, q, asOf),
    },
    facets: () => facetsOf(db, filter, areWeighed),
  };
}

/** The first day of the positions shown by a day. */
function firstDay(db: Database, asOf: string): SQL {
  return sql`${db
    .select({ day: min(positions.sortDay) })
    .from(positions)
    .where(and(eq(positions.claim, claims.id), eachAsOf(db, positions.id, citations.position, asOf)))}`;
}

function standingFacet(db: Database, asOf: string | undefined, areWeighed: boolean): Facet {
  if (asOf === undefined) return { column: claims.standing };
  if (areWeighed) return { column: weighedClaim.standing };
  return {
    links: [sql`select claim as record, standing as value from (${standings(db, asOf)}) as standings`],
    areShown: true,
  };
}

function facetsOf(
  db: Database,
  filter: Resolved<ClaimFilter>,
  areWeighed: boolean,
): Record<FacetName<ClaimList>, Facet> {
  const { asOf } = filter;
  const direct = filter.actorScope === 'direct';
  const hierarchy = direct ? undefined : 'actor';
  const taken = (filter.stance ?? [undefined]).map((stances) =>
    and(eachAsOf(db, positions.id, citations.position, asOf), stances && inArray(positions.stance, stances)),
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
      areShown: true,
    },
    about: { of: 'actor', hierarchy, links: [link(claimAbout.claim, claimAbout.actor)] },
    // One more stance must be taken by the very actor the filter names; by one of each group, where it names several.
    stance: {
      ways: (filter.actor ?? [undefined]).map((group) => [
        link(
          positions.claim,
          positions.stance,
          and(eachAsOf(db, positions.id, citations.position, asOf), group && heldBy(db, filter, group)),
        ),
      ]),
      areShown: true,
      order: words(stanceWords),
    },
    topic: { of: 'topic', hierarchy: 'topic', links: [link(claimTopics.claim, claimTopics.topic)] },
    kind: { column: claims.kind },
    standing: standingFacet(db, asOf, areWeighed),
    event:
      asOf === undefined
        ? { of: 'event', column: claims.event }
        : {
            of: 'event',
            links: [link(claims.id, claims.event, recordsAsOf(db, claims.event, citations.event, asOf))],
          },
    measure: { links: [link(figureTable.claim, figureTable.measure, figuresAsOf(db, asOf))] },
    source: { of: 'source', links: cited(sources.id), areShown: true },
    publisher: { of: 'actor', links: cited(sources.publisher), areShown: true },
    dataset: { of: 'dataset', column: claims.dataset },
  };
}
