import { eq } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../db/database.ts';
import type { Store } from '../../db/store.ts';
import { tables } from '../../db/tables.ts';
import { type RecordKind, recordKinds, words } from '../../domain/vocabularies.ts';
import { checkReferences } from '../checks/references.ts';
import { DatasetError, type Mistake } from '../files/mistakes.ts';
import type { Dataset } from '../files/read.ts';
import { addPassages } from './passages.ts';
import { key, type Prepared, prepare } from './prepare.ts';
import { insert } from './rows.ts';
import { writeRecords } from './write.ts';

/** What a load did, in records of each kind. */
export interface LoadSummary {
  dataset: string;
  version: string;
  added: Record<RecordKind, number>;
  changed: Record<RecordKind, number>;
  unchanged: Record<RecordKind, number>;
  retired: number;
  /** Cited passages whose words are now in the store, and those cited in all. */
  passages: { held: number; cited: number };
}

export interface LoadOptions {
  /** Folder with the articles' texts; without it, no passage is added. */
  articlesDir?: string | undefined;
  /** The time that the load is recorded under; now, unless a generated file must not depend on it. */
  at?: Date;
  /** Told what is being done, one line each. */
  onProgress?: (line: string) => void;
}

/**
 * Loads a dataset in one transaction, all or nothing. Records whose content is as stored are left
 * alone, so loading twice changes nothing; every other one appends to `changes`. A stored record
 * that the files no longer have must be listed under `retired`.
 * Throws a DatasetError with every mistake, or a StoreError; the store is then as before.
 */
export async function loadDataset(
  store: Store,
  data: Dataset,
  options: LoadOptions = {},
): Promise<LoadSummary> {
  const progress = options.onProgress ?? (() => {});
  const at = options.at ?? new Date();
  return store.transaction(async (tx) => {
    progress(`checking ${count(data)} records`);
    const stored = await storedRecords(tx, data.dataset.id);
    const mistakes = [...checkReferences(data, stored.shared)];
    // Standing needs sound references; do not pile its consequences on top of broken ones.
    if (mistakes.length > 0) throw new DatasetError(mistakes);
    const prepared = prepare(data);
    mistakes.push(...clashes(data, prepared.records, stored));
    if (mistakes.length > 0) throw new DatasetError(mistakes);

    const isStored = (record: Prepared): boolean => stored.hashes.has(key(record));
    const added = prepared.records.filter((record) => !isStored(record));
    const changed = prepared.records.filter(
      (record) => isStored(record) && stored.hashes.get(key(record)) !== record.contentHash,
    );
    const writing = new Set([...added, ...changed].map(key));
    const retiring = data.retired.filter((retired) => stored.hashes.has(key(retired)));
    progress(`writing ${writing.size} records, retiring ${retiring.length}`);

    await writeRecords(tx, data, prepared, writing, retiring, changed, at);
    await recordChanges(tx, data, [...added, ...changed], retiring, at);
    const passages = await addPassages(tx, data, options.articlesDir, progress);

    const byKind = (records: readonly Prepared[]) =>
      Object.fromEntries(
        words(recordKinds).map((kind) => [kind, records.filter((record) => record.kind === kind).length]),
      ) as Record<RecordKind, number>;
    return {
      dataset: data.dataset.id,
      version: data.dataset.version,
      added: byKind(added),
      changed: byKind(changed),
      unchanged: byKind(prepared.records.filter((record) => !writing.has(key(record)))),
      retired: retiring.length,
      passages,
    };
  });
}

/** The version of a dataset in the store, or null when it is not there. */
export async function storedVersion(db: Database, dataset: string): Promise<string | null> {
  const [row] = await db
    .select({ version: tables.datasets.version })
    .from(tables.datasets)
    .where(eq(tables.datasets.id, dataset));
  return row?.version ?? null;
}

