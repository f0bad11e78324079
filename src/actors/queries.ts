import { and, asc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { anyOfEach, inWindow, linkedToEach } from '../db/conditions.ts';
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
import { bodiesBeneath, missingRecord, requireReferences, withTopicsBeneath } from '../db/references.ts';
import {
  actorReferences,
  citationsOf,
  grouped,
  optional,
  required,
  sourceReferences,
  topicsOf,
} from '../db/related.ts';
import type { Database } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import { fold } from '../db/text.ts';
import type { actor, actorFacets, actorPosition, actorPositionQuery, actorQuery } from './schema.ts';

type Actor = z.infer<typeof actor>;
type ActorPosition = z.infer<typeof actorPosition>;
/** What actors can be filtered by. */
export type ActorFilter = Omit<z.infer<typeof actorQuery>, ListParameter>;
export type ActorFacet = (typeof actorFacets)[number];
export type ActorSort = z.infer<typeof actorQuery>['sort'];

/** What the positions of an actor can be filtered by. */
export type ActorPositionFilter = Omit<z.infer<typeof actorPositionQuery>, ListParameter>;

const { actors, actorAliases, affiliations, citations, positions, claims, claimTopics, statements } = tables;

const BY_DAY: Order = { by: positions.sortDay, id: positions.id, descending: false };

const ORDERS: Record<Exclude<ActorSort, 'relevance'>, Order> = {
  name: { by: actors.nameFolded, id: actors.id, descending: false },
  '-name': { by: actors.nameFolded, id: actors.id, descending: true },
  id: { by: actors.id, id: actors.id, descending: false },
  '-id': { by: actors.id, id: actors.id, descending: true },
};

/**
 * One page of the actors that a filter leaves, whole records.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function listActors(
  db: Database,
  filter: ActorFilter,
  sort: ActorSort,
  request: PageRequest,
): Promise<Page<Actor>> {
  const selection = await selectActors(db, filter, sort);
  const page = await pageOf(db, selection, request);
  return { ...page, items: await wholeActors(db, page.items) };
}

/** All actors that a filter leaves, piece by piece; the same order and errors as a list. */
export async function allActors(db: Database, filter: ActorFilter, sort: ActorSort): Promise<Whole<Actor>> {
  const selection = await selectActors(db, filter, sort);
  return wholeOf(db, selection, (rows) => wholeActors(db, rows));
}

/** One actor. Throws a MissingRecordError when there is none of that id. */
export async function getActor(db: Database, id: string): Promise<Actor> {
  const rows = await db.select().from(actors).where(eq(actors.id, id));
  const [found] = await wholeActors(db, rows);
  if (!found) throw await missingRecord(db, 'actor', id);
  return found;
}

/**
 * One page of the sides that an actor takes, from the earliest on.
 * Throws a MissingRecordError when there is no actor of that id, and an UnknownReferenceError when
 * the filter names records that do not exist.
 */
export async function listActorPositions(
  db: Database,
  id: string,
  { topic, from, to, dateMatch }: ActorPositionFilter,
  request: PageRequest,
): Promise<Page<ActorPosition>> {
  const [holder] = await db.select({ id: actors.id }).from(actors).where(eq(actors.id, id));
  if (!holder) throw await missingRecord(db, 'actor', id);
  await requireReferences(db, [{ parameter: 'topic', kind: 'topic', groups: topic }]);
  const where = and(
    eq(positions.actor, id),
    ...linkedToEach(
      db,
      positions.claim,
      { record: claimTopics.claim, to: claimTopics.topic },
      topic && (await withTopicsBeneath(db, topic)),
    ),
    inWindow(positions, { from, to, match: dateMatch }),
  );
  const found = await pageOf(db, { table: positions, where, order: BY_DAY }, request);
  return { ...found, items: await wholePositions(db, found.items) };
}

/** Counts over all actors that a filter leaves, by each of some facets. */
export async function countActorsBy(
  db: Database,
  filter: ActorFilter,
  names: readonly ActorFacet[],
): Promise<Partial<Record<ActorFacet, FacetCounts>>> {
  const where = await actorsWhere(db, filter);
  return countFacets(db, { table: actors, where }, facets(), names);
}

function facets(): Record<ActorFacet, Facet> {
  return {
    kind: { column: actors.kind },
    parent: { of: 'actor', above: 'actor', links: [link(actors.id, actors.parent)] },
    source: { of: 'source', links: [link(actorAliases.actor, actorAliases.source)] },
  };
}

async function selectActors(
  db: Database,
  filter: ActorFilter,
  sort: ActorSort,
): Promise<Selection<typeof actors>> {
  const order =
    filter.q && sort === 'relevance'
      ? byRelevance('actor', actors.id, filter.q)
      : ORDERS[sort as keyof typeof ORDERS];
  return { table: actors, where: await actorsWhere(db, filter), order };
}

/** The one WHERE of a filter. */
async function actorsWhere(
  db: Database,
  { q, name, kind, parent, source }: ActorFilter,
): Promise<SQL | undefined> {
  await requireReferences(db, [
    { parameter: 'parent', kind: 'actor', groups: parent },
    { parameter: 'source', kind: 'source', groups: source },
  ]);
  return and(
    foundBy('actor', actors.id, q),
    name === undefined ? undefined : named(db, name),
    ...anyOfEach(actors.kind, kind),
    ...anyOfEach(actors.id, parent && (await bodiesBeneath(db, parent))),
    ...linkedToEach(db, actors.id, { record: actorAliases.actor, to: actorAliases.source }, source),
  );
}

/** The actors whose name, or a name a source uses for them, contains a text. */
function named(db: Database, name: string): SQL | undefined {
  const pattern = `%${fold(name).replace(/[\\%_]/g, '\\$&')}%`;
  const like = (column: PgColumn): SQL => sql`${column} like ${pattern} escape '\\'`;
  return or(
    like(actors.nameFolded),
    inArray(
      actors.id,
      db.select({ id: actorAliases.actor }).from(actorAliases).where(like(actorAliases.nameFolded)),
    ),
  );
}

/** Rows with their names, titles and citations, in the order of the rows. */
async function wholeActors(db: Database, rows: (typeof actors.$inferSelect)[]): Promise<Actor[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const names = await db
    .select()
    .from(actorAliases)
    .where(inArray(actorAliases.actor, ids))
    .orderBy(asc(actorAliases.actor), asc(actorAliases.ordinal), asc(actorAliases.source));
  const titles = await db
    .select()
    .from(affiliations)
    .where(inArray(affiliations.actor, ids))
    .orderBy(asc(affiliations.actor), asc(affiliations.sortDay), asc(affiliations.ordinal));
  const cited = await citationsOf(
    db,
    citations.affiliation,
    titles.map((title) => title.id),
  );
  const references = await actorReferences(db, [
    ...rows.map((row) => row.parent),
    ...titles.map((title) => title.organization),
  ]);
  const sources = await sourceReferences(
    db,
    names.map((row) => row.source),
  );
  const namesByActor = grouped(names, (row) => [row.actor, row]);
  const titlesByActor = grouped(titles, (row) => [row.actor, row]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    description: row.description,
    parent: optional(references, row.parent),
    aliases: [
      ...grouped(namesByActor.get(row.id) ?? [], ({ name, source }) => [name, required(sources, source)]),
    ].map(([name, usedBy]) => ({ name, sources: usedBy })),
    affiliations: (titlesByActor.get(row.id) ?? []).map((title) => ({
      title: title.title,
      organization: optional(references, title.organization),
      during: { edtf: title.during, earliest: title.earliest, latest: title.latest },
      citations: cited.get(title.id) ?? [],
    })),
  }));
}

