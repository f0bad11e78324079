import { and, asc, eq, inArray, isNotNull, min, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import {
  anyOfEach,
  inWindow,
  linkedToEach,
  publishedBy,
  reportedBy,
  sourcesPublishedBy,
} from '../db/conditions.ts';
import { countFacets, type Facet, type FacetCounts, link } from '../db/facets.ts';
import { byRelevance, foundBy } from '../db/fulltext.ts';
import {
  type ListParameter,
  type Order,
  type Page,
  type PageRequest,
  pageOf,
  type Selection,
  type Whole,
  wholeOf,
} from '../db/paging.ts';
import {
  type Groups,
  missingRecord,
  requireReferences,
  withBodiesBeneath,
  withTopicsBeneath,
} from '../db/references.ts';
import {
  aboutOf,
  actorReferences,
  citationsOf,
  datasetReferences,
  eventReferences,
  grouped,
  reported,
  required,
  topicsOf,
} from '../db/related.ts';
import { shownBy, standingAsOf } from '../db/standing.ts';
import type { Database } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import { type Stance, stances as stanceWords, words } from '../db/vocabularies.ts';
import type { claim, claimFacets, claimQuery } from './schema.ts';

type Claim = z.infer<typeof claim>;
/** What claims can be filtered by. */
export type ClaimFilter = Omit<z.infer<typeof claimQuery>, ListParameter>;
export type ClaimFacet = (typeof claimFacets)[number];
export type ClaimSort = z.infer<typeof claimQuery>['sort'];

const { claims, sources, claimAbout, claimTopics, claimContradictions, positions, statements, citations } =
  tables;

const ORDERS: Record<Exclude<ClaimSort, 'relevance'>, Order> = {
  date: { by: claims.sortDay, id: claims.id, descending: false },
  '-date': { by: claims.sortDay, id: claims.id, descending: true },
  id: { by: claims.id, id: claims.id, descending: false },
  '-id': { by: claims.id, id: claims.id, descending: true },
};

/**
 * One page of the claims that a filter leaves, whole records.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function listClaims(
  db: Database,
  filter: ClaimFilter,
  sort: ClaimSort,
  request: PageRequest,
): Promise<Page<Claim>> {
  const selection = await selectClaims(db, filter, sort);
  const page = await pageOf(db, selection, request);
  return { ...page, items: await wholeClaims(db, page.items, filter.asOf) };
}

/** All claims that a filter leaves, piece by piece; the same order and errors as a list. */
export async function allClaims(db: Database, filter: ClaimFilter, sort: ClaimSort): Promise<Whole<Claim>> {
  const selection = await selectClaims(db, filter, sort);
  return wholeOf(db, selection, (rows) => wholeClaims(db, rows, filter.asOf));
}

/** One claim, as positions were reported by a day if one is given. Throws a MissingRecordError when there is none of that id. */
export async function getClaim(db: Database, id: string, asOf?: string): Promise<Claim> {
  const rows = await db
    .select()
    .from(claims)
    .where(and(eq(claims.id, id), heldBy(db, asOf)));
  const [found] = await wholeClaims(db, rows, asOf);
  if (!found) throw await missingRecord(db, 'claim', id, asOf);
  return found;
}

/** Counts over all claims that a filter leaves, by each of some facets. */
export async function countClaimsBy(
  db: Database,
  filter: ClaimFilter,
  names: readonly ClaimFacet[],
): Promise<Partial<Record<ClaimFacet, FacetCounts>>> {
  const where = await claimsWhere(db, filter);
  return countFacets(db, { table: claims, where }, facetsOf(db, filter), names);
}

function facetsOf(db: Database, filter: ClaimFilter): Record<ClaimFacet, Facet> {
  const { asOf } = filter;
  const direct = filter.actorScope === 'direct';
  const above = direct ? 'nothing' : 'actor';
  const taken = (filter.stance ?? [undefined]).map((stances) =>
    and(shownBy(db, asOf), stances && inArray(positions.stance, stances as Stance[])),
  );
  const onBehalf = (shown: SQL | undefined): SQL =>
    sql`select ${positions.claim} as record, ${statements.onBehalfOf} as value from ${positions} inner join ${statements} on ${statements.id} = ${positions.statement} where ${and(isNotNull(statements.onBehalfOf), shown, reportedBy(db, statements.id, citations.statement, asOf))}`;
  const cited = (value: PgColumn): SQL =>
    sql`select ${positions.claim} as record, ${value} as value from ${citations} inner join ${positions} on ${positions.id} = ${citations.position} inner join ${sources} on ${sources.id} = ${citations.source} where ${and(isNotNull(value), publishedBy(db, asOf))}`;
  return {
    actor: {
      of: 'actor',
      above,
      // One more actor must itself take a stance of each group.
      ways: taken.map((shown) => [
        link(positions.claim, positions.actor, shown),
        ...(direct ? [] : [onBehalf(shown)]),
      ]),
    },
    about: { of: 'actor', above, links: [link(claimAbout.claim, claimAbout.actor)] },
    // One more stance must be taken by the very actor the filter names, so each is asked for in turn.
    stance: {
      words: words(stanceWords),
      where: (stance) => claimsWhere(db, { ...filter, stance: [...(filter.stance ?? []), [stance]] }),
    },
    topic: { of: 'topic', above: 'topic', links: [link(claimTopics.claim, claimTopics.topic)] },
    kind: { column: claims.kind },
    standing: { column: asOf === undefined ? claims.standing : standingAsOf(db, asOf).standing },
    source: { of: 'source', links: [cited(sources.id)] },
    publisher: { of: 'actor', links: [cited(sources.publisher)] },
    dataset: { of: 'dataset', column: claims.dataset },
  };
}

async function selectClaims(
  db: Database,
  filter: ClaimFilter,
  sort: ClaimSort,
): Promise<Selection<typeof claims>> {
  const order =
    filter.q && sort === 'relevance'
      ? byRelevance('claim', claims.id, filter.q)
      : orderAsOf(db, ORDERS[sort as keyof typeof ORDERS], filter.asOf);
  return { table: claims, where: await claimsWhere(db, filter), order };
}

/** An order by day, by the positions shown by a day where one is given. */
function orderAsOf(db: Database, order: Order, asOf: string | undefined): Order {
  if (asOf === undefined || order.by !== claims.sortDay) return order;
  const first = db
    .select({ day: min(positions.sortDay) })
    .from(positions)
    .where(and(eq(positions.claim, claims.id), shownBy(db, asOf)));
  return { ...order, by: sql`${first}` };
}

/** The one WHERE of a filter. */
async function claimsWhere(db: Database, filter: ClaimFilter): Promise<SQL | undefined> {
  const { actor, about, topic, source, publisher, dataset, asOf } = filter;
  await requireReferences(db, [
    { parameter: 'actor', kind: 'actor', groups: actor },
    { parameter: 'about', kind: 'actor', groups: about },
    { parameter: 'topic', kind: 'topic', groups: topic },
    { parameter: 'source', kind: 'source', groups: source },
    { parameter: 'publisher', kind: 'actor', groups: publisher },
    { parameter: 'dataset', kind: 'dataset', groups: dataset },
  ]);
  const direct = filter.actorScope === 'direct';
  const subjects = about && (direct ? about : await withBodiesBeneath(db, about));
  const topics = topic && (await withTopicsBeneath(db, topic));
  const window = inWindow(positions, { from: filter.from, to: filter.to, match: filter.dateMatch });
  return and(
    foundBy('claim', claims.id, filter.q),
    heldBy(db, asOf),
    ...(await heldByEach(db, filter)),
    ...linkedToEach(db, claims.id, { record: claimAbout.claim, to: claimAbout.actor }, subjects),
    ...linkedToEach(db, claims.id, { record: claimTopics.claim, to: claimTopics.topic }, topics),
    ...shownByEach(db, source, asOf),
    ...shownByEach(db, await sourcesPublishedBy(db, publisher), asOf),
    ...anyOfEach(claims.dataset, dataset),
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
      .where(and(condition, shownBy(db, asOf))),
  );
}

/** The claims on which some source published by a day shows a position; undefined when no day is given. */
function heldBy(db: Database, asOf: string | undefined): SQL | undefined {
  return asOf === undefined ? undefined : withPosition(db, undefined, asOf);
}

/** The claims on which some actor of each group takes a side, and each stance asked for is taken. */
async function heldByEach(db: Database, { actor, actorScope, stance, asOf }: ClaimFilter): Promise<SQL[]> {
  const stances = stance ?? [[]];
  const taken = (anyStance: string[]): SQL | undefined =>
    anyStance.length > 0 ? inArray(positions.stance, anyStance as Stance[]) : undefined;
  if (!actor) return stance ? stances.map((anyStance) => withPosition(db, taken(anyStance), asOf)) : [];
  const direct = actorScope === 'direct';
  const groups: Groups = direct ? actor : await withBodiesBeneath(db, actor);
  return groups.flatMap((group) => {
    const onBehalf = db
      .select({ id: statements.id })
      .from(statements)
      .where(
        and(inArray(statements.onBehalfOf, group), reportedBy(db, statements.id, citations.statement, asOf)),
      );
    const holder = direct
      ? inArray(positions.actor, group)
      : or(inArray(positions.actor, group), inArray(positions.statement, onBehalf));
    return stances.map((anyStance) => withPosition(db, and(holder, taken(anyStance)), asOf));
  });
}

/** The claims on which a source of each group shows somebody taking a side. */
function shownByEach(db: Database, groups: Groups | undefined, asOf: string | undefined): SQL[] {
  return (groups ?? []).map((group) =>
    withPosition(
      db,
      inArray(
        positions.id,
        db
          .select({ id: citations.position })
          .from(citations)
          .where(and(inArray(citations.source, group), publishedBy(db, asOf))),
      ),
      asOf,
    ),
  );
}

/** Rows with their positions, topics and contradictions, in the order of the rows. */
async function wholeClaims(
  db: Database,
  rows: (typeof claims.$inferSelect)[],
  asOf?: string,
): Promise<Claim[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const held = await wholePositions(db, ids, asOf);
  const standings = await standingsOf(db, rows, asOf);
  const datasets = await datasetReferences(
    db,
    rows.map((row) => row.dataset),
  );
  const events = await eventReferences(
    db,
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
  const others = await db
    .select({ claim: claimContradictions.claim, id: claims.id, proposition: claims.proposition })
    .from(claimContradictions)
    .innerJoin(claims, eq(claims.id, claimContradictions.contradicts))
    .where(and(inArray(claimContradictions.claim, ids), heldBy(db, asOf)))
    .orderBy(asc(claims.id));
  const contradicts = grouped(others, ({ claim: id, ...reference }) => [id, reference]);
  return rows.map((row) => {
    const taken = held.get(row.id) ?? [];
    const tally = (stance: Stance): number => taken.filter((position) => position.stance === stance).length;
    return {
      id: row.id,
      dataset: required(datasets, row.dataset),
      proposition: row.proposition,
      kind: row.kind,
      about: about.get(row.id) ?? [],
      event: reported(events, row.event),
      topics: topics.get(row.id) ?? [],
      standing: required(standings, row.id).standing,
      stances: {
        asserts: tally('asserts'),
        supports: tally('supports'),
        reports: tally('reports'),
        doubts: tally('doubts'),
        denies: tally('denies'),
      },
      independentSources: required(standings, row.id).independentSources,
      contradicts: contradicts.get(row.id) ?? [],
      positions: taken,
    };
  });
}

/** The standing of each claim: as stored, or as it was on a day. */
async function standingsOf(
  db: Database,
  rows: (typeof claims.$inferSelect)[],
  asOf: string | undefined,
): Promise<Map<string, Pick<Claim, 'standing' | 'independentSources'>>> {
  if (asOf === undefined) return new Map(rows.map((row) => [row.id, row]));
  const { standing, independentSources } = standingAsOf(db, asOf);
  const derived = await db
    .select({ id: claims.id, standing, independentSources: independentSources.mapWith(Number) })
    .from(claims)
    .where(
      inArray(
        claims.id,
        rows.map((row) => row.id),
      ),
    );
  return new Map(derived.map((row) => [row.id, row]));
}

async function wholePositions(
  db: Database,
  ids: readonly string[],
  asOf: string | undefined,
): Promise<Map<string, Claim['positions']>> {
  const rows = await db
    .select({ position: positions, gist: statements.gist })
    .from(positions)
    .leftJoin(
      statements,
      and(eq(statements.id, positions.statement), reportedBy(db, statements.id, citations.statement, asOf)),
    )
    .where(and(inArray(positions.claim, [...ids]), shownBy(db, asOf)))
    .orderBy(asc(positions.claim), asc(positions.ordinal));
  const actors = await actorReferences(
    db,
    rows.map((row) => row.position.actor),
  );
  const cited = await citationsOf(
    db,
    citations.position,
    rows.map((row) => row.position.id),
    asOf,
  );
  return grouped(rows, ({ position, gist }) => [
    position.claim,
    {
      actor: required(actors, position.actor),
      stance: position.stance,
      statement: position.statement === null || gist === null ? null : { id: position.statement, gist },
      since: { edtf: position.since, earliest: position.earliest, latest: position.latest },
      citations: cited.get(position.id) ?? [],
    },
  ]);
}
