import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../db/database.ts';
import { dateRange, sortDay } from '../../domain/dates.ts';
import type { Citation } from '../files/read.ts';

// How records become rows, and rows get into tables, whatever their kind.

const ROWS_AT_ONCE = 200;

/** Inserts rows, some at a time: engines bound the parameters of one statement. */
export async function insert<T extends PgTable>(
  tx: Database,
  table: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  for (const some of chunks(rows)) await tx.insert(table).values(some as never);
}

/** Inserts rows, or gives existing ones of the same id their values. */
export async function upsert<T extends PgTable & { id: PgColumn }>(
  tx: Database,
  table: T,
  id: PgColumn,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  // One at a time: each row's own values are what an existing one is set to.
  for (const row of rows) {
    await tx
      .insert(table)
      .values(row as never)
      .onConflictDoUpdate({ target: id, set: row as never });
  }
}

/** A list in pieces small enough for one statement. */
export function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE);
}

/** The citations of one record as rows, in order. */
export function citationRows(
  citations: readonly Citation[],
  owner: { event?: string; statement?: string; position?: string; affiliation?: string },
) {
  return citations.map((citation, ordinal) => ({
    event: null,
    statement: null,
    position: null,
    affiliation: null,
    ...owner,
    ordinal,
    source: citation.source,
    start: citation.start,
    end: citation.end,
    sha256: citation.sha256,
    phrase: citation.phrase ?? null,
    reports: citation.reports ?? null,
  }));
}

/** The days of a date (EDTF) as every dated table holds them. */
export function days(date: string): { earliest: string | null; latest: string | null; sortDay: string } {
  const range = dateRange(date);
  return { earliest: range.earliest, latest: range.latest, sortDay: sortDay(range) };
}

/** The records in an order in which each comes after the one it refers to. */
export function parentsFirst<T extends { id: string }>(
  records: readonly T[],
  parent: (record: T) => string | undefined,
): T[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const ordered = new Set<T>();
  const visit = (record: T): void => {
    if (ordered.has(record)) return;
    const above = byId.get(parent(record) ?? '');
    if (above) visit(above);
    ordered.add(record);
  };
  records.forEach(visit);
  return [...ordered];
}