/** Rows with the claims and statements they belong to, in the order of the rows. */
async function wholePositions(
  db: Database,
  rows: (typeof positions.$inferSelect)[],
): Promise<ActorPosition[]> {
  if (rows.length === 0) return [];
  const claimIds = [...new Set(rows.map((row) => row.claim))];
  const taken = await db
    .select({ id: claims.id, proposition: claims.proposition })
    .from(claims)
    .where(inArray(claims.id, claimIds));
  const said = await db
    .select({ id: statements.id, gist: statements.gist })
    .from(statements)
    .where(
      inArray(
        statements.id,
        rows.map((row) => row.statement).filter((id) => id !== null),
      ),
    );
  const link = { record: claimTopics.claim, topic: claimTopics.topic, ordinal: claimTopics.ordinal };
  const topics = await topicsOf(db, link, claimIds);
  const cited = await citationsOf(
    db,
    citations.position,
    rows.map((row) => row.id),
  );
  const claimsById = new Map(taken.map((row) => [row.id, row]));
  const statementsById = new Map(said.map((row) => [row.id, row]));
  return rows.map((row) => ({
    claim: required(claimsById, row.claim),
    stance: row.stance,
    since: { edtf: row.since, earliest: row.earliest, latest: row.latest },
    statement: optional(statementsById, row.statement),
    topics: topics.get(row.claim) ?? [],
    citations: cited.get(row.id) ?? [],
  }));
}
