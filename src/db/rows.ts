import { and, getTableColumns, getTableName, inArray, type SQL } from 'drizzle-orm';
import type { PgColumn, PgInsertValue, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';

const ROWS_AT_ONCE = 200;

/** Inserts rows, some at a time: engines bound the parameters of one statement. */
export async function insert<T extends PgTable>(
  tx: Database,
  table: T,
  rows: readonly PgInsertValue<T>[],
): Promise<void> {
  await write(tx, table, rows, () => '');
}

/** Inserts rows with the numbers that they have, where the engine would otherwise give them new ones. */
export async function insertWithIds(tx: Database, table: PgTable, rows: readonly object[]): Promise<void> {
  await write(tx, table, rows, () => '', tx.engine.ownNumbers);
}

/** Inserts rows, or gives existing ones of the same id their values. */
export async function upsert<T extends PgTable & { id: PgColumn }>(
  tx: Database,
  table: T,
  rows: readonly (PgInsertValue<T> & PgUpdateSetSource<T>)[],
): Promise<void> {
  // Each row's own values are what an existing one is set to.
  const set = (names: readonly string[]) => names.map((name) => `"${name}" = excluded."${name}"`).join(', ');
  await write(tx, table, rows, (names) => ` on conflict ("id") do update set ${set(names)}`);
}

/**
 * Inserts rows that all name the same columns, by statements as text: Drizzle takes longer to build one than an engine to run it.
 * Values are encoded as Drizzle does, and what is no column is left out.
 */
async function write(
  tx: Database,
  table: PgTable,
  rows: readonly object[],
  conflict: (names: readonly string[]) => string,
  numbers = '',
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = getTableColumns(table);
  const written = Object.keys(first).flatMap((key) => {
    const column = columns[key];
    return column ? [{ key, column }] : [];
  });
  const names = written.map(({ column }) => column.name);
  const head = `insert into "${getTableName(table)}" (${names.map((name) => `"${name}"`).join(', ')})${numbers} values `;
  const tail = conflict(names);
  for (const some of chunks(rows)) {
    const values: unknown[] = [];
    for (const row of some) {
      for (const { key, column } of written) {
        const value: unknown = Reflect.get(row, key);
        values.push(value === null || value === undefined ? null : column.mapToDriverValue(value));
      }
    }
    await tx.run(`${head}${tuples(tx, some.length, names.length)}${tail}`, values);
  }
}

/** The parameters of some rows: `(?, ?), (?, ?)`. */
function tuples({ engine }: Database, rows: number, columns: number): string {
  const known = WHOLE.get(engine)?.[columns];
  if (known !== undefined && rows === ROWS_AT_ONCE) return known;
  const tuple = (row: number): string =>
    `(${Array.from({ length: columns }, (_, column) => engine.parameter(row * columns + column + 1)).join(', ')})`;
  const text = Array.from({ length: rows }, (_, row) => tuple(row)).join(', ');
  if (rows === ROWS_AT_ONCE) WHOLE.set(engine, { ...WHOLE.get(engine), [columns]: text });
  return text;
}

/** The parameters of as many rows as are written at once, by the number of columns. */
const WHOLE = new WeakMap<Engine, Record<number, string>>();

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
