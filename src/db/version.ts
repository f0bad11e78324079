import { createHash } from 'node:crypto';
import { asc, count, max } from 'drizzle-orm';
import { type RecordKind, recordKinds, valuePerWord, words } from '../domain/vocabularies.ts';
import type { Database } from './database.ts';
import { type RecordTable, recordTables } from './recordTables.ts';
import { tables } from './tables.ts';

/** Identifies the current contents of a store: as long as it stays the same, so do all answers. */
export interface StoreVersion {
  /** Differs between any two states of a store, and between stores of different content. */
  id: string;
  /** When a dataset was last loaded; null when none is. */
  loaded: Date | null;
}

/** The version of a store, from its datasets' contents, its last change and the number of its passages. */
export async function storeVersion(db: Database): Promise<StoreVersion> {
  const { datasets, changes, passages } = tables;
  const loads = await db
    .select({ id: datasets.id, contentHash: datasets.contentHash, loadedAt: datasets.loadedAt })
    .from(datasets)
    .orderBy(asc(datasets.id));
  const [last] = await db.select({ sequence: max(changes.sequence) }).from(changes);
  // Passages come without a change of any record, when the articles are at hand later, and are never removed.
  const [held] = await db.select({ rows: count() }).from(passages);
  const state = [loads.map(({ id, contentHash }) => [id, contentHash]), last?.sequence ?? 0, held?.rows ?? 0];
  const times = loads.map(({ loadedAt }) => loadedAt.getTime());
  return {
    id: createHash('sha256').update(JSON.stringify(state)).digest('base64url'),
    loaded: times.length === 0 ? null : new Date(Math.max(...times)),
  };
}

/** The number of records of each kind. */
export async function recordCounts(db: Database): Promise<Record<RecordKind, number>> {
  const counts = valuePerWord<Record<RecordKind, number>>(words(recordKinds), () => 0);
  for (const kind of words(recordKinds)) {
    const { table }: RecordTable = recordTables[kind];
    const [row] = await db.select({ rows: count() }).from(table);
    counts[kind] = row?.rows ?? 0;
  }
  return counts;
}
