import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { SeedFile } from '../../src/seed/files/format.ts';
import { ask, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { type Running, run } from '../support/process.ts';
import { actor, cite, event, source, topic } from '../support/records.ts';
import { temporaryFolder } from '../support/store.ts';

// Servers and commands as processes of their own over one PostgreSQL, which starts, stops and crashes.

let postgres: PostgresServer;
let running: Running[] = [];
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
  postgres = await startPostgres();
  await ask(postgres.urlOf('postgres'), 'create database attest');
  running = [];
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const each of running) {
    each.child.kill('SIGKILL');
    await each.exited;
  }
  postgres.remove();
  folder.remove();
});

function start(script = 'src/server.ts', args: string[] = [], more: Record<string, string> = {}): Running {
  const started = run(script, args, {
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: postgres.urlOf('attest'),
    ...more,
  });
  running.push(started);
  return started;
}

/** The address a server printed. */
async function address(server: Running): Promise<string> {
  await server.printed('OpenAPI');
  return /API +(http:\/\/[^/]+)\//.exec(server.output())?.[1] ?? '';
}

/** Writes a dataset file with one event. */
function datasetOf(id: string): string {
  const path = `${folder.path}/${id}`;
  mkdirSync(path, { recursive: true });
  const file: SeedFile = {
    dataset: { id, title: id, description: id, licence: 'none', citation: id, version: '1.0.0' },
    topics: [topic(`${id}-topic`)],
    actors: [actor(`${id}-actor`)],
    sources: [source(`${id}-daily`)],
    events: [
      event(`${id}-event`, {
        participants: [{ actor: `${id}-actor`, role: 'participant' }],
        topics: [`${id}-topic`],
        citations: [cite(`${id}-daily`)],
      }),
    ],
  };
  writeFileSync(`${path}/dataset.yaml`, stringify(file, { aliasDuplicateObjects: false }));
  return path;
}

test('several servers start at once over an empty database, and each shows at once what a command loads', async () => {
  // Behind one address, as behind a proxy, one question has one tag.
  const together = () => start('src/server.ts', [], { PUBLIC_URL: 'https://example.org' });
  const bases = await Promise.all([together(), together(), together()].map(address));
  const numbers = async (): Promise<number[]> =>
    Promise.all(
      bases.map(async (base) => {
        const response = await fetch(`${base}/v1/events?limit=1&count=true`);
        return ((await response.json()) as { total: number }).total;
      }),
    );
  const [before = 0] = await numbers();
  expect(before).toBeGreaterThan(50);
  // One of them loaded the bundled dataset, and the others found it there.
  const [loads] = (await ask(
    postgres.urlOf('attest'),
    `select count(*)::int as number from changes where kind = 'dataset'`,
  )) as { number: number }[];
  expect(loads?.number).toBe(1);
  const tags = async (): Promise<(string | null)[]> =>
    Promise.all(bases.map(async (base) => (await fetch(`${base}/v1/events`)).headers.get('etag')));
  const [tag] = await tags();
  const seed = start('src/cli/seed.ts', [datasetOf('more')]);
  expect([await seed.exited, seed.output()]).toEqual([0, expect.stringContaining('1 added')]);
  expect(await numbers()).toEqual([before + 1, before + 1, before + 1]);
  expect(new Set([tag, ...(await tags())]).size).toBe(2);
});

test('loads of several processes wait for one another', async () => {
  const seeds = ['one', 'two', 'three'].map((id) => start('src/cli/seed.ts', [datasetOf(id)]));
  for (const seed of seeds)
    expect([await seed.exited, seed.output()]).toEqual([0, expect.stringContaining('1 added')]);
  const changes = (await ask(postgres.urlOf('attest'), 'select dataset from changes order by sequence')) as {
    dataset: string;
  }[];
  // The changes of each load are in a row.
  const runs = changes.filter(({ dataset }, index) => dataset !== changes[index - 1]?.dataset);
  expect(runs).toHaveLength(3);
});

test.each([
  ['postgres', 'better-sqlite3', () => postgres.urlOf('attest')],
  ['file', 'pg', () => `file:${folder.path}/attest.db`],
])('with a %s: URL, nothing of %s is loaded', async (_scheme, forbidden, url) => {
  const hook = `import { registerHooks } from 'node:module'; registerHooks({ resolve(name, context, next) {
    if (name === '${forbidden}') throw new Error('loads ${forbidden}');
    return next(name, context);
  } });`;
  const server = start('src/server.ts', [], {
    DATABASE_URL: url(),
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
  });
  const base = await address(server);
  expect((await fetch(`${base}/v1/graph?limit=1`)).status).toBe(200);
});

test('a server without its database says so, and serves again by itself when the database is back', async () => {
  const base = await address(start());
  const answers: { at: number; status: number; took: number; retry: string | null; wrong: boolean }[] = [];
  const expected = await (await fetch(`${base}/v1/events?limit=3`)).text();
  const paths = ['/v1/events?limit=3', '/v1/graph?limit=5', '/v1/events?format=csv', '/v1/search?q=trade'];
  let asking = true;
  const client = async (path: string): Promise<void> => {
    while (asking) {
      const at = performance.now();
      // An export that is cut is an error of its connection, as it has to be.
      const [status, retry, body] = await fetch(`${base}${path}`)
        .then(
          async (response): Promise<[number, string | null, string]> => [
            response.status,
            response.headers.get('retry-after'),
            await response.text(),
          ],
        )
        .catch((): [number, null, string] => [0, null, '']);
      const wrong = status === 200 && path === paths[0] && body !== expected;
      answers.push({ at, status, retry, took: performance.now() - at, wrong });
      await delay(5);
    }
  };
  const clients = paths.flatMap((path) => [client(path), client(path)]);
  const ready = async (): Promise<number> => (await fetch(`${base}/health/ready`)).status;
  for (const how of ['immediate', 'fast'] as const) {
    await delay(1_000);
    postgres.stop(how);
    await expect.poll(ready, { timeout: 5_000 }).toBe(503);
    await delay(1_000);
    const down = answers.slice(-20).filter(({ status }) => status !== 0);
    expect(new Set(down.map(({ status }) => status))).toEqual(new Set([503]));
    expect(down.every(({ retry }) => Number(retry) > 0)).toBe(true);
    postgres.start();
    await expect.poll(ready, { timeout: 10_000 }).toBe(200);
    await delay(500);
    const back = answers.length;
    await expect.poll(() => answers.length, { timeout: 10_000 }).toBeGreaterThan(back + 50);
    expect(new Set(answers.slice(back + 10).map(({ status }) => status))).toEqual(new Set([200]));
  }
  asking = false;
  await Promise.all(clients);
  expect(answers.filter(({ wrong }) => wrong)).toEqual([]);
  expect(new Set(answers.map(({ status }) => status))).not.toContain(500);
  expect(Math.max(...answers.map(({ took }) => took))).toBeLessThan(10_000);
});

test('a server does not start without its database, and says why in one line', async () => {
  postgres.stop('fast');
  const server = start();
  expect(await server.exited).toBe(1);
  expect(server.output()).toMatch(
    /^attest: the PostgreSQL server of postgres:\/\/127\.0\.0\.1:\d+\/attest cannot be reached: .*\n$/,
  );
});
