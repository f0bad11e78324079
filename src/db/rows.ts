import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgInsertValue, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';

const ROWS_AT_ONCE = 200;

/** Inserts rows, some at a time: engines bound the parameters of one statement. */
export async function insert<T extends PgTable>(
  tx: Database,
  table: T,
  rows: readonly PgInsertValue<T>[],
): Promise<void> {
  for (const some of chunks(rows)) await tx.insert(table).values(some);
}

/** Inserts rows, or gives existing ones of the same id their values. */
export async function upsert<T extends PgTable & { id: PgColumn }>(
  tx: Database,
  table: T,
  rows: readonly (PgInsertValue<T> & PgUpdateSetSource<T>)[],
): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  // Each row's own values are what an existing one is set to; all rows name the same columns.
  const set = Object.fromEntries(names.map((name) => [name, sql`excluded.${sql.identifier(name)}`]));
  for (const some of chunks(rows)) {
    await tx
      .insert(table)
      .values(some)
      // Cast: the columns are those that the rows name.
      .onConflictDoUpdate({ target: table.id, set: set as PgUpdateSetSource<T> });
  }
}

/** Deletes the rows in which a column has one of the values and that meet a condition, if there is one. */
export async function remove(
  tx: Database,
  table: PgTable,
  column: PgColumn,
  values: readonly string[],
  condition?: SQL,
): Promise<void> {
  for (const some of chunks(values)) await tx.delete(table).where(and(inArray(column, some), condition));
}

/** A list in pieces small enough for one statement. */
export function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE);
}
