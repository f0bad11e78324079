import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach, inWindow } from '../db/conditions.ts';
import { countFacets, type Facet, type FacetCounts } from '../db/facets.ts';
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
import { missingRecord, requireReferences } from '../db/references.ts';
import {
  actorReferences,
  datasetReferences,
  grouped,
  optional,
  required,
  sourceReferences,
} from '../db/related.ts';
import type { Database } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import type { source, sourceFacets, sourceQuery } from './schema.ts';

type Source = z.infer<typeof source>;
/** What sources can be filtered by. */
export type SourceFilter = Omit<z.infer<typeof sourceQuery>, ListParameter>;
export type SourceFacet = (typeof sourceFacets)[number];
export type SourceSort = z.infer<typeof sourceQuery>['sort'];

const { sources, sourceContributors, sourceDerivations } = tables;

const ORDERS: Record<Exclude<SourceSort, 'relevance'>, Order> = {
  date: { by: sources.sortDay, id: sources.id, descending: false },
  '-date': { by: sources.sortDay, id: sources.id, descending: true },
  id: { by: sources.id, id: sources.id, descending: false },
  '-id': { by: sources.id, id: sources.id, descending: true },
};

/**
 * One page of the sources that a filter leaves, whole records.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function listSources(
  db: Database,
  filter: SourceFilter,
  sort: SourceSort,
  request: PageRequest,
): Promise<Page<Source>> {
  const selection = await selectSources(db, filter, sort);
  const page = await pageOf(db, selection, request);
  return { ...page, items: await wholeSources(db, page.items) };
}

/** All sources that a filter leaves, piece by piece; the same order and errors as a list. */
export async function allSources(
  db: Database,
  filter: SourceFilter,
  sort: SourceSort,
): Promise<Whole<Source>> {
  const selection = await selectSources(db, filter, sort);
  return wholeOf(db, selection, (rows) => wholeSources(db, rows));
}

/** One source. Throws a MissingRecordError when there is none of that id. */
export async function getSource(db: Database, id: string): Promise<Source> {
  const rows = await db.select().from(sources).where(eq(sources.id, id));
  const [found] = await wholeSources(db, rows);
  if (!found) throw await missingRecord(db, 'source', id);
  return found;
}

/** Counts over all sources that a filter leaves, by each of some facets. */
export async function countSourcesBy(
  db: Database,
  filter: SourceFilter,
  names: readonly SourceFacet[],
): Promise<Partial<Record<SourceFacet, FacetCounts>>> {
  const where = await sourcesWhere(db, filter);
  return countFacets(db, { table: sources, where }, facets(), names);
}

function facets(): Record<SourceFacet, Facet> {
  return {
    publisher: { of: 'actor', column: sources.publisher },
    kind: { column: sources.kind },
    dataset: { of: 'dataset', column: sources.dataset },
  };
}

async function selectSources(
  db: Database,
  filter: SourceFilter,
  sort: SourceSort,
): Promise<Selection<typeof sources>> {
  const order =
    filter.q && sort === 'relevance'
      ? byRelevance('source', sources.id, filter.q)
      : ORDERS[sort as keyof typeof ORDERS];
  return { table: sources, where: await sourcesWhere(db, filter), order };
}

async function sourcesWhere(db: Database, filter: SourceFilter): Promise<SQL | undefined> {
  const { q, publisher, dataset, kind, from, to, dateMatch } = filter;
  await requireReferences(db, [
    { parameter: 'publisher', kind: 'actor', groups: publisher },
    { parameter: 'dataset', kind: 'dataset', groups: dataset },
  ]);
  return and(
    foundBy('source', sources.id, q),
    ...anyOfEach(sources.publisher, publisher),
    ...anyOfEach(sources.dataset, dataset),
    ...anyOfEach(sources.kind, kind),
    inWindow(sources, { from, to, match: dateMatch }),
  );
}

/** Rows with those who made them, in the order of the rows. */
async function wholeSources(db: Database, rows: (typeof sources.$inferSelect)[]): Promise<Source[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const credits = await db
    .select()
    .from(sourceContributors)
    .where(inArray(sourceContributors.source, ids))
    .orderBy(asc(sourceContributors.source), asc(sourceContributors.ordinal));
  const derivations = await db
    .select()
    .from(sourceDerivations)
    .where(inArray(sourceDerivations.source, ids))
    .orderBy(asc(sourceDerivations.derivedFrom));
  const actors = await actorReferences(db, [
    ...rows.flatMap((row) => [row.publisher, row.republisher]),
    ...credits.map((credit) => credit.actor),
  ]);
  const datasets = await datasetReferences(
    db,
    rows.map((row) => row.dataset),
  );
  const origins = await sourceReferences(
    db,
    derivations.map((row) => row.derivedFrom),
  );
  const contributors = grouped(credits, (row) => [
    row.source,
    { actor: required(actors, row.actor), role: row.role },
  ]);
  const derivedFrom = grouped(derivations, (row) => [row.source, required(origins, row.derivedFrom)]);
  return rows.map((row) => ({
    id: row.id,
    dataset: required(datasets, row.dataset),
    title: row.title,
    kind: row.kind,
    publisher: optional(actors, row.publisher),
    republisher: optional(actors, row.republisher),
    contributors: contributors.get(row.id) ?? [],
    language: row.language,
    published: { edtf: row.published, earliest: row.earliest, latest: row.latest },
    derivedFrom: derivedFrom.get(row.id) ?? [],
    text: { file: row.textFile, sha256: row.textSha256, length: row.textLength },
  }));
}
