import { and, inArray, or, type SQL } from 'drizzle-orm';
import type { Stance } from '../../domain/vocabularies.ts';
import { anyOfEach, citationsAsOf, inWindow, linkedToEach, recordsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { recordsMatching } from '../fullText.ts';
import { type Groups, withDescendants } from '../hierarchy.ts';
import { requireReferences } from '../references.ts';
import { tables } from '../tables.ts';
import { inScope, type RecordFilter, sourcesPublishedBy } from './records.ts';
import { positionsAsOf, standingAsOf } from './standing.ts';

/** What claims can be filtered by. */
export interface ClaimFilter extends RecordFilter {
  about?: Groups | undefined;
  stance?: Groups | undefined;
  kind?: Groups | undefined;
  standing?: Groups | undefined;
}

const { claims, claimAbout, claimTopics, positions, statements, citations } = tables;

/**
 * The one WHERE of a filter on claims, for every query over `claims`.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function claimsWhere(db: Database, filter: ClaimFilter): Promise<SQL | undefined> {
  await requireReferences(db, filter);
  const { topic, source, publisher, asOf } = filter;
  const subjects = await inScope(db, filter.about, filter.actorScope);
  const topics = topic && (await withDescendants(db, 'topic', topic));
  const published = publisher && (await sourcesPublishedBy(db, publisher));
  const window = inWindow(positions, { from: filter.from, to: filter.to, match: filter.dateMatch });
  return and(
    recordsMatching('claim', claims.id, filter.q),
    claimsAsOf(db, asOf),
    ...(await withHolderOfEach(db, filter)),
    ...linkedToEach(db, claims.id, { record: claimAbout.claim, to: claimAbout.actor }, subjects),
    ...linkedToEach(db, claims.id, { record: claimTopics.claim, to: claimTopics.topic }, topics),
    ...withSourceOfEach(db, source, asOf),
    ...withSourceOfEach(db, published, asOf),
    ...anyOfEach(claims.dataset, filter.dataset),
    ...anyOfEach(claims.kind, filter.kind),
    ...anyOfEach(asOf === undefined ? claims.standing : standingAsOf(db, asOf).standing, filter.standing),
    window && withPosition(db, window, asOf),
  );
}

/** The claims with a position that meets a condition (with `asOf`: one shown by then). */
function withPosition(db: Database, condition: SQL | undefined, asOf: string | undefined): SQL {
  return inArray(
    claims.id,
    db
      .select({ id: positions.claim })
      .from(positions)
      .where(and(condition, positionsAsOf(db, asOf))),
  );
}

/** The claims on which some source published by a day shows a position; undefined when no day is given. */
export function claimsAsOf(db: Database, asOf: string | undefined): SQL | undefined {
  return asOf === undefined ? undefined : withPosition(db, undefined, asOf);
}

/** The claims on which some actor of each group takes a side, and each stance asked for is taken. */
async function withHolderOfEach(
  db: Database,
  { actor, actorScope, stance, asOf }: ClaimFilter,
): Promise<SQL[]> {
  const stances = stance ?? [[]];
  const taken = (anyStance: string[]): SQL | undefined =>
    anyStance.length > 0 ? inArray(positions.stance, anyStance as Stance[]) : undefined;
  const groups = await inScope(db, actor, actorScope);
  if (!groups) return stance ? stances.map((anyStance) => withPosition(db, taken(anyStance), asOf)) : [];
  return groups.flatMap((group) => {
    const onBehalf = db
      .select({ id: statements.id })
      .from(statements)
      .where(
        and(inArray(statements.onBehalfOf, group), recordsAsOf(db, statements.id, citations.statement, asOf)),
      );
    const holder =
      actorScope === 'direct'
        ? inArray(positions.actor, group)
        : or(inArray(positions.actor, group), inArray(positions.statement, onBehalf));
    return stances.map((anyStance) => withPosition(db, and(holder, taken(anyStance)), asOf));
  });
}

/** The claims on which a source of each group shows somebody taking a side. */
function withSourceOfEach(db: Database, groups: Groups | undefined, asOf: string | undefined): SQL[] {
  return (groups ?? []).map((group) =>
    withPosition(
      db,
      inArray(
        positions.id,
        db
          .select({ id: citations.position })
          .from(citations)
          .where(and(inArray(citations.source, group), citationsAsOf(db, asOf))),
      ),
      asOf,
    ),
  );
}
