import type { Database } from '../../db/database.ts';
import { insert } from '../../db/rows.ts';
import type { Store } from '../../db/store.ts';
import { tables } from '../../db/tables.ts';
import { type RecordKind, recordKinds, valuePerWord, words } from '../../domain/vocabularies.ts';
import { checkReferences } from '../checks/references.ts';
import type { Dataset } from '../files/dataset.ts';
import { type SeedRetired, seedKinds } from '../files/format.ts';
import { DatasetError, type Mistake } from '../files/mistakes.ts';
import { withDerived } from './derived.ts';
import { addPassages } from './passages.ts';
import { completeRecords, key, type RecordVersion, versionsOf } from './prepare.ts';
import { removeParts, retire } from './remove.ts';
import { besideOthers, type Deferred } from './shared.ts';
import { checkStored, storedRecords } from './stored.ts';
import { writeRecords } from './write.ts';

/** What a load did, in records of each kind. */
export interface LoadSummary {
  dataset: string;
  version: string;
  added: Record<RecordKind, number>;
  changed: Record<RecordKind, number>;
  unchanged: Record<RecordKind, number>;
  retired: number;
  /** What the files define and is not taken from them, because other datasets of the store define it (`describeDeferred`). */
  deferred: Deferred[];
  /** Cited passages whose text is now in the store, and all that are cited. */
  passages: { stored: number; cited: number };
}

export interface LoadOptions {
  /** Folder with the articles' texts; without it, no passage is added. */
  articlesDir?: string | undefined;
  /** Texts of passages, by their hash. */
  passages?: ReadonlyMap<string, string>;
  /** The time that the load is recorded under; now, unless a generated file must not depend on it. */
  at?: Date;
  /** Called with one line for each step. */
  onProgress?: (line: string) => void;
}

/**
 * Loads a dataset in one transaction, all or nothing. What another dataset of the store already defines, of the kinds that are
 * shared, stays as it is there. Only records that are not stored with the same
 * content are written, each with a row in `changes`, so loading twice changes nothing. A stored record
 * that the files no longer have must be listed under `retired`.
 * Throws a DatasetError with every mistake, or a StoreError; the store is then as before.
 */
export async function loadDataset(
  store: Store,
  files: Dataset,
  options: LoadOptions = {},
): Promise<LoadSummary> {
  const progress = options.onProgress ?? (() => {});
  const at = options.at ?? new Date();
  return store.transaction(async (tx) => {
    const count = seedKinds.reduce((sum, kind) => sum + files.records[kind].length, 0);
    progress(`checking ${count} records`);
    const stored = await storedRecords(tx, files);
    // Both need sound references: standing is derived from them, and a clash would be reported twice.
    refuse(checkReferences(files, stored.others));
    refuse(checkStored(files, stored));
    const { deferred, ...beside } = besideOthers(files.records, {
      topic: { owners: stored.others.topic, above: stored.above.topic },
      actor: { owners: stored.others.actor, above: stored.above.actor },
    });
    const data: Dataset = {
      ...files,
      ...beside,
      // An id that is in use, by whatever dataset, is not retired.
      retired: files.retired.filter(({ kind, id }) => !stored.others[kind].has(id)),
    };
    const records = completeRecords(data, stored.above.actor);
    const { added, changed, unchanged } = compare(versionsOf(data, records), stored.hashes);
    const retiring = data.retired.filter((retired) => stored.hashes.has(key(retired)));
    const written = [...added, ...changed];
    progress(`writing ${written.length} records, retiring ${retiring.length}`);

    let passages = { stored: 0, cited: 0 };
    await withDerived(tx, { written, changed, retiring, records }, async () => {
      await removeParts(tx, [...changed, ...retiring]);
      await writeRecords(tx, data, records, written, at);
      await retire(tx, data, retiring);
      await recordPuts(tx, data.dataset.id, written, at);
      await recordRetired(tx, data.dataset.id, retiring, at);
      const { added: texts, ...counts } = await addPassages(tx, data, options, progress);
      passages = counts;
      return texts;
    });
    return {
      dataset: data.dataset.id,
      version: data.dataset.version,
      added: countByKind(added),
      changed: countByKind(changed),
      unchanged: countByKind(unchanged),
      retired: retiring.length,
      deferred,
      passages,
    };
  });
}

function refuse(mistakes: Mistake[]): void {
  if (mistakes.length > 0) throw new DatasetError(mistakes);
}

/** The records by what became of them since the hashes were stored. */
function compare(versions: readonly RecordVersion[], hashes: ReadonlyMap<string, string>) {
  const added: RecordVersion[] = [];
  const changed: RecordVersion[] = [];
  const unchanged: RecordVersion[] = [];
  for (const version of versions) {
    const stored = hashes.get(key(version));
    if (stored === undefined) added.push(version);
    else if (stored === version.contentHash) unchanged.push(version);
    else changed.push(version);
  }
  return { added, changed, unchanged };
}

function countByKind(versions: readonly RecordVersion[]): Record<RecordKind, number> {
  const counts = valuePerWord<Record<RecordKind, number>>(words(recordKinds), () => 0);
  for (const { kind } of versions) counts[kind]++;
  return counts;
}

/** Adds to `changes` that records of a dataset were written. */
export async function recordPuts(
  tx: Database,
  dataset: string,
  written: readonly RecordVersion[],
  at: Date,
): Promise<void> {
  await insert(
    tx,
    tables.changes,
    written.map(({ kind, id, contentHash }) => ({
      at,
      dataset,
      action: 'put' as const,
      kind,
      id,
      contentHash,
      mergedInto: null,
    })),
  );
}

/** Adds to `changes` that records of a dataset were withdrawn or merged. */
export async function recordRetired(
  tx: Database,
  dataset: string,
  retiring: readonly SeedRetired[],
  at: Date,
): Promise<void> {
  await insert(
    tx,
    tables.changes,
    retiring.map(({ kind, id, mergedInto }) => ({
      at,
      dataset,
      action: mergedInto === undefined ? ('delete' as const) : ('merge' as const),
      kind,
      id,
      contentHash: null,
      mergedInto: mergedInto ?? null,
    })),
  );
}
