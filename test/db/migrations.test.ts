import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SQLite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { completeMigration } from '../../src/db/sqlite/completeMigration.ts';
import { openSqliteStore } from '../../src/db/sqlite/store.ts';
import { copyTemplate, temporaryFolder } from '../support/store.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));
const shipped = readdirSync(MIGRATIONS)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => readFileSync(join(MIGRATIONS, name), 'utf8'));

const loaded = temporaryFolder();
let folder: ReturnType<typeof temporaryFolder>;
let url: string;
beforeAll(async () => {
  await copyTemplate('bundled', join(loaded.path, 'attest.db'));
});
beforeEach(() => {
  folder = temporaryFolder();
  url = `file:${folder.path}/attest.db`;
  cpSync(join(loaded.path, 'attest.db'), join(folder.path, 'attest.db'));
});
afterEach(() => folder.remove());
afterAll(() => loaded.remove());

/** The migrations as shipped, and one more, in a folder of their own. */
function migrationsWith(sql: string): string {
  const path = join(folder.path, 'migrations');
  cpSync(MIGRATIONS, path, { recursive: true });
  writeFileSync(join(path, '9999_next.sql'), sql);
  const file = join(path, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8'));
  journal.entries.push({
    idx: 99,
    version: '6',
    when: 4_000_000_000_000,
    tag: '9999_next',
    breakpoints: true,
  });
  writeFileSync(file, JSON.stringify(journal));
  return path;
}

/** What drizzle-kit generates when a CHECK of a table changes: the table anew, its rows copied, its indexes. */
function rebuildOf(table: string): string {
  const database = new SQLite(':memory:');
  for (const migration of shipped) database.exec(migration.replaceAll('--> statement-breakpoint', ''));
  const objects = database
    .prepare<[string], { type: string; sql: string }>(
      'select type, sql from sqlite_master where tbl_name = ? and sql is not null',
    )
    .all(table);
  database.close();
  const created = objects.find(({ type }) => type === 'table')?.sql ?? '';
  return [
    'PRAGMA foreign_keys=OFF;',
    `${created
      .replace(/^CREATE TABLE [`"]\w+[`"]/, `CREATE TABLE \`__new_${table}\``)
      .replace(/ STRICT$/, '')
      .replaceAll(`"${table}".`, `"__new_${table}".`)};`,
    `INSERT INTO \`__new_${table}\` SELECT * FROM \`${table}\`;`,
    `DROP TABLE \`${table}\`;`,
    `ALTER TABLE \`__new_${table}\` RENAME TO \`${table}\`;`,
    'PRAGMA foreign_keys=ON;',
    ...objects.filter(({ type }) => type === 'index').map(({ sql }) => `${sql};`),
  ].join('\n--> statement-breakpoint\n');
}

/** Everything in the store, to compare what it was with what it is. */
function contents(): {
  schema: unknown;
  rows: Record<string, unknown[]>;
  faults: unknown[];
  sequences: unknown;
} {
  const database = new SQLite(join(folder.path, 'attest.db'), { readonly: true });
  const schema = database
    .prepare(
      "select type, name, tbl_name from sqlite_master where name not like '%autoindex%' order by type, name",
    )
    .all();
  const tables = database
    .prepare<[], { name: string }>(
      "select name from pragma_table_list where type = 'table' and schema = 'main' and name not like '\\_\\_%' escape '\\' and name not like 'sqlite%'",
    )
    .all();
  const rows = Object.fromEntries(
    tables.map(({ name }) => [name, database.prepare(`select * from "${name}"`).all()]),
  );
  const faults = [
    ...database.prepare('pragma foreign_key_check').all(),
    ...database
      .prepare('pragma integrity_check')
      .all()
      .filter((row) => !Object.values(row as object).includes('ok')),
  ];
  const sequences = database.prepare('select name, seq from sqlite_sequence order by name').all();
  database.close();
  return { schema, rows, faults, sequences };
}

// One of each kind: referred to by many, referring to itself, a link, with a partial index, with triggers and a
// full-text index on it, numbered, referred to by nothing.
const KINDS = [
  'events',
  'actors',
  'topics',
  'claims',
  'eventParticipants',
  'citations',
  'searchDocuments',
  'changes',
  'passages',
];