/** Negative, zero or positive as version `a` (SemVer) is older than, the same as, or newer than `b`. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let part = 0; part < 3; part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function count(data: Dataset): number {
  const { sources, topics, actors, events, statements, claims } = data;
  return [sources, topics, actors, events, statements, claims].reduce((sum, list) => sum + list.length, 0);
}

interface StoredRecords {
  /** Content hash of every record that belongs to this dataset, by kind and id. */
  hashes: Map<string, string>;
  /** Content hash of every record that belongs to another one. */
  others: Map<string, string>;
  version: string | null;
  shared: { actors: Set<string>; topics: Set<string> };
}

async function storedRecords(tx: Database, dataset: string): Promise<StoredRecords> {
  const { datasets, topics, actors, sources, events, statements, claims } = tables;
  const owned = [
    ['topic', topics, topics.id, topics.contentHash, topics.definedBy],
    ['actor', actors, actors.id, actors.contentHash, actors.definedBy],
    ['source', sources, sources.id, sources.contentHash, sources.dataset],
    ['event', events, events.id, events.contentHash, events.dataset],
    ['statement', statements, statements.id, statements.contentHash, statements.dataset],
    ['claim', claims, claims.id, claims.contentHash, claims.dataset],
    ['dataset', datasets, datasets.id, datasets.contentHash, datasets.id],
  ] as const;
  const result: StoredRecords = {
    hashes: new Map(),
    others: new Map(),
    version: await storedVersion(tx, dataset),
    shared: { actors: new Set(), topics: new Set() },
  };
  for (const [kind, table, id, contentHash, owner] of owned) {
    const rows = await tx.select({ id, contentHash, owner }).from(table as PgTable);
    for (const row of rows) {
      const mine = row.owner === dataset;
      (mine ? result.hashes : result.others).set(key({ kind, id: row.id }), row.contentHash);
      if (!mine && kind === 'actor') result.shared.actors.add(row.id);
      if (!mine && kind === 'topic') result.shared.topics.add(row.id);
    }
  }
  return result;
}

/** What keeps a dataset that is sound in itself from going into this store. */
function clashes(data: Dataset, records: readonly Prepared[], stored: StoredRecords): Mistake[] {
  const mistakes: Mistake[] = [];
  if (stored.version && compareVersions(data.dataset.version, stored.version) < 0) {
    mistakes.push({
      file: 'dataset',
      line: 0,
      record: data.dataset.id,
      message: `these files are version ${data.dataset.version}, the store already holds ${stored.version}: load that version or a newer one`,
    });
  }
  for (const record of records) {
    const other = stored.others.get(key(record));
    if (other === undefined) continue;
    const shareable = record.kind === 'actor' || record.kind === 'topic';
    mistakes.push({
      ...data.locate(record.record, ['id']),
      message: shareable
        ? 'another dataset already defines it: leave the definition out and refer to its id'
        : 'another dataset already has a record with this id: choose another',
    });
  }
  const present = new Set(records.map(key));
  const retired = new Set(data.retired.map(key));
  for (const missing of stored.hashes.keys()) {
    if (present.has(missing) || retired.has(missing)) continue;
    mistakes.push({
      file: 'dataset',
      line: 0,
      record: data.dataset.id,
      message: `the store holds ${missing}, which the files no longer have: list it under \`retired:\` with mergedInto or a reason`,
    });
  }
  return mistakes;
}

async function recordChanges(
  tx: Database,
  data: Dataset,
  written: readonly Prepared[],
  retiring: readonly { kind: RecordKind; id: string; mergedInto?: string | undefined }[],
  at: Date,
): Promise<void> {
  await insert(tx, tables.changes, [
    ...written.map(({ kind, id, contentHash }) => ({
      at,
      dataset: data.dataset.id,
      action: 'put' as const,
      kind,
      id,
      contentHash,
      mergedInto: null,
    })),
    ...retiring.map(({ kind, id, mergedInto }) => ({
      at,
      dataset: data.dataset.id,
      action: mergedInto === undefined ? ('delete' as const) : ('merge' as const),
      kind,
      id,
      contentHash: null,
      mergedInto: mergedInto ?? null,
    })),
  ]);
}
