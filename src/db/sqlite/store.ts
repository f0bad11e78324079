import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StoreError } from '../../domain/errors.ts';
import { currentCaller } from '../caller.ts';
import type { Database } from '../database.ts';
import type { Store, StoreOptions } from '../store.ts';
import { tables } from '../tables.ts';
import { turn } from '../turn.ts';
import { type StoreVersion, storeVersion } from '../version.ts';
import { Connection } from './connection.ts';
import { translate } from './errors.ts';
import { FileState } from './fileState.ts';
import { migrate } from './migrate.ts';
import { openWorkers } from './workerPool.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../migrations/sqlite', import.meta.url));

/** Each snapshot keeps a connection, and what it sees in the write-ahead log, for as long as a client reads. */
const MAX_SNAPSHOTS = 32;
/** Those of one client. */
const MAX_SNAPSHOTS_OF_CLIENT = 8;

/**
 * Opens the store that a `file:` URL names, created and migrated if necessary.
 * Throws a StoreError when the URL is not a `file:` URL, the file is not there but should be `existing`, cannot be written, is not a SQLite
 * database, cannot be migrated, or was migrated by a newer version.
 */
export async function openSqliteStore(
  url: string,
  {
    workers = 1,
    workerTimeout = 20_000,
    existing = false,
    migrations = MIGRATIONS,
  }: StoreOptions & { migrations?: string },
): Promise<Store> {
  const path = pathOf(url);
  if (existing && !existsSync(path))
    throw new StoreError('address', `there is no file ${path}: see whether DATABASE_URL names the store`);
  try {
    createFolder(resolve(dirname(path)));
  } catch (error) {
    throw translate(error, path);
  }
  const writer = new Connection(path, 'write');
  try {
    await migrate(writer, migrations, path);
    // A second connection: readers never see what the writer has not committed.
    const file = new FileState(path);
    const reader = new Connection(path, 'read', file.note);
    return sqliteStore(path, file, writer, reader, { workers, milliseconds: workerTimeout });
  } catch (error) {
    writer.close();
    throw error;
  }
}

function sqliteStore(
  path: string,
  file: FileState,
  writer: Connection,
  reader: Connection,
  limits: { workers: number; milliseconds: number },
): Store {
  const workers = openWorkers(path, limits, file.note);
  let last: Promise<unknown> = Promise.resolve();
  const snapshots: (string | undefined)[] = [];
  let known: { commit: unknown; version: StoreVersion } | undefined;

  async function exclusively<T>(work: (db: Database) => Promise<T>): Promise<T> {
    // Not Drizzle's own transaction: it would end at the first await.
    writer.exec('begin immediate');
    try {
      const result = await work(writer.db);
      writer.exec('commit');
      return result;
    } catch (error) {
      if (writer.inTransaction) writer.exec('rollback');
      throw error;
    }
  }

  return {
    db: reader.db,
    workers: workers.db,
    transaction(work) {
      const result = last.then(() => exclusively(work));
      last = result.catch(() => undefined);
      return result;
    },
    async snapshot() {
      const client = currentCaller()?.client;
      const ofClient = client === undefined ? 0 : snapshots.filter((each) => each === client).length;
      if (snapshots.length >= MAX_SNAPSHOTS || ofClient >= MAX_SNAPSHOTS_OF_CLIENT) {
        throw new StoreError('crowded', `${snapshots.length} snapshots of ${path} are open already`);
      }
      file.requireSame();
      // A separate connection: a transaction on the shared one would freeze what all readers see.
      // Exports read from it: each of their statements takes a turn, so that other requests are served between any two of them.
      const connection = new Connection(path, 'read', file.note, turn);
      connection.exec('begin');
      snapshots.push(client);
      return {
        db: connection.db,
        async close() {
          if (connection.isOpen) snapshots.splice(snapshots.indexOf(client), 1);
          connection.close();
        },
      };
    },
    async ping() {
      file.requireSound();
      await reader.db.select({ id: tables.datasets.id }).from(tables.datasets).limit(1);
    },
    async version() {
      file.requireSame();
      // SQLite says in microseconds whether any other connection, of any process, has committed since.
      const commit = reader.pragma('data_version');
      if (known === undefined || known.commit !== commit)
        known = { commit, version: await storeVersion(reader.db) };
      return known.version;
    },
    async lag() {
      return null;
    },
    async close() {
      await last;
      await workers.close();
      reader.close();
      writer.close();
    },
  };
}

/** The path that a `file:` URL names. Throws a StoreError when it names none. */
function pathOf(url: string): string {
  const wrong = (reason: string) =>
    new StoreError(
      'address',
      `DATABASE_URL "${url}" ${reason}: give the path of a SQLite file, such as file:./data/attest.db`,
    );
  const match = /^file:(\/\/)?(?<path>[^?#]+)$/.exec(url);
  if (!match?.groups?.path) throw wrong('is not a file: URL');
  let path: string;
  try {
    path = decodeURIComponent(match.groups.path);
  } catch {
    throw wrong('has a % that is followed by no two hexadecimal digits of UTF-8');
  }
  if (path.includes('\0')) throw wrong('has a NUL character');
  // Each connection, and each worker, would get a store of its own.
  if (path === ':memory:') throw wrong('names no file');
  return path;
}

/**
 * Creates a folder and those above it. Not `mkdirSync` with `recursive`, which never returns where the file system
 * refuses to create folders with ENOENT, as `/proc` does.
 */
function createFolder(path: string): void {
  if (existsSync(path)) return;
  createFolder(dirname(path));
  mkdirSync(path);
}
