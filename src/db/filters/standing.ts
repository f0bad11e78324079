import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Standing } from '../../domain/vocabularies.ts';
import { citationsAsOf, eachAsOf } from '../conditions.ts';
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
  return exists(
    db
      .select({ one: sql`1` })
      .from(positions)
      .where(and(eq(positions.claim, claims.id), eachAsOf(db, positions.id, citations.position, asOf))),
  );
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
 * `independentSources` and `independentVoices`: the very derivation that the loader makes (`seed/load/standing.ts`), of all
 * claims at once, so that its cost grows with the positions and no faster; with `ids`, of these claims and those that they contradict.
 */
export function standings(db: Database, asOf: string | undefined, ids?: readonly string[]): SQL {
  const { source, derivedFrom } = sourceDerivations;
  const isFor = sql`stance in ('asserts', 'supports')`;
  const isAgainst = sql`stance in ('doubts', 'denies')`;
  return sql`
    with recursive taken as materialized (
      select ${positions.id} as id, ${positions.claim} as claim, ${positions.actor} as actor, ${positions.voice} as voice, ${positions.stance} as stance
      from ${positions} where ${ofClaims(db, ids) ?? sql`true`} and ${eachAsOf(db, positions.id, citations.position, asOf) ?? sql`true`}
    ),
    asserting as materialized (
      select distinct taken.claim as claim, ${citations.source} as source
      from taken inner join ${citations} on ${citations.position} = taken.id
      where ${isFor} and ${citationsAsOf(db, asOf) ?? sql`true`}
    ),
    origins(source, origin) as (
      select ${source}, ${derivedFrom} from ${sourceDerivations}
      union
      select origins.source, ${derivedFrom} from origins inner join ${sourceDerivations} on ${source} = origins.origin
    ),
    repeating as (
      select distinct one.claim as claim, one.source as source
      from origins inner join asserting as one on one.source = origins.source
      inner join asserting as other on other.claim = one.claim and other.source = origins.origin
    ),
    counts as (
      select claim, sum(number) as number from (
        select claim, count(*) as number from asserting group by claim
        union all
        select claim, -count(*) as number from repeating group by claim
      ) as counted group by claim
    ),
    sides as materialized (
      select claim,
        count(distinct case when ${isFor} then voice end) as voices,
        count(distinct case when ${isFor} then actor end) as holders,
        count(distinct case when ${isAgainst} then actor end) as opponents,
        count(distinct case when ${isFor} or ${isAgainst} then actor end) as actors
      from taken group by claim
    ),
    contradicted as (
      select distinct ${claimContradictions.claim} as claim
      from ${claimContradictions} inner join sides as other on other.claim = ${claimContradictions.contradicts}
      where other.voices > 0
    )
    select sides.claim as claim, coalesce(counts.number, 0) as "independentSources", sides.voices as "independentVoices",
      case
        when sides.voices = 0 then 'unasserted'
        when (sides.opponents > 0 and sides.actors > 1) or contradicted.claim is not null then 'disputed'
        when counts.number < 2 then 'single-source'
        when sides.voices < 2 then 'one-sided'
        else 'corroborated'
      end as standing
    from sides left join counts on counts.claim = sides.claim
    left join contradicted on contradicted.claim = sides.claim`;
}

/** The claims that had one of some standings on a day. */
export function withStandingAsOf(db: Database, asOf: string, words: readonly Standing[]): SQL {
  return inArray(
    claims.id,
    sql`(select claim from (${standings(db, asOf)}) as standings where standing in (${sql.join(
      words.map((word) => sql`${word}`),
      sql`, `,
    )}))`,
  );
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
