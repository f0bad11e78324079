import { and, asc, count, eq, inArray, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach, inWindow } from '../db/conditions.ts';
import { type Order, ordering, type Page, type PageRequest, page, rowsAfter } from '../db/paging.ts';
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
import type { source, sourceQuery } from './schema.ts';

type Source = z.infer<typeof source>;
/** What sources can be filtered by. */
export type SourceFilter = Omit<z.infer<typeof sourceQuery>, 'sort' | 'limit' | 'cursor' | 'count'>;
export type SourceSort = z.infer<typeof sourceQuery>['sort'];

const { sources, sourceContributors, sourceDerivations } = tables;

const ORDERS: Record<SourceSort, Order> = {
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
  const where = await sourcesWhere(db, filter);
  const order = ORDERS[sort];
  const { items, next, total } = await page(request, {
    select: async (limit) =>
      db
        .select()
        .from(sources)
        .where(and(where, rowsAfter(order, request.after)))
        .orderBy(...ordering(order))
        .limit(limit),
    value: (row) => row.sortDay,
    count: async () => (await db.select({ rows: count() }).from(sources).where(where))[0]?.rows ?? 0,
  });
  return { items: await wholeSources(db, items), next, total };
}

/** One source. Throws a MissingRecordError when there is none of that id. */
export async function getSource(db: Database, id: string): Promise<Source> {
  const rows = await db.select().from(sources).where(eq(sources.id, id));
  const [found] = await wholeSources(db, rows);
  if (!found) throw await missingRecord(db, 'source', id);
  return found;
}

async function sourcesWhere(db: Database, filter: SourceFilter): Promise<SQL | undefined> {
  const { publisher, dataset, kind, from, to, dateMatch } = filter;
  await requireReferences(db, [
    { parameter: 'publisher', kind: 'actor', groups: publisher },
    { parameter: 'dataset', kind: 'dataset', groups: dataset },
  ]);
  return and(
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
