import { readdirSync, readFileSync } from 'node:fs';
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api';
import { expect, test } from 'vitest';
import * as postgres from '../../src/db/postgres/migrationTables.ts';
import * as sqlite from '../../src/db/sqlite/migrationTables.ts';
import { tables } from '../../src/db/tables.ts';

// The migrations that are committed make the tables as they are defined: otherwise `npm run migration` was forgotten.

/** The newest snapshot that drizzle-kit keeps beside the migrations of an engine. */
function snapshotOf(engine: string) {
  const folder = `migrations/${engine}/meta`;
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('_snapshot.json'))
    .sort()
    .at(-1);
  return JSON.parse(readFileSync(`${folder}/${newest}`, 'utf8'));
}

test('those of PostgreSQL', async () => {
  expect(Object.keys(postgres).sort()).toEqual(Object.keys(tables).sort());
  expect(await generateMigration(snapshotOf('postgres'), generateDrizzleJson(postgres))).toEqual([]);
});

test('those of SQLite', async () => {
  expect(Object.keys(sqlite).sort()).toEqual(Object.keys(tables).sort());
  expect(
    await generateSQLiteMigration(snapshotOf('sqlite'), await generateSQLiteDrizzleJson(sqlite)),
  ).toEqual([]);
});
