import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Running, run } from '../support/process.ts';
import { copyTemplate, temporaryFolder } from '../support/store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let running: Running[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  running = [];
});
afterEach(async () => {
  for (const each of running) {
    each.child.kill('SIGKILL');
    await each.exited;
  }
  folder.remove();
});

function start(environment: Record<string, string> = {}): Running {
  const server = run('src/server.ts', [], {
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: `file:${folder.path}/data/attest.db`,
    ...environment,
  });
  running.push(server);
  return server;
}

/** Lays the store down that a server with the bundled dataset leaves when it ends. */
async function servedBefore(): Promise<string> {
  mkdirSync(join(folder.path, 'data'));
  const path = join(folder.path, 'data/attest.db');
  await copyTemplate('bundled', path);
  return path;
}

/** The address a server printed. */
async function address(server: Running): Promise<string> {
  await server.printed('OpenAPI');
  return /API +(http:\/\/[^/]+)\//.exec(server.output())?.[1] ?? '';
}

test('starts from nothing, serves the bundled dataset on loopback, and closes cleanly on SIGTERM', async () => {
  const server = start();
  const base = await address(server);
  expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(server.output()).toContain('Attest serves cambodia-us');
  expect(await (await fetch(`${base}/health/live`)).json()).toEqual({ status: 'live' });
  expect(await (await fetch(`${base}/health/ready`)).json()).toEqual({ status: 'ready' });
  const { items } = (await (await fetch(`${base}/v1/events?limit=1`)).json()) as { items: unknown[] };
  expect(items).toHaveLength(1);
  server.child.kill('SIGTERM');
  expect(await server.exited).toBe(0);
  // The file is complete by itself: nothing remains in the write-ahead log.
  const database = new SQLite(join(folder.path, 'data/attest.db'), { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
});

test.each(['SIGTERM', 'SIGKILL'] as const)('no worker outlives a server that ends by %s', async (signal) => {
  await servedBefore();
  const server = start({ WORKERS: '2' });
  const base = await address(server);
  const workers = (): string[] =>
    execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes('worker.ts') && line.includes(folder.path));
  // Started when they are first needed, as many as are needed at once: two for slow queries, one for quick ones.
  expect(workers()).toHaveLength(0);
  const graphs = await Promise.all([1, 2, 3, 4].map((limit) => fetch(`${base}/v1/graph?limit=${limit}`)));
  expect(graphs.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(workers()).toHaveLength(3);
  server.child.kill(signal);
  await server.exited;
  await expect.poll(workers, { timeout: 5_000 }).toHaveLength(0);
});

test('starts again on the store it left, and leaves a newer dataset alone', async () => {
  const database = new SQLite(await servedBefore());
  const count = () =>
    (database.prepare('select count(*) as rows from changes').get() as { rows: number }).rows;
  const changes = count();
  const second = start();
  await address(second);
  expect(count()).toBe(changes);
  second.child.kill('SIGTERM');
  await second.exited;
  database.prepare("update datasets set version = '999.0.0'").run();
  const third = start();
  await address(third);
  expect(third.output()).toContain('999.0.0 (newer than the bundled');
  database.close();
});

test('starts on a store in which another dataset has defined one of its actors, and says that it stays', async () => {
  const dataset = join(folder.path, 'other.yaml');
  writeFileSync(
    dataset,
    `dataset: { id: other, title: O, description: O, licence: CC0-1.0, citation: O, version: 1.0.0 }
actors:
  - { id: thailand, name: Siam, kind: state, description: The kingdom }
`,
  );
  const url = `file:${folder.path}/data/attest.db`;
  expect(await run('src/cli/seed.ts', [dataset], { DATABASE_URL: url }).exited).toBe(0);
  const server = start();
  const base = await address(server);
  expect(server.output()).toContain('dataset other already defines actor thailand: its definitions count');
  expect(await (await fetch(`${base}/v1/actors/thailand`)).json()).toMatchObject({ name: 'Siam' });
});

test('links begin at PUBLIC_URL, and the first requests are not refused for the work of the start', async () => {
  await servedBefore();
  const base = await address(start({ PUBLIC_URL: 'https://example.org/attest/' }));
  const paths = [
    '/openapi.json',
    '/openapi.yaml',
    '/v1/events?format=atom&limit=1',
    '/v1',
    '/docs/',
    '/metrics',
  ];
  const answers = await Promise.all([...paths, ...paths, ...paths].map((path) => fetch(base + path)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const [json = '', yaml, feed] = await Promise.all(answers.slice(0, 3).map((answer) => answer.text()));
  expect(JSON.parse(json).servers[0].url).toBe('https://example.org/attest');
  expect(yaml).toContain('https://example.org/attest');
  expect(feed).toContain('href="https://example.org/attest/v1/events?format=atom&amp;limit=1"');
});

describe('a start that cannot succeed ends in one clear line', () => {
  async function failure(environment: Record<string, string>): Promise<string> {
    const server = start(environment);
    expect(await server.exited).toBe(1);
    expect(server.output().trim().split('\n')).toHaveLength(1);
    expect(server.output()).not.toContain('    at ');
    return server.output();
  }

  // What readConfig refuses, setting by setting, is tested in test/config.test.ts.
  test.each([
    [
      { PORT: 'http', TRUST_PROXY: '1' },
      'PORT=http: must be a whole number from 0 to 65535; TRUST_PROXY=1: ',
    ],
    [{ ARTICLES_DIR: '/nowhere' }, 'ARTICLES_DIR=/nowhere: must be a folder that exists'],
    [
      { PUBLIC_URL: 'ftp://example.org' },
      'PUBLIC_URL=ftp://example.org: must be where clients reach the API',
    ],
    [{ DATABASE_URL: 'postgres://127.0.0.1:1/attest' }, 'postgres://127.0.0.1:1/attest cannot be reached: '],
    [{ DATABASE_URL: './attest.db' }, 'is neither a file: nor a postgres: URL'],
    [{ DATABASE_URL: 'file:/x/%ZZ.db' }, 'has a % that is followed by no two hexadecimal digits'],
    [{ DATABASE_URL: 'file:/x/a%00b.db' }, 'has a NUL character'],
    [{ DATABASE_URL: 'file::memory:' }, 'names no file'],
    [{ DATABASE_URL: 'file:/proc/x/y.db' }, 'cannot write /proc/x/y.db (ENOENT)'],
    [{ DATABASE_URL: `file:/tmp/${'x'.repeat(300)}.db` }, 'cannot write'],
    [{ HOST: 'fe80::1' }, 'HOST fe80::1 '],
    [{ HOST: 'nowhere.invalid' }, 'HOST nowhere.invalid is no address of this machine'],
    [{ HOST: '203.0.113.7' }, 'HOST 203.0.113.7 is no address of this machine'],
  ])('%o', async (environment, line) => {
    expect(await failure(environment as Record<string, string>)).toContain(line);
  });

  test('a port in use', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as net.AddressInfo;
    expect(await failure({ PORT: String(port) })).toContain(`port ${port} on 127.0.0.1 is in use: set PORT`);
    other.close();
  });

  test('a folder that cannot be', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    expect(await failure({ DATABASE_URL: `file:${folder.path}/file/attest.db` })).toContain('cannot write');
    expect(await failure({ DATABASE_URL: 'file:/proc/attest.db' })).toContain('cannot write');
    mkdirSync(join(folder.path, 'folder.db'));
    expect(await failure({ DATABASE_URL: `file:${folder.path}/folder.db` })).toContain('cannot write');
  });

  test('a file that is no database, or one of another program', async () => {
    writeFileSync(
      join(folder.path, 'text.db'),
      'not a database, but long enough to be read as one'.repeat(50),
    );
    expect(await failure({ DATABASE_URL: `file:${folder.path}/text.db` })).toContain(
      'is not a SQLite database',
    );
    const other = new SQLite(join(folder.path, 'other.db'));
    other.exec('create table things (id integer)');
    other.close();
    expect(await failure({ DATABASE_URL: `file:${folder.path}/other.db` })).toContain('of another program');
  });

  test('a full disk', async ({ skip }) => {
    const disk = join(folder.path, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      skip('this user may not mount a small disk');
    }
    try {
      expect(await failure({ DATABASE_URL: `file:${disk}/attest.db` })).toContain('is full: free some space');
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test.each([
    ['its beginning', 0, 'or its beginning is damaged: restore it from a backup'],
    ['the rest of it', 1, 'is damaged (SQLITE_CORRUPT'],
  ])('a store of which %s is overwritten', async (_part, firstPage, line) => {
    const path = await servedBefore();
    const whole = readFileSync(path);
    const end = firstPage === 0 ? 4096 : whole.length;
    writeFileSync(path, whole.fill(0xa5, firstPage * 4096, end));
    expect(await failure({})).toContain(line);
  });

  test('a store from a newer version', async () => {
    const database = new SQLite(await servedBefore());
    database
      .prepare("insert into __drizzle_migrations (hash, created_at) values ('later', 9999999999999)")
      .run();
    database.close();
    expect(await failure({})).toContain('was written by a newer version of Attest');
  });
});

describe('a signal to end', () => {
  /** A client that asks for more than the system keeps for it, and reads no further than the beginning. */
  async function stalled(base: string): Promise<net.Socket> {
    const { hostname, port } = new URL(base);
    const socket = net.connect(Number(port), hostname);
    socket.write('GET /v1/events?limit=100 HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(200));
    await once(socket, 'data');
    socket.pause();
    return socket;
  }

  test('answers in progress are finished', async () => {
    await servedBefore();
    const server = start({ CLOSE_TIMEOUT: '60' });
    const base = await address(server);
    const download = await fetch(`${base}/v1/events?format=ndjson`);
    server.child.kill('SIGTERM');
    const lines = (await download.text()).trim().split('\n');
    expect(lines).toHaveLength(Number(download.headers.get('x-total-count')));
    expect(await server.exited).toBe(0);
  });

  test('what goes on longer than CLOSE_TIMEOUT is cut, counted, and no failure', async () => {
    await servedBefore();
    const server = start({ CLOSE_TIMEOUT: '0', LOG_LEVEL: 'warn' });
    const base = await address(server);
    const sockets = await Promise.all([1, 2].map(() => stalled(base)));
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    for (const socket of sockets) socket.destroy();
    expect(server.output()).toMatch(/"answers":[1-9]\d*,"msg":"answers were cut: CLOSE_TIMEOUT was over"/);
  });
});

test('more connections than the system has descriptors do not end the server', async () => {
  const path = await servedBefore();
  const server = spawn('bash', ['-c', `ulimit -n 400 && exec "$0" src/server.ts`, process.execPath], {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: `file:${path}`,
    },
  });
  try {
    const [printed] = await once(server.stdout, 'data');
    const { port } = new URL(/http:\/\/[^/]+/.exec(String(printed))?.[0] ?? '');
    const sockets = Array.from({ length: 500 }, () =>
      net.connect(Number(port), '127.0.0.1').on('error', () => undefined),
    );
    await expect
      .poll(() => sockets.filter(({ readyState }) => readyState === 'open').length)
      .toBeLessThan(200);
    for (const socket of sockets) socket.destroy();
    const healthy = async () =>
      (await fetch(`http://127.0.0.1:${port}/v1/events?format=csv`).catch(() => undefined))?.status;
    await expect.poll(healthy, { timeout: 10_000 }).toBe(200);
    expect(server.exitCode).toBeNull();
  } finally {
    server.kill('SIGKILL');
  }
});

describe('npm run seed', () => {
  const seed = (args: string[]): Running => {
    const each = run('src/cli/seed.ts', args, { DATABASE_URL: `file:${folder.path}/data/attest.db` });
    running.push(each);
    return each;
  };

  test('loads the bundled dataset with a summary, and again without a change', async () => {
    const first = seed([]);
    expect(await first.exited).toBe(0);
    expect(first.output()).toMatch(/event +\d+ added +0 changed +0 unchanged/);
    const second = seed([]);
    expect(await second.exited).toBe(0);
    expect(second.output()).toMatch(/event +0 added +0 changed +\d+ unchanged/);
  });

  test('refuses what it cannot load, in lines of file, line, record and fault', async () => {
    const path = join(folder.path, 'dataset.yaml');
    writeFileSync(path, 'topics:\n  - id: trade\n    lable: Trade\n    description: Trade\n');
    const each = seed([path]);
    expect(await each.exited).toBe(1);
    expect(each.output()).toContain('dataset.yaml:3: topic trade: unknown field "lable"');
    expect(each.output()).toContain('nothing was loaded');
    expect(each.output()).not.toContain('    at ');
    const nowhere = seed([join(folder.path, 'nowhere')]);
    expect(await nowhere.exited).toBe(1);
    expect(nowhere.output()).toContain('no such file or folder');
    const two = seed(['a', 'b']);
    expect(await two.exited).toBe(1);
    expect(two.output()).toContain('Usage: npm run seed');
  });
});
