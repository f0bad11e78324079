import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { StoreError } from '../../domain/errors.ts';
import type { Database } from '../database.ts';
import type { Store, StoreOptions } from '../store.ts';
import { tables } from '../tables.ts';
import { refuseUnfinished } from '../unfinishedCopy.ts';
import { type StoreVersion, storeVersion } from '../version.ts';
import { type Address, addressOf, Connection, databaseOver } from './connection.ts';
import { migrate, WRITE_LOCK } from './migrate.ts';
import { connect, openPool, QueryPool } from './queryPool.ts';
import { Snapshots } from './snapshots.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../migrations/postgres', import.meta.url));

/** How long a replica may take to get the tables that a migration has made. */
const REPLICA_MILLISECONDS = 30_000;
/** Seconds by which a replica is behind: none when it has all that it was sent, although nothing may have been written for long. */
const LAG = `select case when not pg_is_in_recovery() or pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
  else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0) end`;

/** Connections for quick queries. */
const READERS = 8;

/**
 * Opens the store that a `postgres:` URL names, migrated if necessary. It uses at most 8 connections for quick queries, one more than
 * `workers` for heavy ones, 32 for exports and one for loads, and opens each when it is needed.
 * Throws a StoreError when the server cannot be reached, or the database cannot be used, is not a store, cannot be
 * migrated, or was migrated by a newer version.
 */
export async function openPostgresStore(
  url: string,
  {
    workers = 1,
    workerTimeout = 20_000,
    readUrl,
    copying = false,
    migrations = MIGRATIONS,
  }: StoreOptions & { migrations?: string },
): Promise<Store> {
  const address = addressOf(url);
  const replica = readUrl === undefined ? undefined : addressOf(readUrl);
  const writers = openPool(address, 1);
  try {
    const client = await connect(writers, address);
    try {
      const connection = new Connection(client, address.name);
      await migrate(connection, migrations, address.name);
      // By this connection: a query of the store may take no longer than `workerTimeout`, and a replica may be behind.
      if (!copying) await refuseUnfinished(databaseOver((text, values) => connection.values(text, values)));
    } finally {
      client.release();
    }
  } catch (error) {
    await writers.end();
    throw error;
  }
  const store = postgresStore(address, replica, writers, { workers, milliseconds: workerTimeout });
  if (!replica) return store;
  try {
    await untilMigrated(store, replica);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Waits until a replica has the tables of this version. Throws a StoreError when it takes too long. */
async function untilMigrated(store: Store, { name }: Address): Promise<void> {
  const end = performance.now() + REPLICA_MILLISECONDS;
  for (;;) {
    try {
      await store.version();
      await store.db.select({ id: tables.documents.id }).from(tables.documents).limit(1);
      return;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      if (performance.now() > end)
        throw new StoreError(
          'busy',
          `the replica ${name} does not have the tables that the database has: see whether it follows, or unset DATABASE_READ_URL`,
          { cause: error },
        );
    }
    await delay(500);
  }
}

function postgresStore(
  address: Address,
  replica: Address | undefined,
  writers: pg.Pool,
  { workers, milliseconds }: { workers: number; milliseconds: number },
): Store {
  const reading = replica ?? address;
  const readers = new QueryPool(reading, { connections: READERS, milliseconds });
  const heavy = new QueryPool(reading, { connections: workers + 1, milliseconds });
  const snapshots = new Snapshots(reading, milliseconds);
  let last: Promise<unknown> = Promise.resolve();
  let known: { commits: unknown; version: StoreVersion | undefined } = {
    commits: undefined,
    version: undefined,
  };

  /** How many write transactions were committed, by any process: a row, which a replica and a pooler pass on as well. */
  async function commits(): Promise<unknown> {
    const [row] = await readers.values('select "commits" from "storeState"');
    // Cast: each row is the list of its values.
    return (row as unknown[])[0];
  }

  async function exclusively<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const client = await connect(writers, address);
    const connection = new Connection(client, address.name);
    let failure: Error | undefined;
    try {
      await connection.exec('begin');
      // Loads of all processes wait for one another: the numbers of changes are then in the order in which they are seen.
      await connection.values('select pg_advisory_xact_lock($1)', [WRITE_LOCK]);
      const result = await work(databaseOver((text, values) => connection.values(text, values)));
      await connection.exec('update "storeState" set "commits" = "commits" + 1');
      await connection.exec('commit');
      return result;
    } catch (error) {
      await connection.exec('rollback').catch((lost: Error) => {
        failure = lost;
      });
      throw error;
    } finally {
      client.release(failure);
    }
  }

  return {
    db: readers.db,
    workers: heavy.db,
    transaction(work) {
      const result = last.then(() => exclusively(work));
      last = result.catch(() => undefined);
      return result;
    },
    snapshot: () => snapshots.open(),
    async ping() {
      await commits();
    },
    async version() {
      const now = await commits();
      if (known.version && known.commits === now) return known.version;
      const version = await storeVersion(readers.db);
      known = { commits: now, version };
      return version;
    },
    async lag() {
      if (!replica) return null;
      const [row] = await readers.values(LAG);
      // Cast: each row is the list of its values.
      return Number((row as unknown[])[0]);
    },
    async close() {
      await last;
      await Promise.all([readers.close(), heavy.close(), snapshots.close(), writers.end()]);
    },
  };
}
