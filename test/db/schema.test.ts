import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/db/openStore.ts';
import * as vocabulary from '../../src/domain/vocabularies.ts';
import { temporaryFolder } from '../support/store.ts';

const folder = temporaryFolder();
let database: SQLite.Database;

beforeAll(async () => {
  const store = await openStore(`file:${folder.path}/attest.db`);
  await store.close();
  database = new SQLite(join(folder.path, 'attest.db'));
});
afterAll(() => {
  database.close();
  folder.remove();
});

const tableNames = (): string[] =>
  (database.pragma('table_list') as { name: string; type: string }[])
    .filter(({ name, type }) => type === 'table' && !/^(sqlite|__drizzle)/.test(name))
    .map(({ name }) => name);

test('every table is strict', () => {
  const lax = (database.pragma('table_list') as { name: string; type: string; strict: number }[])
    .filter(({ name, type }) => type === 'table' && !/^(sqlite|__drizzle)/.test(name))
    .filter(({ strict }) => strict === 0);
  expect(lax).toEqual([]);
  expect(tableNames().length).toBeGreaterThan(20);
});

test('every foreign key is led by an index, so that neither filters nor deletes scan', () => {
  // Who defined a shared record is asked for only when a whole dataset is loaded.
  const exempt = ['definedBy', 'republisher'];
  const missing = tableNames().flatMap((table) => {
    const leading = new Set(
      (database.pragma(`index_list("${table}")`) as { name: string }[]).map(
        ({ name }) => (database.pragma(`index_info("${name}")`) as { name: string }[])[0]?.name,
      ),
    );
    return (database.pragma(`foreign_key_list("${table}")`) as { from: string }[])
      .filter(({ from }) => !leading.has(from) && !exempt.includes(from))
      .map(({ from }) => `${table}.${from}`);
  });
  expect(missing).toEqual([]);
});

test.each([
  ['events', 'type', vocabulary.words(vocabulary.eventTypes)],
  ['events', 'mode', vocabulary.modes],
  ['events', 'status', vocabulary.words(vocabulary.eventStatuses)],
  ['eventParticipants', 'role', vocabulary.words(vocabulary.participantRoles)],
  ['actors', 'kind', vocabulary.words(vocabulary.actorKinds)],
  ['sources', 'kind', vocabulary.words(vocabulary.sourceKinds)],
  ['sourceContributors', 'role', vocabulary.words(vocabulary.contributorRoles)],
  ['statements', 'form', vocabulary.words(vocabulary.statementForms)],
  ['statements', 'medium', vocabulary.words(vocabulary.statementMedia)],
  ['claims', 'kind', vocabulary.words(vocabulary.claimKinds)],
  ['claims', 'standing', vocabulary.words(vocabulary.standings)],
  ['positions', 'stance', vocabulary.words(vocabulary.stances)],
  ['changes', 'action', vocabulary.words(vocabulary.changeActions)],
  ['changes', 'kind', vocabulary.words(vocabulary.recordKinds)],
])('%s.%s takes only the words of its vocabulary', (table, column, words) => {
  const { sql } = database.prepare('select sql from sqlite_master where name = ?').get(table) as {
    sql: string;
  };
  const check = new RegExp(`"${column}" in \\(([^)]*)\\)`).exec(sql)?.[1] ?? '';
  expect(check.split(', ').map((word) => word.slice(1, -1))).toEqual([...words]);
});

test('a list filtered by actor and sorted by date reads indexes only', () => {
  const plan = (query: string): string =>
    (
      database.prepare(`explain query plan ${query}`).all(...[...query.matchAll(/\?/g)].map(() => null)) as {
        detail: string;
      }[]
    )
      .map(({ detail }) => detail)
      .join('\n');
  expect(
    plan('select * from events where (sortDay, id) < (?, ?) order by sortDay desc, id desc limit 50'),
  ).toMatch(/USING INDEX eventsByDay/);
  expect(plan('select event from eventParticipants where actor in (?, ?)')).toMatch(
    /eventParticipantsByActor/,
  );
  expect(plan('select event from citations where source in (?) and event is not null')).toMatch(
    /citationsBySource/,
  );
  expect(plan('select event from citations where event is not null and reports is not null')).toMatch(
    /citationsReporting/,
  );
});
