import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { type RecordTable, recordTables } from '../../db/recordTables.ts';
import { chunks, insert } from '../../db/rows.ts';
import { tables } from '../../db/tables.ts';
import type { RecordKind } from '../../domain/vocabularies.ts';
import type { Dataset } from '../files/dataset.ts';
import { type SeedRetired, seedKinds } from '../files/format.ts';
import { DatasetError } from '../files/mistakes.ts';
import { kinds } from '../kinds.ts';

const { retiredIds, searchDocuments } = tables;

/** Deletes the rows that belong to records, so that the records can be rewritten or retired. */
export async function removeParts(
  tx: Database,
  records: readonly { kind: RecordKind; id: string }[],
): Promise<void> {
  for (const kind of seedKinds) {
    const ids = records.filter((record) => record.kind === kind).map(({ id }) => id);
    for (const part of kinds[kind].parts) await part.remove(tx, ids);
    for (const some of chunks(ids)) {
      await tx
        .delete(searchDocuments)
        .where(and(eq(searchDocuments.kind, kind), inArray(searchDocuments.id, some)));
    }
  }
}

/**
 * Deletes retired records whose parts are removed, those that others refer to last, and stores every
 * retired id. Throws a DatasetError when a record of another dataset still refers to one.
 */
export async function retire(tx: Database, data: Dataset, retiring: readonly SeedRetired[]): Promise<void> {
  for (const kind of seedKinds.toReversed()) {
    const { table }: RecordTable = recordTables[kind];
    for (const retired of retiring.filter((record) => record.kind === kind)) {
      try {
        await tx.delete(table).where(eq(table.id, retired.id));
      } catch (error) {
        if (!tx.engine.isForeignKeyViolation(error)) throw error;
        const message = 'records of another dataset still refer to it: change those first';
        throw new DatasetError([{ ...data.locate(retired), message }]);
      }
    }
  }
  await tx.delete(retiredIds).where(eq(retiredIds.dataset, data.dataset.id));
  await insert(
    tx,
    retiredIds,
    data.retired.map(({ kind, id, mergedInto, reason }) => ({
      kind,
      id,
      dataset: data.dataset.id,
      mergedInto: mergedInto ?? null,
      reason: reason ?? null,
    })),
  );
}
