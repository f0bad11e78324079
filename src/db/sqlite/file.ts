import SQLite from 'better-sqlite3';

// Separate from `connection.ts`, so that a worker starts without loading Drizzle, which takes half a second.

/** Milliseconds to wait for other processes' writes; a load of the bundled dataset takes under a second. */
const BUSY_MILLISECONDS = 5_000;

/** Compiled statements that a connection keeps; lists of ids of different lengths make different ones. */
const MAX_STATEMENTS = 300;

/** The statements of one connection by their SQL, compiled when they are first run; the least recently used ones are dropped. */
export class Statements {
  readonly #connection: SQLite.Database;
  readonly #compiled = new Map<string, SQLite.Statement>();

  constructor(connection: SQLite.Database) {
    this.#connection = connection;
  }

  /** Runs a statement and returns its rows, each as the list of its values. Throws SQLite's errors. */
  rowsOf(sql: string, parameters: unknown[]): unknown[] {
    const statement = this.#statement(sql);
    if (statement.reader) return statement.raw().all(...parameters);
    statement.run(...parameters);
    return [];
  }

  #statement(sql: string): SQLite.Statement {
    const known = this.#compiled.get(sql);
    const statement = known ?? this.#connection.prepare(sql);
    // A Map is in the order of insertion: the first is the one that was not used for longest.
    if (known) this.#compiled.delete(sql);
    else if (this.#compiled.size >= MAX_STATEMENTS)
      this.#compiled.delete(this.#compiled.keys().next().value ?? '');
    this.#compiled.set(sql, statement);
    return statement;
  }
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
  // In KB. With SQLite's own 2 MB, a batch of an import would read the pages of its indexes again and again.
  writer.pragma('cache_size = -16384');
  // The root file system may be read-only.
  writer.pragma('temp_store = MEMORY');
  return writer;
}
