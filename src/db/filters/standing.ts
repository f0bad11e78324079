import { and, eq, exists, inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Stance, Standing } from '../../domain/vocabularies.ts';
import { citationsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { tables } from '../tables.ts';

const { claims, claimContradictions, positions, citations, sourceDerivations } = tables;

const FOR: Stance[] = ['asserts', 'supports'];
const AGAINST: Stance[] = ['doubts', 'denies'];

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

/**
 * What the positions on a claim amounted to on a day, as expressions over `claims`: the very
 * derivation that the loader makes from all positions (`seed/load/standing.ts`).
 */
export function standingAsOf(
  db: Database,
  asOf: string,
): { standing: SQL<Standing>; independentSources: SQL<number> } {
  const independentSources = independentSourcesAsOf(db, asOf);
  const disputed = or(opposedAsOf(db, asOf), contradictedAsOf(db, asOf));
  const standing = sql<Standing>`case when ${disputed} then 'disputed' when ${independentSources} >= 2 then 'corroborated' else 'single-source' end`;
  return { standing, independentSources };
}

/** Whether one actor took a side for the claim, and another one against it. */
function opposedAsOf(db: Database, asOf: string): SQL {
  // A subquery, not `alias`, which SQLite's dialect cannot write.
  const other = db
    .select({ id: positions.id, claim: positions.claim, actor: positions.actor, stance: positions.stance })
    .from(positions)
    .as('other');
  return exists(
    db
      .select({ one: sql`1` })
      .from(positions)
      .innerJoin(other, and(eq(other.claim, positions.claim), ne(other.actor, positions.actor)))
      .where(
        and(
          eq(positions.claim, claims.id),
          inArray(positions.stance, AGAINST),
          inArray(other.stance, FOR),
          positionsAsOf(db, asOf),
          positionsAsOf(db, asOf, other.id),
        ),
      ),
  );
}

/** Whether somebody took a side for a claim that cannot be true together with it. */
function contradictedAsOf(db: Database, asOf: string): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(claimContradictions)
      .innerJoin(positions, eq(positions.claim, claimContradictions.contradicts))
      .where(
        and(
          eq(claimContradictions.claim, claims.id),
          inArray(positions.stance, FOR),
          positionsAsOf(db, asOf),
        ),
      ),
  );
}

/** The number of sources that showed somebody taking a side for the claim, none repeating another of them. */
function independentSourcesAsOf(db: Database, asOf: string): SQL<number> {
  const asserting = sql`${citations} inner join ${positions} on ${positions.id} = ${citations.position} where ${and(
    eq(positions.claim, claims.id),
    inArray(positions.stance, FOR),
    citationsAsOf(db, asOf),
  )}`;
  const { source, derivedFrom } = sourceDerivations;
  const repeats = sql`exists (
    with recursive origins(origin) as (
      select ${derivedFrom} from ${sourceDerivations} where ${source} = asserting.source
      union
      select ${derivedFrom} from ${sourceDerivations} inner join origins on ${source} = origins.origin
    )
    select 1 from origins where origins.origin in (select ${citations.source} from ${asserting})
  )`;
  return sql<number>`(select count(*) from (select distinct ${citations.source} as source from ${asserting}) as asserting where not ${repeats})`;
}
