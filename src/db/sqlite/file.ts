import SQLite from 'better-sqlite3';

// Separate from `connection.ts`, so that a worker starts without loading Drizzle, which takes half a second.

/** Milliseconds to wait for other processes' writes; a load of the bundled dataset takes under a second. */
const BUSY_MILLISECONDS = 5_000;

/** Runs a statement on an open SQLite file. Throws SQLite's errors. */
export function rowsOf(connection: SQLite.Database, sql: string, parameters: unknown[]): unknown[] {
  const statement = connection.prepare(sql);
  if (statement.reader) return statement.raw().all(...parameters);
  statement.run(...parameters);
  return [];
}

/** Opens the file of a store for reading only. Throws SQLite's errors. */
export function openReadOnly(path: string): SQLite.Database {
  const reader = new SQLite(path, { readonly: true, timeout: BUSY_MILLISECONDS });
  reader.pragma('temp_store = MEMORY');
  reader.pragma('cache_size = -65536');
  reader.pragma('mmap_size = 2147483648');
  return reader;
}

/** Opens the file of a store for reading and writing, creating it if necessary. Throws SQLite's errors. */
export function openReadWrite(path: string): SQLite.Database {
  const writer = new SQLite(path, { timeout: BUSY_MILLISECONDS });
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = NORMAL');
  // The root file system may be read-only.
  writer.pragma('temp_store = MEMORY');
  return writer;
}
