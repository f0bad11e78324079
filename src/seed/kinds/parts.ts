import { inArray } from 'drizzle-orm';
import type { PgColumn, PgInsertValue, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../db/database.ts';
import { chunks, insert, remove } from '../../db/rows.ts';
import { tables } from '../../db/tables.ts';
import type { Citation } from '../files/dataset.ts';
import type { Path } from '../files/mistakes.ts';

const { citations } = tables;

/** The columns of `citations` that name what is proved. */
type Proved = 'event' | 'statement' | 'position' | 'affiliation' | 'link' | 'figure';

/** Rows that belong to a record, and are inserted and deleted with it. */
export interface Part<R> {
  insert: (tx: Database, records: readonly R[]) => Promise<void>;
  /** Deletes the rows of the records that have these ids. */
  remove: (tx: Database, ids: readonly string[]) => Promise<void>;
  /** The citations in this part of a record, each with its path. */
  citations: (record: R) => { citation: Citation; path: Path }[];
}

/** Rows that have no citations; `record` is the column that names the record. */
export function rows<R, T extends PgTable>(
  table: T,
  record: PgColumn,
  rowsOf: (record: R) => PgInsertValue<T>[],
): Part<R> {
  return {
    insert: (tx, records) => insert(tx, table, records.flatMap(rowsOf)),
    remove: (tx, ids) => remove(tx, table, record, ids),
    citations: () => [],
  };
}

/** The citations that prove the record itself. */
export function proof<R extends { id: string; citations: Citation[] }>(proved: Proved): Part<R> {
  return {
    insert: (tx, records) =>
      insert(
        tx,
        citations,
        records.flatMap((record) => citationRows(record.citations, { [proved]: record.id })),
      ),
    remove: (tx, ids) => remove(tx, citations, citations[proved], ids),
    citations: (record) => located(record.citations, []),
  };
}

/** A list in a record whose items have a row and citations each. */
interface ProvedList<R, I, T extends PgTable> {
  table: T;
  /** What the ids of the items begin with, where records of several kinds have such items. */
  prefix?: string;
  /** The column that names the record. */
  record: PgColumn;
  /** The column of `citations` that names the item. */
  proved: Proved;
  /** The name of the list in the dataset files. */
  field: string;
  items: (record: R) => I[];
  row: (item: I, place: Place, record: R) => PgInsertValue<T>;
}

/** The id that an item is given, the id of its record, and its index there. */
interface Place {
  id: string;
  record: string;
  ordinal: number;
}

/** The rows of the items of a list, and the citations that prove each. */
export function provedList<
  R extends { id: string },
  I extends { citations: Citation[] },
  T extends PgTable & { id: PgColumn },
>({ table, prefix = '', record: owner, proved, field, items, row }: ProvedList<R, I, T>): Part<R> {
  return {
    async insert(tx, records) {
      const placed = records.flatMap((record) =>
        items(record).map((item, ordinal) => ({
          item,
          place: { id: `${prefix}${record.id}#${ordinal}`, record: record.id, ordinal },
          whole: record,
        })),
      );
      const itemRows = placed.map(({ item, place, whole }) => row(item, place, whole));
      await insert(tx, table, itemRows);
      const proofs = placed.flatMap(({ item, place }) =>
        citationRows(item.citations, { [proved]: place.id }),
      );
      await insert(tx, citations, proofs);
    },
    async remove(tx, ids) {
      const from: PgTable & { id: PgColumn } = table;
      for (const some of chunks(ids)) {
        const stored = tx.select({ id: from.id }).from(from).where(inArray(owner, some));
        await tx.delete(citations).where(inArray(citations[proved], stored));
      }
      await remove(tx, table, owner, ids);
    },
    citations: (record) => items(record).flatMap((item, index) => located(item.citations, [field, index])),
  };
}

function citationRows(list: readonly Citation[], proved: { [P in Proved]?: string }) {
  return list.map(({ source, start, end, sha256, phrase, reports, progress, document }, ordinal) => ({
    ...proved,
    ordinal,
    source,
    start: start ?? null,
    end: end ?? null,
    sha256: sha256 ?? null,
    document: document ?? null,
    phrase: phrase ?? null,
    reports: reports ?? null,
    progress: progress ?? null,
  }));
}

function located(list: readonly Citation[], path: Path): { citation: Citation; path: Path }[] {
  return list.map((citation, index) => ({ citation, path: [...path, 'citations', index] }));
}
