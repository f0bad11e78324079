import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { StoreError } from '../../domain/errors.ts';
import { renewDocuments } from '../documents.ts';
import { renewEventKeys } from '../eventKeys.ts';
import { deriveStandings } from '../filters/standing.ts';
import { type Connection, databaseOver } from './connection.ts';

// The table in which drizzle-kit's migrations are recorded, as in a SQLite store.
const RECORD = '__drizzle_migrations';

/** The key of the advisory lock under which a store is written: migrations and loads of all processes wait for one another. */
export const WRITE_LOCK = 0x41747465;

/**
 * Brings a store up to the newest migration of a folder, with all that is derived from its records, in one transaction. Of several processes one migrates, while the others wait.
 * Throws a StoreError when the database is not a store, was migrated by a newer version, or cannot be migrated; it is
 * then as before.
 */
export async function migrate(connection: Connection, folder: string, name: string): Promise<void> {
  await refuseEncoding(connection, name);
  await refuseForeign(connection, name);
  await refuseNewer(connection, folder, name);
  const all = readMigrationFiles({ migrationsFolder: folder });
  const applied = await newestOf(connection);
  if (all.every(({ folderMillis }) => folderMillis <= applied)) return;
  await connection.exec('begin');
  try {
    await connection.values('select pg_advisory_xact_lock($1)', [WRITE_LOCK]);
    await connection.exec(
      `create table if not exists "${RECORD}" (id serial primary key, hash text not null, created_at bigint)`,
    );
    // Another process may have migrated the store while this one waited for the lock.
    const newest = await newestOf(connection);
    for (const { sql, hash, folderMillis } of all.filter((each) => each.folderMillis > newest)) {
      for (const statement of sql) await connection.exec(statement);
      await connection.values(`insert into "${RECORD}" (hash, created_at) values ($1, $2)`, [
        hash,
        folderMillis,
      ]);
    }
    // What is derived from the records, or how, may have changed.
    const db = databaseOver((text, values) => connection.values(text, values));
    await deriveStandings(db);
    await renewDocuments(db);
    await renewEventKeys(db);
    await connection.exec('commit');
  } catch (error) {
    await connection.exec('rollback').catch(() => undefined);
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      'not-migrated',
      `${name} cannot be brought up to this version of Attest and was not changed: ${(error as Error).message}; run the version that wrote it, or report this with that message`,
      { cause: error },
    );
  }
}

/** Refuses a database that cannot have every text. */
async function refuseEncoding(connection: Connection, name: string): Promise<void> {
  const [encoding] = await firstRow(connection, 'show server_encoding');
  if (encoding === 'UTF8') return;
  throw new StoreError(
    'unusable',
    `${name} has the encoding ${String(encoding)}: create a database with the encoding UTF8`,
  );
}

/** Refuses a database that has tables of another program. */
async function refuseForeign(connection: Connection, name: string): Promise<void> {
  if (await hasRecord(connection)) return;
  const [others] = await firstRow(
    connection,
    'select count(*) from pg_tables where schemaname = current_schema()',
  );
  if (others === 0) return;
  throw new StoreError(
    'not-a-store',
    `${name} has tables of another program: name an empty database in DATABASE_URL`,
  );
}

/** Refuses a store with migrations that this version does not know: it could misread the store. */
async function refuseNewer(connection: Connection, folder: string, name: string): Promise<void> {
  const journal: { entries: { when: number }[] } = JSON.parse(
    readFileSync(join(folder, 'meta/_journal.json'), 'utf8'),
  );
  if ((await newestOf(connection)) <= Math.max(...journal.entries.map((entry) => entry.when))) return;
  throw new StoreError(
    'newer',
    `${name} was written by a newer version of Attest: run that version, or name another database in DATABASE_URL`,
  );
}

/** When the newest migration of a store was made; 0 when it has none. */
async function newestOf(connection: Connection): Promise<number> {
  if (!(await hasRecord(connection))) return 0;
  const [newest] = await firstRow(connection, `select coalesce(max(created_at), 0) from "${RECORD}"`);
  return Number(newest);
}

async function hasRecord(connection: Connection): Promise<boolean> {
  const [record] = await firstRow(connection, `select to_regclass('"${RECORD}"')::text`);
  return record !== null;
}

async function firstRow(connection: Connection, text: string): Promise<unknown[]> {
  const [row] = await connection.values(text);
  // Cast: each row is the list of its values.
  return row as unknown[];
}
