import * as pg from 'drizzle-orm/pg-core';

/** A column of text that is never null, such as an id. */
export type TextColumn = pg.AnyPgColumn<{ data: string; notNull: true }>;

/** A column of text that may be null, such as a reference. */
export type NullableTextColumn = pg.AnyPgColumn<{ data: string }>;

/** A moment as a `Date`; stored as whole milliseconds since 1970, which every engine has a number for. */
const instant = pg.customType<{ data: Date; driverData: number }>({
  dataType: () => 'bigint',
  toDriver: (date) => date.getTime(),
  // PostgreSQL's driver gives a bigint as text.
  fromDriver: (milliseconds) => new Date(Number(milliseconds)),
});

/**
 * The builders that tables are made of (`tables.ts`). PostgreSQL's objects serve every engine: Drizzle's SQLite
 * driver reads and writes with them as they are, and their types allow only `await db.select()…`, which runs on
 * both. An engine whose migrations need other builders defines its own set under the same names.
 */
export const columns = {
  table: pg.pgTable,
  text: () => pg.text(),
  int: () => pg.integer(),
  real: () => pg.doublePrecision(),
  // Not jsonb, which forgets the order of the keys.
  json: () => pg.json(),
  instant: () => instant(),
  sequence: () => pg.integer().primaryKey().generatedAlwaysAsIdentity(),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  check: pg.check,
  primaryKey: pg.primaryKey,
};

/** Builders under these names, of whatever dialect. */
export type Columns = typeof columns;
