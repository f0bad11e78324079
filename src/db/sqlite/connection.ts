import type SQLite from 'better-sqlite3';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import {
  type PreparedQueryConfig,
  type RemotePreparedQuery,
  SQLiteRemoteSession,
  SqliteRemoteDatabase,
} from 'drizzle-orm/sqlite-proxy';
import { StoreError } from '../../domain/errors.ts';
import type { Database, RunStatement } from '../database.ts';
import { sqlite } from './engine.ts';
import { translate } from './errors.ts';
import { openReadOnly, openReadWrite, Statements } from './file.ts';

/** The methods of a prepared query that run it. */
const RUNNING: ReadonlySet<PropertyKey> = new Set(['execute', 'run', 'all', 'get', 'values']);

/** Runs the statements of Drizzle's builders, and throws what they throw without Drizzle's error around it. */
class StatementSession extends SQLiteRemoteSession<Record<string, never>, Record<string, never>> {
  override prepareQuery<T extends Omit<PreparedQueryConfig, 'run'>>(
    ...query: Parameters<SQLiteRemoteSession<Record<string, never>, Record<string, never>>['prepareQuery']>
  ): RemotePreparedQuery<T> {
    return new Proxy(super.prepareQuery<T>(...query), {
      get(prepared, name) {
        const member = Reflect.get(prepared, name, prepared);
        if (!RUNNING.has(name) || typeof member !== 'function') return member;
        return async (...values: unknown[]) => {
          try {
            return await member.apply(prepared, values);
          } catch (error) {
            throw error instanceof DrizzleQueryError ? error.cause : error;
          }
        };
      },
    });
  }
}

/** A database whose statements `run` runs. */
export function databaseOver(run: RunStatement): Database {
  const dialect = new SQLiteAsyncDialect();
  const session = new StatementSession(
    async (sql, parameters, method) => {
      const rows = await run(sql, parameters);
      return { rows: method === 'get' ? (rows[0] as unknown[]) : rows };
    },
    dialect,
    undefined,
  );
  // Cast: SQLite's builders under PostgreSQL's types, which are the canonical ones (`columns.ts`).
  const db = new SqliteRemoteDatabase('async', dialect, session, undefined) as unknown as Database;
  return Object.assign(db, { engine: sqlite, run });
}

/**
 * A connection to the file of a store. The one place where SQLite's errors become StoreErrors: every method
 * throws a StoreError for what is wrong with the store, so the same fault has the same code on every path.
 */
export class Connection {
  readonly db: Database;
  readonly #file: SQLite.Database;
  readonly #path: string;
  readonly #onError: (error: unknown) => void;

  /** `onError` gets each error, too. Each statement of `db` waits for `wait` first. */
  constructor(
    path: string,
    mode: 'read' | 'write',
    onError: (error: unknown) => void = () => undefined,
    wait?: () => Promise<void>,
  ) {
    this.#path = path;
    this.#onError = onError;
    this.#file = this.#translated(() => (mode === 'read' ? openReadOnly(path) : openReadWrite(path)));
    const statements = new Statements(this.#file);
    this.db = databaseOver(async (sql, parameters) => {
      await wait?.();
      if (!this.#file.open) throw new StoreError('abandoned', `the connection to ${path} was closed`);
      return this.#translated(() => statements.rowsOf(sql, parameters));
    });
  }

  /** Runs statements that return nothing. */
  exec(sql: string): void {
    this.#translated(() => this.#file.exec(sql));
  }

  /** The rows of a statement, each as an object by column. */
  rows<Row>(sql: string, ...parameters: unknown[]): Row[] {
    return this.#translated(() => this.#file.prepare<unknown[], Row>(sql).all(...parameters));
  }

  /** Runs a statement that returns nothing. */
  run(sql: string, ...parameters: unknown[]): void {
    this.#translated(() => this.#file.prepare<unknown[]>(sql).run(...parameters));
  }

  /** Reads or sets a pragma; the first value of its answer. */
  pragma(text: string): unknown {
    return this.#translated(() => this.#file.pragma(text, { simple: true }));
  }

  get isOpen(): boolean {
    return this.#file.open;
  }

  get inTransaction(): boolean {
    return this.#file.inTransaction;
  }

  close(): void {
    this.#file.close();
  }

  #translated<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const translated = translate(error, this.#path);
      this.#onError(translated);
      throw translated;
    }
  }
}
