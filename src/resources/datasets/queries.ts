import { asc, count, inArray, max, min } from 'drizzle-orm';
import type { z } from 'zod';
import type { TextColumn } from '../../db/columns.ts';
import type { Database } from '../../db/database.ts';
import { recordQueries } from '../../db/lists/queries.ts';
import { tables } from '../../db/tables.ts';
import type { dataset, datasetQuery } from './schema.ts';

type Dataset = z.infer<typeof dataset>;
interface DatasetList {
  table: typeof datasets;
  query: z.infer<typeof datasetQuery>;
  item: Dataset;
}

const { datasets, sources, events, statements, claims } = tables;

/** Pages and single records of datasets. */
export const datasetQueries = recordQueries<DatasetList>({
  table: datasets,
  kind: 'dataset',
  heavy: [],
  select: async () => ({ where: undefined, orders: { id: datasets.id }, facets: () => ({}) }),
  hydrate: hydrateDatasets,
});

/** What is needed to cite each dataset; without the numbers of its records, which take longer to count. */
export async function datasetVersions(
  db: Database,
  limit: number,
): Promise<Pick<Dataset, 'id' | 'title' | 'version'>[]> {
  const { id, title, version } = datasets;
  return db.select({ id, title, version }).from(datasets).orderBy(asc(id)).limit(limit);
}

/** Rows with the counts and days of their records, in the order of the rows. */
async function hydrateDatasets(db: Database, rows: (typeof datasets.$inferSelect)[]): Promise<Dataset[]> {
  const ids = rows.map((row) => row.id);
  const held = {
    sources: await rowsByDataset(db, sources.dataset, ids),
    events: await rowsByDataset(db, events.dataset, ids),
    statements: await rowsByDataset(db, statements.dataset, ids),
    claims: await rowsByDataset(db, claims.dataset, ids),
  };
  const covered = {
    events: await daysByDataset(db, events, ids),
    sources: await daysByDataset(db, sources, ids),
  };
  const never = { earliest: null, latest: null };
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    description: row.description,
    licence: row.licence,
    citation: row.citation,
    version: row.version,
    loadedAt: row.loadedAt.toISOString(),
    counts: {
      sources: held.sources.get(row.id) ?? 0,
      events: held.events.get(row.id) ?? 0,
      statements: held.statements.get(row.id) ?? 0,
      claims: held.claims.get(row.id) ?? 0,
    },
    coverage: {
      events: covered.events.get(row.id) ?? never,
      sources: covered.sources.get(row.id) ?? never,
    },
  }));
}

async function rowsByDataset(
  db: Database,
  column: TextColumn,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .select({ dataset: column, rows: count() })
    .from(column.table)
    .where(inArray(column, [...ids]))
    .groupBy(column);
  return new Map(rows.map((row) => [row.dataset, row.rows]));
}

async function daysByDataset(
  db: Database,
  table: typeof events | typeof sources,
  ids: readonly string[],
): Promise<Map<string, { earliest: string | null; latest: string | null }>> {
  const rows = await db
    .select({ dataset: table.dataset, earliest: min(table.earliest), latest: max(table.latest) })
    .from(table)
    .where(inArray(table.dataset, [...ids]))
    .groupBy(table.dataset);
  return new Map(rows.map(({ dataset: id, earliest, latest }) => [id, { earliest, latest }]));
}
