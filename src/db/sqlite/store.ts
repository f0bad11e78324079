import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SQLite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { StoreError, translate } from '../../domain/errors.ts';
import { tables } from '../tables.ts';
import { type StoreVersion, storeVersion } from '../version.ts';
import { BUSY_MILLISECONDS, openReader } from './connection.ts';
import { heavyDatabase } from './workerPool.ts';

/** What queries are written against, on either engine: only `await`ed builders. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** An open store. */
export interface Store {
  /** For reading; sees only what has been committed. */
  db: Database;
  /**
   * The same for queries whose cost grows with what matches: run aside, so that they hold up nobody. They throw
   * a StoreError when they take too long.
   */
  heavy: Database;
  /**
   * Runs `work` in one write transaction and returns its result; rolls all of it back
   * when it throws. Calls wait for one another.
   */
  transaction<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /**
   * A view that stays as it is, whatever is written, until it is closed; for answers that take many queries.
   * Throws a StoreError when too many are open.
   */
  snapshot(): Promise<{ db: Database; close(): Promise<void> }>;
  /** Throws a StoreError when the store cannot be read. */
  ping(): Promise<void>;
  /** What the store holds at this moment, in a word; costs next to nothing while it stays the same. */
  version(): Promise<StoreVersion>;
  close(): Promise<void>;
}

const MIGRATIONS = fileURLToPath(new URL('../../../migrations/sqlite', import.meta.url));

/** Each view keeps a connection, and what it sees in the write-ahead log, for as long as a client reads. */
const MAX_VIEWS = 32;

/**
 * Opens the store that a `file:` URL names, created and migrated if need be. Heavy queries run in so many
 * `workers`, for at most `heavyMilliseconds` each.
 * Throws a StoreError when the URL is no `file:` URL, the file cannot be written, is
 * no SQLite database, or was migrated by a newer version.
 */
export async function openStore(
  url: string,
  { workers = 1, heavyMilliseconds = 20_000 }: { workers?: number; heavyMilliseconds?: number } = {},
): Promise<Store> {
  const path = pathOf(url);
  let writer: SQLite.Database | undefined;
  let reader: SQLite.Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writer = new SQLite(path, { timeout: BUSY_MILLISECONDS });
    writer.pragma('journal_mode = WAL');
    writer.pragma('synchronous = NORMAL');
    // The root file system may be read-only.
    writer.pragma('temp_store = MEMORY');
    refuseNewer(writer, path);
    migrate(drizzle(writer), { migrationsFolder: MIGRATIONS });
    writer.pragma('foreign_keys = ON');
    // A second connection: readers never see what the writer has not committed.
    reader = openReader(path);
    return sqliteStore(path, writer, reader, { workers, milliseconds: heavyMilliseconds });
  } catch (error) {
    reader?.close();
    writer?.close();
    throw translate(error, path);
  }
}

function sqliteStore(
  path: string,
  writer: SQLite.Database,
  reader: SQLite.Database,
  limits: { workers: number; milliseconds: number },
): Store {
  // The one cast of the seam: SQLite's builders answer to PostgreSQL's types (`kit.ts`).
  const db = drizzle(reader) as unknown as Database;
  const writing = drizzle(writer) as unknown as Database;
  const heavy = heavyDatabase(path, limits);
  let last: Promise<unknown> = Promise.resolve();
  let views = 0;
  let known: { commit: unknown; version: StoreVersion } | undefined;

  async function exclusively<T>(work: (db: Database) => Promise<T>): Promise<T> {
    try {
      // better-sqlite3's own transaction() would end at the first await.
      writer.exec('begin immediate');
      try {
        const result = await work(writing);
        writer.exec('commit');
        return result;
      } catch (error) {
        if (writer.inTransaction) writer.exec('rollback');
        throw error;
      }
    } catch (error) {
      throw translate(error, path);
    }
  }

  return {
    db,
    heavy: heavy.db,
    transaction(work) {
      const result = last.then(() => exclusively(work));
      last = result.catch(() => undefined);
      return result;
    },
    async snapshot() {
      if (views >= MAX_VIEWS) {
        throw new StoreError('crowded', `${MAX_VIEWS} views of ${path} are open already`);
      }
      try {
        // A connection of its own: a transaction on the common one would freeze the view of all readers.
        const connection = openReader(path);
        connection.exec('begin');
        views += 1;
        return {
          db: drizzle(connection) as unknown as Database,
          async close() {
            if (connection.open) views -= 1;
            connection.close();
          },
        };
      } catch (error) {
        throw translate(error, path);
      }
    },
    async ping() {
      try {
        await db.select({ id: tables.datasets.id }).from(tables.datasets).limit(1);
      } catch (error) {
        throw translate(error, path);
      }
    },
    async version() {
      try {
        // SQLite tells in microseconds whether any other connection, of any process, has committed since.
        const commit = reader.pragma('data_version', { simple: true });
        if (known === undefined || known.commit !== commit)
          known = { commit, version: await storeVersion(db) };
        return known.version;
      } catch (error) {
        throw translate(error, path);
      }
    },
    async close() {
      await last;
      await heavy.close();
      reader.close();
      writer.close();
    },
  };
}

function pathOf(url: string): string {
  const match = /^file:(\/\/)?(?<path>[^?#]+)$/.exec(url);
  if (!match?.groups?.path) {
    throw new StoreError(
      'address',
      `DATABASE_URL "${url}" is not a file: URL: give the path of a SQLite file, such as file:./data/attest.db`,
    );
  }
  return decodeURI(match.groups.path);
}

/** Refuses a store that holds migrations this version does not know: it could misread it. */
function refuseNewer(connection: SQLite.Database, path: string): void {
  const known = newestMigration();
  const table = connection
    .prepare("select name from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .get();
  if (!table) {
    if (connection.prepare("select 1 from sqlite_master where type = 'table'").get()) {
      throw new StoreError(
        'not-a-store',
        `${path} is a SQLite database of something else: name another file in DATABASE_URL`,
      );
    }
    return;
  }
  const { newest } = connection
    .prepare('select max(created_at) as newest from __drizzle_migrations')
    .get() as {
    newest: number | null;
  };
  if (newest !== null && newest > known) {
    throw new StoreError(
      'newer',
      `${path} was written by a newer version of Attest: run that version, or name another file in DATABASE_URL`,
    );
  }
}

function newestMigration(): number {
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  return Math.max(...journal.entries.map((entry) => entry.when));
}