describe('a table is rebuilt in a store that holds data', () => {
  test.each(KINDS)('%s keeps its rows, indexes and triggers, and nothing dangles', async (table) => {
    const before = contents();
    const migrations = migrationsWith(completeMigration(rebuildOf(table), shipped));
    const store = await openSqliteStore(url, { migrations });
    await store.close();
    const after = contents();
    expect(after.faults).toEqual([]);
    expect(after.schema).toEqual(before.schema);
    expect(after.sequences).toEqual(before.sequences);
    expect(after.rows).toEqual(before.rows);
  });

  test('a word can be added to a vocabulary, and is accepted afterwards', async () => {
    const rebuilt = rebuildOf('events').replace(/('occurred'), /, "$1, 'postponed', ");
    expect(rebuilt).toContain("'postponed'");
    const store = await openSqliteStore(url, {
      migrations: migrationsWith(completeMigration(rebuilt, shipped)),
    });
    await store.close();
    const database = new SQLite(join(folder.path, 'attest.db'));
    expect(database.prepare("update events set status = 'postponed'").run().changes).toBeGreaterThan(50);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.close();
  });

  test('every rebuilt table is strict, and what is searched is still found', async () => {
    const migrations = migrationsWith(completeMigration(rebuildOf('searchDocuments'), shipped));
    const store = await openSqliteStore(url, { migrations });
    await store.close();
    const database = new SQLite(join(folder.path, 'attest.db'));
    expect(
      database.prepare("select strict from pragma_table_list where name = 'searchDocuments'").get(),
    ).toEqual({ strict: 1 });
    database
      .prepare(
        "insert into searchDocuments (kind, id, title, body, titleTerms) values ('event', 'x', 'Zyzzyva sighted', '', 'zyzzyva sighted')",
      )
      .run();
    expect(
      database.prepare(`select rowid from "searchIndex" where "searchIndex" match 'zyzzyva'`).all(),
    ).toHaveLength(1);
    database.close();
  });
});

test('what is derived from dates is derived anew for rows of an earlier version', async () => {
  const before = contents();
  const database = new SQLite(join(folder.path, 'attest.db'));
  for (const table of ['sources', 'affiliations', 'events', 'statements', 'positions'])
    database.exec(
      `update ${table} set sortDayDescending = '', sortDay = '2000-01-01', boundedEarliest = null, boundedLatest = null, begunBy = null, lastsUntil = null`,
    );
  database.exec("update claims set sortDayDescending = '', sortDay = '2000-01-01'");
  database.close();
  expect(contents().rows).not.toEqual(before.rows);
  const store = await openSqliteStore(url, { migrations: migrationsWith('SELECT 1;') });
  await store.close();
  expect(contents().rows).toEqual(before.rows);
});

test('a migration that would leave dangling rows is rolled back and says so in one line', async () => {
  const before = contents();
  const migrations = migrationsWith('DELETE FROM `actors`;');
  await expect(openSqliteStore(url, { migrations })).rejects.toMatchObject({
    name: 'StoreError',
    code: 'not-migrated',
    message: expect.stringMatching(
      /and was not changed: rows of \w+ would refer to rows of actors that do not exist/,
    ),
  });
  expect(contents()).toEqual(before);
});

test('a migration that fails is rolled back and says so in one line', async () => {
  const before = contents();
  const migrations = migrationsWith(
    'DELETE FROM `passages`;\n--> statement-breakpoint\nDROP TABLE `nowhere`;',
  );
  await expect(openSqliteStore(url, { migrations })).rejects.toMatchObject({ code: 'not-migrated' });
  expect(contents()).toEqual(before);
});

test('completing a migration twice, or one that needs nothing, changes nothing', () => {
  const completed = completeMigration(rebuildOf('events'), shipped);
  expect(completeMigration(completed, shipped)).toBe(completed);
  const [first = '', second = ''] = shipped;
  expect(completeMigration(second, [first])).toBe(second);
});
