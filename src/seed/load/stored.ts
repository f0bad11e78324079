import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { type RecordTable, recordTables } from '../../db/recordTables.ts';
import { tables } from '../../db/tables.ts';
import { type RecordKind, recordKinds, valuePerWord, words } from '../../domain/vocabularies.ts';
import { type Dataset, flatMapRecords } from '../files/dataset.ts';
import { type Mistake, mistakeOfFile } from '../files/mistakes.ts';
import { kinds } from '../kinds.ts';
import { key } from './prepare.ts';

/** What a store has before a load. */
export interface StoredRecords {
  /** The version (SemVer) of the dataset; null when the store does not have it. */
  version: string | null;
  /** The content hash of each of its records, by `key`. */
  hashes: Map<string, string>;
  /** The ids of the records of other datasets. */
  others: Record<RecordKind, Set<string>>;
  /** The actor above each stored actor that has one. */
  parents: Map<string, string>;
}

/** What the store has of a dataset and of others. */
export async function storedRecords(db: Database, dataset: string): Promise<StoredRecords> {
  const hashes = new Map<string, string>();
  const others = valuePerWord<StoredRecords['others']>(words(recordKinds), () => new Set());
  for (const kind of words(recordKinds)) {
    const { table, dataset: owner }: RecordTable = recordTables[kind];
    const rows = await db.select({ id: table.id, contentHash: table.contentHash, owner }).from(table);
    for (const row of rows) {
      if (row.owner === dataset) hashes.set(key({ kind, id: row.id }), row.contentHash);
      else others[kind].add(row.id);
    }
  }
  const { actors } = tables;
  const parents = new Map<string, string>();
  for (const { id, parent } of await db.select({ id: actors.id, parent: actors.parent }).from(actors))
    if (parent !== null) parents.set(id, parent);
  return { version: await storedVersion(db, dataset), hashes, others, parents };
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

/** What keeps a dataset that is sound in itself from being loaded into this store. */
export function checkStored(data: Dataset, stored: StoredRecords): Mistake[] {
  return [...olderVersion(data, stored), ...idsOfOthers(data, stored), ...unexplained(data, stored)];
}

function olderVersion({ dataset }: Dataset, { version }: StoredRecords): Mistake[] {
  if (version === null || compareVersions(dataset.version, version) >= 0) return [];
  const message = `these files are version ${dataset.version}, the store already has ${version}: load that version or a newer one`;
  return [{ ...mistakeOfFile('dataset', message), record: dataset.id }];
}

/** Records with an id that a record of another dataset has. */
function idsOfOthers(data: Dataset, { others }: StoredRecords): Mistake[] {
  return flatMapRecords(data.records, (kind, record) => {
    if (!others[kind].has(record.id)) return [];
    const message = kinds[kind].shared
      ? 'another dataset already defines it: omit the definition and refer to its id'
      : 'another dataset already has a record with this id: choose another';
    return [{ ...data.locate(record, ['id']), message }];
  });
}

/** Stored records that the files neither have nor retire. */
function unexplained(data: Dataset, { hashes }: StoredRecords): Mistake[] {
  const explained = new Set([
    key({ kind: 'dataset', id: data.dataset.id }),
    ...flatMapRecords(data.records, (kind, { id }) => [key({ kind, id })]),
    ...data.retired.map(key),
  ]);
  return [...hashes.keys()]
    .filter((stored) => !explained.has(stored))
    .map((stored) => ({
      ...mistakeOfFile(
        'dataset',
        `the store has ${stored}, which the files no longer have: list it under \`retired:\` with mergedInto or a reason`,
      ),
      record: data.dataset.id,
    }));
}
