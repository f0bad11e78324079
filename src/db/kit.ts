import * as pg from 'drizzle-orm/pg-core';
import * as lite from 'drizzle-orm/sqlite-core';

/**
 * The column builders of each dialect under the same names, so that one page of
 * tables (`tables.ts`) serves both. PostgreSQL's types are the canonical ones: they
 * leave only `await db.select()…`, which runs on both engines, and make the compiler
 * refuse SQLite's synchronous `.get/.all/.run`.
 */
export const pgKit = {
  table: pg.pgTable,
  text: () => pg.text(),
  int: () => pg.integer(),
  real: () => pg.doublePrecision(),
  json: () => pg.jsonb(),
  instant: () => pg.timestamp({ withTimezone: true, mode: 'date' }),
  sequence: () => pg.integer().primaryKey().generatedAlwaysAsIdentity(),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  check: pg.check,
  primaryKey: pg.primaryKey,
};

export type Kit = typeof pgKit;

/** SQLite's builders, seen through PostgreSQL's types. The one cast of the seam. */
export const sqliteKit = {
  table: lite.sqliteTable,
  text: () => lite.text(),
  int: () => lite.integer(),
  real: () => lite.real(),
  json: () => lite.text({ mode: 'json' }),
  instant: () => lite.integer({ mode: 'timestamp_ms' }),
  sequence: () => lite.integer().primaryKey({ autoIncrement: true }),
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  check: lite.check,
  primaryKey: lite.primaryKey,
} as unknown as Kit;
