import { and, eq, inArray, isNotNull, ne, type SQL } from 'drizzle-orm';
import type { NullableTextColumn, TextColumn } from '../../db/columns.ts';
import type { Database } from '../../db/database.ts';
import { type RecordTable, recordTables } from '../../db/recordTables.ts';
import { chunks } from '../../db/rows.ts';
import { tables } from '../../db/tables.ts';
import { recordKinds, valuePerWord, words } from '../../domain/vocabularies.ts';
import { type Dataset, flatMapRecords } from '../files/dataset.ts';
import { type SeedKind, seedKinds } from '../files/format.ts';
import { type Mistake, mistakeOfFile } from '../files/mistakes.ts';
import { kinds } from '../kinds.ts';
import { key } from './prepare.ts';
import type { SharedKind } from './shared.ts';

/** What a store has before a load. */
export interface StoredRecords {
  /** The version (SemVer) of the dataset; null when the store does not have it. */
  version: string | null;
  /** The content hash of each of its records, by `key`. */
  hashes: Map<string, string>;
  /** Other datasets by the ids of their records: of all records that are shared, and of those that have an id of the files. */
  others: Record<SeedKind, Map<string, string>>;
  /** The record above each stored one that has one, in the hierarchies. */
  above: Record<SharedKind, Map<string, string>>;
}

/** What the store has of a dataset, and what of others matters to it: neither grows with the events of others. */
export async function storedRecords(db: Database, { dataset, records }: Dataset): Promise<StoredRecords> {
  const hashes = new Map<string, string>();
  for (const kind of words(recordKinds)) {
    const { table, dataset: owner }: RecordTable = recordTables[kind];
    const rows = await db
      .select({ id: table.id, contentHash: table.contentHash })
      .from(table)
      .where(eq(owner, dataset.id));
    for (const { id, contentHash } of rows) hashes.set(key({ kind, id }), contentHash);
  }
  const others = valuePerWord<StoredRecords['others']>(seedKinds, () => new Map());
  for (const kind of seedKinds) {
    const { table, dataset: owner }: RecordTable = recordTables[kind];
    const note = async (condition?: SQL): Promise<void> => {
      const rows = await db
        .select({ id: table.id, owner })
        .from(table)
        .where(and(ne(owner, dataset.id), condition));
      for (const row of rows) others[kind].set(row.id, row.owner);
    };
    const ids = records[kind].map(({ id }) => id);
    if (kinds[kind].shared) await note();
    else for (const some of chunks(ids)) await note(inArray(table.id, some));
  }
  return { version: await storedVersion(db, dataset.id), hashes, others, above: await storedAbove(db) };
}

/** The record above each stored one that has one, in the hierarchies. */
export async function storedAbove(db: Database): Promise<StoredRecords['above']> {
  const { actors, topics } = tables;
  const read = async (id: TextColumn, above: NullableTextColumn): Promise<Map<string, string>> => {
    const rows = await db.select({ id, above }).from(id.table).where(isNotNull(above));
    return new Map(rows.map((row) => [row.id, row.above ?? '']));
  };
  return { topic: await read(topics.id, topics.broader), actor: await read(actors.id, actors.parent) };
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

/** Records with an id that a record of another dataset has, of kinds that are not shared. */
function idsOfOthers(data: Dataset, { others }: StoredRecords): Mistake[] {
  return flatMapRecords(data.records, (kind, record) => {
    if (kinds[kind].shared || !others[kind].has(record.id)) return [];
    const message = 'another dataset already has a record with this id: choose another';
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
