import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { copyStore } from '../../src/db/copy.ts';
import { openStore } from '../../src/db/openStore.ts';
import { fill } from '../bench/filled.ts';
import { ask } from '../support/postgres.ts';
import { run } from '../support/process.ts';
import { event, world } from '../support/records.ts';
import { makeStore, openTestStore, startAppOver, type TestStore, temporaryFolder } from '../support/store.ts';

// `npm run copy`: a store moves between engines with all that clients know of it.

const folder = temporaryFolder();
const file = (name: string): string => `file:${folder.path}/${name}.db`;
const removed: TestStore[] = [];

beforeAll(async () => {
  await makeStore('bundled', file('bundled'));
  const large = await openStore(file('large'));
  await fill(large, { events: 20_000, claims: 2_000 });
  await large.close();
});
afterEach(async () => {
  for (const each of removed.splice(0)) await each.remove();
});
afterAll(() => folder.remove());

/** A database of PostgreSQL that is removed after the test. */
async function database(contents: 'empty' | 'bundled' = 'empty'): Promise<TestStore> {
  const opened = await openTestStore({}, contents);
  removed.push(opened);
  return opened;
}

async function copied(from: string, to: string): Promise<{ code: number | null; output: string }> {
  const running = run('src/cli/copy.ts', ['--from', from, '--to', to], {});
  return { code: await running.exited, output: running.output() };
}

const PATHS = [
  '/v1/datasets',
  '/v1/events?count=true&limit=100',
  '/v1/events?format=ndjson',
  '/v1/claims?format=ndjson',
  '/v1/statements?format=csv',
  '/v1/actors?limit=100&q=ministry',
  '/v1/figures?format=csv',
  '/v1/changes?limit=200',
  '/v1/events/arms-embargo-lifted-2025',
];

/** What clients are answered, entity tags included. */
async function answers(url: string, paths = PATHS): Promise<object[]> {
  const store = await openStore(url);
  const { app, discard } = await startAppOver({ url, store, remove: () => store.close() });
  const all: object[] = [];
  for (const path of paths) {
    const { statusCode, headers, body } = await app.inject(path);
    all.push({ path, statusCode, etag: headers.etag, body });
  }
  await discard();
  return all;
}

test('from SQLite to PostgreSQL and back, answers, entity tags and changes stay the same', async () => {
  const server = await database();
  const first = await copied(file('bundled'), server.url);
  expect(first.output).toMatch(/copied: \d{4,} rows, the same in both stores/);
  expect(first.code).toBe(0);
  expect(await answers(server.url)).toEqual(await answers(file('bundled')));
  // Numbers go on after the highest one, so that a load is possible.
  const [last] = (await ask(server.url, 'select max("sequence")::int as n from changes')) as { n: number }[];
  const app = await startAppOver({ ...(await reopened(server.url)) });
  await app.load(world({ events: [event('later')] }));
  const { body } = await app.get(`/v1/changes?since=${last?.n}`);
  expect(body.items[0].sequence).toBe((last?.n ?? 0) + 1);
  await app.close();
  const back = file('back');
  expect((await copied(server.url, back)).code).toBe(0);
  expect(await answers(back)).toEqual(await answers(server.url));
  const again = await copied(server.url, back);
  expect(again.code).toBe(0);
  expect(again.output).toContain('nothing to copy');
});

async function reopened(url: string): Promise<TestStore> {
  const store = await openStore(url);
  return { url, store, remove: () => store.close() };
}

test.each(['to PostgreSQL', 'to SQLite'])(
  'a copy %s that is killed cannot be served, and goes on when it is run again',
  async (direction) => {
    const server = await database();
    const target = direction === 'to SQLite' ? file('killed') : server.url;
    let source = file('large');
    if (direction === 'to SQLite') {
      expect((await copied(source, server.url)).code).toBe(0);
      source = server.url;
    }
    const running = run('src/cli/copy.ts', ['--from', source, '--to', target], {});
    await running.printed('copying events,');
    running.child.kill('SIGKILL');
    await running.exited;
    await expect(openStore(target)).rejects.toMatchObject({ code: 'incomplete' });
    const other = await copied(file('bundled'), target);
    expect(other.output).toContain('a part of another store');
    expect(other.code).toBe(1);
    const rest = await copied(source, target);
    expect(rest.output).toContain('completed an interrupted copy');
    // Tables that were whole are not copied again.
    expect(rest.output).not.toContain('copying actors');
    expect(rest.code).toBe(0);
    const paths = ['/v1/events?format=csv', '/v1/claims?count=true', '/v1/search?q=embargo', '/v1/datasets'];
    expect(await answers(target, paths)).toEqual(await answers(source, paths));
  },
);

test('a target that has something else is refused, and not changed', async () => {
  const server = await database();
  const app = await startAppOver(await reopened(server.url));
  await app.load(world({ events: [event('a')] }));
  const before = await app.store.version();
  const { code, output } = await copied(file('bundled'), server.url);
  expect([code, output.trim()]).toEqual([
    1,
    'copy: the target already has other records and was not changed: copy into an empty store',
  ]);
  expect(await app.store.version()).toEqual(before);
  await app.close();
});

test('a file that is not there is named, and not made', async () => {
  const { output, code } = await copied(file('mistyped'), file('target'));
  expect([code, output.trim()]).toEqual([
    1,
    `copy: there is no file ${folder.path}/mistyped.db: see whether --from or --to names the store`,
  ]);
  expect(readdirSync(folder.path).filter((name) => /^(mistyped|target)/.test(name))).toEqual([]);
});

test('an empty store is not copied, and rows that differ are found', async () => {
  const empty = await database();
  const { output, code } = await copied(empty.url, file('nothing'));
  expect([code, output]).toEqual([1, expect.stringContaining('the store to copy is empty')]);
  const server = await database();
  expect((await copied(file('bundled'), server.url)).code).toBe(0);
  await ask(server.url, `update "events" set "title" = 'Another' where "id" = 'arms-embargo-lifted-2025'`);
  const from = await openStore(file('bundled'));
  const to = await openStore(server.url, { copying: true });
  await expect(copyStore(from, to)).rejects.toThrow('the table events has');
  await Promise.all([from.close(), to.close()]);
});
