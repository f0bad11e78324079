import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { type RecordTable, recordTables } from '../db/recordTables.ts';
import { chunks } from '../db/rows.ts';
import { tables } from '../db/tables.ts';
import { valuePerWord } from '../domain/vocabularies.ts';
import type { Dataset, SeedRecords } from '../seed/files/dataset.ts';
import { type SeedDataset, type SeedKind, seedKinds } from '../seed/files/format.ts';
import { kinds } from '../seed/kinds.ts';
import { withDerived } from '../seed/load/derived.ts';
import { recordPuts } from '../seed/load/load.ts';
import { completeRecords, key, type RecordVersion, versionsOf } from '../seed/load/prepare.ts';
import { removeParts } from '../seed/load/remove.ts';
import { writeRecords } from '../seed/load/write.ts';
import { keepingMentions } from './mentions.ts';
import { deriveNew, isSelfContained } from './newEvents.ts';

/** What became of the events of a batch. */
export interface BatchResult {
  /** Events that another dataset has under the same id. */
  taken: Set<string>;
  /** The records that were written, of every kind. */
  written: RecordVersion[];
}

/**
 * Writes those records of a batch that the store does not have with the same content, in the transaction `tx`. Topics and
 * actors that another dataset defines do not change: the events refer to those. The dataset itself must be in the store.
 * With `dryRun` nothing is written, but counted.
 */
export async function loadBatch(
  tx: Database,
  dataset: SeedDataset,
  batch: SeedRecords,
  { at, dryRun }: { at: Date; dryRun: boolean },
): Promise<BatchResult> {
  const stored = await storedVersions(tx, batch);
  const taken = new Set<string>();
  const own = <K extends SeedKind>(kind: K): SeedRecords[K] =>
    batch[kind].filter(({ id }) => {
      const before = stored.get(key({ kind, id }));
      if (before === undefined || before.owner === dataset.id) return true;
      if (!kinds[kind].shared) taken.add(id);
      return false;
    }) as SeedRecords[K];
  const records = valuePerWord<SeedRecords>(seedKinds, own);
  let data = datasetOf(dataset, records);
  let complete = completeRecords(data);
  const differing = complete.event.filter((event) => {
    const before = stored.get(key({ kind: 'event', id: event.id }));
    return before !== undefined && before.contentHash !== event.contentHash;
  });
  if (differing.length > 0) {
    const ids = new Set(differing.map(({ id }) => id));
    const kept = await keepingMentions(
      tx,
      records.event.filter(({ id }) => ids.has(id)),
    );
    records.event = [...records.event.filter(({ id }) => !ids.has(id)), ...kept];
    data = datasetOf(dataset, records);
    complete = completeRecords(data);
  }
  const versions = versionsOf(data, complete).filter(({ kind }) => kind !== 'dataset');
  const written = versions.filter((version) => stored.get(key(version))?.contentHash !== version.contentHash);
  if (!dryRun && written.length > 0) {
    const contained = new Set(records.event.filter(isSelfContained).map(({ id }) => id));
    const isNew = (version: RecordVersion): boolean =>
      version.kind === 'event' && contained.has(version.id) && !stored.has(key(version));
    const fresh = written.filter(isNew);
    const rest = written.filter((version) => !isNew(version));
    const changed = rest.filter((version) => stored.has(key(version)));
    await withDerived(tx, { written: rest, changed, records }, async () => {
      await removeParts(tx, changed);
      await writeRecords(tx, data, complete, rest, at);
      await recordPuts(tx, dataset.id, rest, at);
      return [];
    });
    const ids = new Set(fresh.map(({ id }) => id));
    await writeRecords(tx, data, complete, fresh, at);
    await recordPuts(tx, dataset.id, fresh, at);
    await deriveNew(
      tx,
      dataset.id,
      records.event.filter(({ id }) => ids.has(id)),
    );
  }
  return { taken, written };
}

/** Those of some ids of events that a dataset has. */
export async function eventsOf(tx: Database, dataset: string, ids: readonly string[]): Promise<Set<string>> {
  const { events } = tables;
  const found = new Set<string>();
  for (const some of chunks(ids)) {
    const rows = await tx
      .select({ id: events.id })
      .from(events)
      .where(and(eq(events.dataset, dataset), inArray(events.id, some)));
    for (const { id } of rows) found.add(id);
  }
  return found;
}

/** The hash and the dataset of those records of a batch that are in the store, by `key`. */
async function storedVersions(
  tx: Database,
  batch: SeedRecords,
): Promise<Map<string, { contentHash: string; owner: string }>> {
  const stored = new Map<string, { contentHash: string; owner: string }>();
  for (const kind of seedKinds) {
    const { table, dataset }: RecordTable = recordTables[kind];
    for (const some of chunks(batch[kind].map(({ id }) => id))) {
      const rows = await tx
        .select({ id: table.id, contentHash: table.contentHash, owner: dataset })
        .from(table)
        .where(inArray(table.id, some));
      for (const { id, ...version } of rows) stored.set(key({ kind, id }), version);
    }
  }
  return stored;
}

/** Records as the loader of dataset files takes them. */
export function datasetOf(dataset: SeedDataset, records: SeedRecords): Dataset {
  const nowhere = { file: '', line: 0, record: null };
  return { dataset, records, retired: [], exceptions: [], locate: () => nowhere };
}
