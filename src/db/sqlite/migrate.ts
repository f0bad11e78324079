import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { StoreError } from '../../domain/errors.ts';
import { renewDocuments } from '../documents.ts';
import { renewEventKeys } from '../eventKeys.ts';
import { deriveStandings } from '../filters/standing.ts';
import type { Connection } from './connection.ts';
import { deriveDays, deriveSearch, deriveVoices } from './derive.ts';

// The table in which drizzle-kit's migrations are recorded, as Drizzle's own migrator would make it.
const RECORD = '__drizzle_migrations';

/**
 * Brings a store up to the newest migration of a folder, with all that is derived from its records, in one transaction, and
 * checks that no foreign key dangles before it commits. Drizzle's own migrator cannot do it: it keeps foreign keys on, and SQLite then
 * refuses to drop a table that is rebuilt, which is how every changed CHECK arrives; the pragma that a
 * migration itself contains has no effect inside a transaction.
 * Throws a StoreError when the file is not a store, was migrated by a newer version, or cannot be migrated; the
 * store is then as before.
 */
export async function migrate(connection: Connection, folder: string, path: string): Promise<void> {
  refuseForeign(connection, path);
  refuseNewer(connection, folder, path);
  const pending = readMigrationFiles({ migrationsFolder: folder }).filter(
    ({ folderMillis }) => folderMillis > (newestOf(connection) ?? 0),
  );
  if (pending.length === 0) return;
  connection.pragma('foreign_keys = OFF');
  connection.exec('begin immediate');
  try {
    connection.exec(
      `create table if not exists ${RECORD} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`,
    );
    // Another process may have migrated the store while this one waited for the lock.
    const newest = newestOf(connection) ?? 0;
    for (const { sql, hash, folderMillis } of pending.filter((each) => each.folderMillis > newest)) {
      for (const statement of sql) connection.exec(statement);
      connection.exec(
        `insert into ${RECORD} (hash, created_at) values ('${hash.replaceAll("'", "''")}', ${folderMillis})`,
      );
    }
    deriveDays(connection);
    deriveVoices(connection);
    deriveSearch(connection);
    await deriveStandings(connection.db);
    const [dangling] = connection.rows<{ table: string; parent: string }>('pragma foreign_key_check');
    if (dangling) {
      throw new Error(
        `rows of ${dangling.table} would refer to rows of ${dangling.parent} that do not exist`,
      );
    }
    // What a record has may have changed. Without the table: tests run only the first migrations.
    if (hasTable(connection, 'documents')) await renewDocuments(connection.db);
    if (hasTable(connection, 'eventKeys')) await renewEventKeys(connection.db);
    connection.exec('commit');
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback');
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      'not-migrated',
      `${path} cannot be brought up to this version of Attest and was not changed: ${(error as Error).message}; run the version that wrote it, or report this with that message`,
      { cause: error },
    );
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

/** Refuses a SQLite database that is not a store of Attest. */
function refuseForeign(connection: Connection, path: string): void {
  if (
    hasRecord(connection) ||
    connection.rows("select 1 from sqlite_master where type = 'table'").length === 0
  )
    return;
  throw new StoreError(
    'not-a-store',
    `${path} is a SQLite database of another program: name another file in DATABASE_URL`,
  );
}

/** Refuses a store with migrations that this version does not know: it could misread the store. */
function refuseNewer(connection: Connection, folder: string, path: string): void {
  const journal: { entries: { when: number }[] } = JSON.parse(
    readFileSync(join(folder, 'meta/_journal.json'), 'utf8'),
  );
  if ((newestOf(connection) ?? 0) > Math.max(...journal.entries.map((entry) => entry.when))) {
    throw new StoreError(
      'newer',
      `${path} was written by a newer version of Attest: run that version, or name another file in DATABASE_URL`,
    );
  }
}

/** When the newest migration of a store was made; null when it has none. */
function newestOf(connection: Connection): number | null {
  if (!hasRecord(connection)) return null;
  const [row] = connection.rows<{ newest: number | null }>(`select max(created_at) as newest from ${RECORD}`);
  return row?.newest ?? null;
}

function hasRecord(connection: Connection): boolean {
  return hasTable(connection, RECORD);
}

function hasTable(connection: Connection, name: string): boolean {
  return connection.rows("select 1 from sqlite_master where type = 'table' and name = ?", name).length > 0;
}
