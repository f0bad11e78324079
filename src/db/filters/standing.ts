import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Groups } from '../../domain/filterValues.ts';
import type { Standing } from '../../domain/vocabularies.ts';
import { anyOfEach, citationsAsOf, eachAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { tables } from '../tables.ts';

const { claims, claimContradictions, positions, citations, sourceDerivations } = tables;

/** The positions that some source published by a day shows; undefined when no day is given. */
export function positionsAsOf(
  db: Database,
  asOf: string | undefined,
  id: PgColumn = positions.id,
): SQL | undefined {
  if (asOf === undefined) return undefined;
  return inArray(
    id,
    db
      .select({ id: citations.position })
      .from(citations)
      .where(and(sql`${citations.position} is not null`, citationsAsOf(db, asOf))),
  );
}

/** The claims on which a position was shown by a day, looked up for each claim; undefined when no day is given. */
export function eachClaimAsOf(db: Database, asOf: string | undefined): SQL | undefined {
  if (asOf === undefined) return undefined;
  const shown = exists(
    db
      .select({ one: sql`1` })
      .from(positions)
      .where(and(eq(positions.claim, claims.id), eachAsOf(db, positions.id, citations.position, asOf))),
  );
  // Not a bare EXISTS: SQLite would make a join of it, and compute what a list is sorted by for each position.
  return sql`(${shown}) is true`;
}

/** The positions on which the standing of some claims depends. */
function ofClaims(db: Database, ids: readonly string[] | undefined): SQL | undefined {
  if (ids === undefined) return undefined;
  const { claim, contradicts } = claimContradictions;
  const others = db
    .select({ id: contradicts })
    .from(claimContradictions)
    .where(inArray(claim, [...ids]));
  return sql`(${inArray(positions.claim, [...ids])} or ${inArray(positions.claim, others)})`;
}

/**
 * What the positions on each claim amounted to on a day (on any, without one), as a SELECT of `claim`, `standing`,
 * `independentSources`, `independentVoices` and `firstDay`, the day of its first position: the very derivation that the loader makes (`seed/load/standing.ts`), of all
 * claims at once; with `ids`, of these claims and those that they contradict.
 *
 * One pass over the positions in the order of their claims, each with its citations, so that nothing is sorted and the cost grows with
 * the positions and no faster. Only sources that derive from one another are looked at a second time. The joins keep the order in
 * which the tables are read, and `coalesce` the index by stance out of it, with and without the statistics of ANALYZE.
 */
export function standings(db: Database, asOf: string | undefined, ids?: readonly string[]): SQL {
  const { source, derivedFrom } = sourceDerivations;
  const isFor = sql`${positions.stance} in ('asserts', 'supports')`;
  const isAgainst = sql`${positions.stance} in ('doubts', 'denies')`;
  const own = ofClaims(db, ids) ?? sql`true`;
  const shown = citationsAsOf(db, asOf) ?? sql`true`;
  // Without a day, a position counts even where no citation shows it.
  const shownBy = sql`${asOf === undefined ? sql`left join` : db.engine.orderedJoin} ${citations} on ${citations.position} = ${positions.id}`;
  // From the side that has fewer: the positions on some claims, or the citations from sources that derive from one another.
  const asserted =
    ids === undefined
      ? sql`${citations} ${db.engine.orderedJoin} ${positions} on ${positions.id} = ${citations.position}`
      : sql`${positions} ${db.engine.orderedJoin} ${citations} on ${citations.position} = ${positions.id}`;
  return sql`
    with recursive weighed as materialized (
      select ${positions.claim} as claim, min(${positions.sortDay}) as "firstDay",
        count(distinct case when ${isFor} then ${positions.voice} end) as voices,
        count(distinct case when ${isFor} then ${citations.source} end) as sources,
        max(case when ${isAgainst} then 1 else 0 end) as opposed,
        min(case when ${isFor} or ${isAgainst} then ${positions.actor} end) as "firstActor",
        max(case when ${isFor} or ${isAgainst} then ${positions.actor} end) as "lastActor"
      from ${positions} ${shownBy} where ${own} and ${shown} group by ${positions.claim}
    ),
    origins(source, origin) as (
      select ${source}, ${derivedFrom} from ${sourceDerivations}
      union
      select origins.source, ${derivedFrom} from origins inner join ${sourceDerivations} on ${source} = origins.origin
    ),
    asserting as materialized (
      select distinct ${positions.claim} as claim, ${citations.source} as source
      from ${asserted}
      where ${own} and ${shown} and coalesce(${positions.stance}, '') in ('asserts', 'supports')
      and ${citations.source} in (select source from origins union select origin from origins)
    ),
    repeating as (
      select distinct one.claim as claim, one.source as source
      from origins inner join asserting as one on one.source = origins.source
      inner join asserting as other on other.claim = one.claim and other.source = origins.origin
    ),
    repeats as (select claim, count(*) as number from repeating group by claim),
    contradicted as (
      select distinct ${claimContradictions.claim} as claim
      from ${claimContradictions} inner join weighed as other on other.claim = ${claimContradictions.contradicts}
      where other.voices > 0
    )
    select weighed.claim as claim, weighed.sources - coalesce(repeats.number, 0) as "independentSources",
      weighed.voices as "independentVoices", weighed."firstDay" as "firstDay",
      case
        when weighed.voices = 0 then 'unasserted'
        when (weighed.opposed > 0 and weighed."firstActor" <> weighed."lastActor") or contradicted.claim is not null then 'disputed'
        when weighed.sources - coalesce(repeats.number, 0) < 2 then 'single-source'
        when weighed.voices < 2 then 'one-sided'
        else 'corroborated'
      end as standing
    from weighed left join repeats on repeats.claim = weighed.claim
    left join contradicted on contradicted.claim = weighed.claim`;
}

/** What queries over `claimsWeighed` have of each claim besides its columns. */
export const weighedClaim = { standing: sql`shown.standing`, firstDay: sql`shown."firstDay"` };

/** The claims shown by a day, each with its standing on it: to be read where `claims` is, by queries for which all have to be weighed. */
export function claimsWeighed(db: Database, asOf: string): SQL {
  return sql`${claims} inner join (${standings(db, asOf)}) as shown on shown.claim = ${claims.id}`;
}

/** The claims that have a standing of each group; as of a day, of `claimsWeighed`. */
export function withStanding(asOf: string | undefined, standing: Groups<Standing> | undefined): SQL[] {
  return anyOfEach(asOf === undefined ? claims.standing : weighedClaim.standing, standing);
}

/** Derives the standings of claims anew, where they are not what the positions amount to, as after a migration. */
export async function deriveStandings(db: Database): Promise<void> {
  const derived = await db
    .select({
      id: claims.id,
      standing: sql<Standing>`derived.standing`,
      independentSources: sql`derived."independentSources"`.mapWith(Number),
      independentVoices: sql`derived."independentVoices"`.mapWith(Number),
    })
    .from(claims)
    .innerJoin(sql`(${standings(db, undefined)}) as derived`, sql`derived.claim = ${claims.id}`)
    .where(
      sql`(${claims.standing}, ${claims.independentSources}, ${claims.independentVoices}) <> (derived.standing, derived."independentSources", derived."independentVoices")`,
    );
  for (const { id, ...values } of derived) await db.update(claims).set(values).where(eq(claims.id, id));
}
