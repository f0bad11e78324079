import { createHash } from 'node:crypto';
import { asc, count, max } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { RecordKind } from '../domain/vocabularies.ts';
import type { Database } from './database.ts';
import { tables } from './tables.ts';

/** Identifier of a store's current contents: while it stays the same, so does every answer. */
export interface StoreVersion {
  /** Differs between any two states of a store, and between stores of different content. */
  id: string;
  /** When a dataset was last loaded; null when none is. */
  loaded: Date | null;
}

/** The version of a store, from the contents of its datasets, its last change and the number of its passages. */
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
  const { datasets, topics, actors, sources, events, statements, claims } = tables;
  const rowsOf = async (table: PgTable): Promise<number> =>
    (await db.select({ rows: count() }).from(table))[0]?.rows ?? 0;
  return {
    dataset: await rowsOf(datasets),
    topic: await rowsOf(topics),
    actor: await rowsOf(actors),
    source: await rowsOf(sources),
    event: await rowsOf(events),
    statement: await rowsOf(statements),
    claim: await rowsOf(claims),
  };
}
