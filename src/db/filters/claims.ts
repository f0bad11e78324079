import { and, eq, inArray, or, type SQL } from 'drizzle-orm';
import type { Groups, Ids } from '../../domain/filterValues.ts';
import type { ClaimKind, Measure, Stance, Standing } from '../../domain/vocabularies.ts';
import { among, anyOfEach, citationsAsOf, inWindow, linkedToEach, recordsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { recordsMatching } from '../fullText.ts';
import { tables } from '../tables.ts';
import { withFigure } from './figures.ts';
import type { RecordFilter } from './records.ts';
import type { Resolved } from './resolve.ts';
import { eachClaimAsOf, positionsAsOf, withStanding } from './standing.ts';

/** What claims can be filtered by. */
export interface ClaimFilter extends RecordFilter {
  about?: Ids<'actor'> | undefined;
  stance?: Groups<Stance> | undefined;
  kind?: Groups<ClaimKind> | undefined;
  standing?: Groups<Standing> | undefined;
  event?: Ids<'event'> | undefined;
  measure?: Groups<Measure> | undefined;
}

const { claims, claimAbout, claimContradictions, claimTopics, positions, statements, citations } = tables;

/** The one WHERE of a filter on claims that does not ask for their standing on a day, for every query over `claims`. */
export function claimsWhere(db: Database, filter: Omit<Resolved<ClaimFilter>, 'standing'>): SQL | undefined {
  return and(eachClaimAsOf(db, filter.asOf), claimConditions(db, filter));
}

/** The same without its day, and with their standing: as of a day for queries over `claimsWeighed`. Undefined where no filter is given. */
export function claimConditions(db: Database, filter: Resolved<ClaimFilter>): SQL | undefined {
  const { actor, about, stance, topic, cited, dataset, kind, standing, from, to, dateMatch, asOf } = filter;
  const window = inWindow(positions, { from, to, match: dateMatch });
  return and(
    recordsMatching(db, 'claim', claims.id, filter.q, asOf),
    ...(stance
      ? stance.map((stances) => withStance(db, filter, stances))
      : [actor && withStance(db, filter, undefined)]),
    ...linkedToEach(db, claims.id, { record: claimAbout.claim, to: claimAbout.actor }, about),
    ...linkedToEach(db, claims.id, { record: claimTopics.claim, to: claimTopics.topic }, topic),
    ...(cited ?? []).map((each) => shownIn(db, each, filter)),
    ...anyOfEach(claims.dataset, dataset),
    ...anyOfEach(claims.kind, kind),
    ...withStanding(asOf, standing),
    ...(filter.event
      ? [...anyOfEach(claims.event, filter.event), recordsAsOf(db, claims.event, citations.event, asOf)]
      : []),
    ...(filter.measure ?? []).map((group) => withFigure(db, 'claim', group, asOf)),
    window && withPosition(db, window, asOf),
  );
}

/**
 * The claims on which any of some stances is taken, or a side at all; and that by some actor of each group, where
 * a resolved filter names actors.
 */
function withStance(
  db: Database,
  filter: Pick<Resolved<ClaimFilter>, 'actor' | 'actorScope' | 'asOf'>,
  stances: Stance[] | undefined,
): SQL | undefined {
  const { actor, asOf } = filter;
  const taken = stances && inArray(positions.stance, stances);
  if (!actor) return withPosition(db, taken, asOf);
  return and(...actor.map((group) => withPosition(db, and(heldBy(db, filter, group), taken), asOf)));
}

/** The positions that any of some actors takes, or, unless the filter means them alone, that is taken on behalf of one. */
export function heldBy(
  db: Database,
  { actorScope, asOf }: Pick<Resolved<ClaimFilter>, 'actorScope' | 'asOf'>,
  group: string[],
): SQL | undefined {
  const itself = among(db, positions.actor, group);
  return actorScope === 'direct' ? itself : or(itself, onBehalfOfAny(db, group, asOf));
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

/** The positions taken in a statement on behalf of any of some actors. */
function onBehalfOfAny(db: Database, actors: string[], asOf: string | undefined): SQL {
  return inArray(
    positions.statement,
    db
      .select({ id: statements.id })
      .from(statements)
      .where(
        and(
          among(db, statements.onBehalfOf, actors),
          recordsAsOf(db, statements.id, citations.statement, asOf),
        ),
      ),
  );
}

/** Whether a filter asks for disputed claims alone. */
export function onlyDisputed({ standing }: Pick<Resolved<ClaimFilter>, 'standing'>): boolean {
  return standing?.some((words) => words.every((word) => word === 'disputed')) ?? false;
}

/**
 * The claims on which a citation of some kind shows a position; of disputed claims, also those that contradict such a claim, so
 * that two sources find the disputes between them.
 */
function shownIn(
  db: Database,
  cited: SQL,
  filter: Pick<Resolved<ClaimFilter>, 'standing' | 'asOf'>,
): SQL | undefined {
  const { asOf } = filter;
  const shown = shownBy(db, cited, asOf);
  const itself = withPosition(db, shown, asOf);
  if (!onlyDisputed(filter)) return itself;
  const { claim, contradicts } = claimContradictions;
  return or(
    itself,
    inArray(
      claims.id,
      db
        .select({ id: contradicts })
        .from(claimContradictions)
        .innerJoin(positions, eq(positions.claim, claim))
        .where(and(shown, positionsAsOf(db, asOf))),
    ),
  );
}

/** The positions that a citation of some kind shows. */
function shownBy(db: Database, cited: SQL, asOf: string | undefined): SQL {
  return inArray(
    positions.id,
    db
      .select({ id: citations.position })
      .from(citations)
      .where(and(cited, citationsAsOf(db, asOf))),
  );
}
