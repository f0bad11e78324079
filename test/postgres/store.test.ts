import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runFor } from '../../src/db/caller.ts';
import { openStore } from '../../src/db/openStore.ts';
import { openPostgresStore } from '../../src/db/postgres/store.ts';
import type { Store } from '../../src/db/store.ts';
import { tables } from '../../src/db/tables.ts';
import { ask, startPostgres } from '../support/postgres.ts';
import { event, world } from '../support/records.ts';
import { openTestStore, startApp, type TestStore, temporaryFolder } from '../support/store.ts';

// What only PostgreSQL has: connections, limits of time, and a server that other programs use as well.

const { datasets, events } = tables;
let opened: TestStore;
let store: Store;

beforeEach(async () => {
  opened = await openTestStore({ workerTimeout: 500 });
  ({ store } = opened);
});
afterEach(() => opened.remove());

/** What the server does for the database of the test, besides answering this question. */
async function activity(): Promise<string[]> {
  const rows = (await ask(
    opened.url,
    `select state from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = 'attest' and state <> 'idle'`,
  )) as { state: string }[];
  return rows.map(({ state }) => state);
}

const sleep = (db: Store['db'], seconds: number) =>
  db.select({ slept: sql`pg_sleep(${seconds})::text` }).from(sql`(select 1) as one`);

test('a query that takes too long is ended, on the server too, and its connection serves the next one', async () => {
  for (const db of [store.db, store.workers]) {
    await expect(sleep(db, 60)).rejects.toMatchObject({ name: 'StoreError', code: 'slow' });
    await expect.poll(activity).toEqual([]);
    expect(await db.select().from(events)).toEqual([]);
  }
});

test('a query whose client is gone is ended, on the server too', async () => {
  const gone = new AbortController();
  const caller = { client: 'a', gone: gone.signal, deadline: Number.POSITIVE_INFINITY };
  const query = runFor(caller, () =>
    expect(sleep(store.workers, 60)).rejects.toMatchObject({ code: 'abandoned' }),
  );
  await expect.poll(activity).toEqual(['active']);
  gone.abort();
  await query;
  await expect.poll(activity).toEqual([]);
});

test('clients take turns, and queries beyond what may wait are refused', async () => {
  const order: string[] = [];
  const as = (client: string, work: () => Promise<unknown>): Promise<unknown> =>
    runFor({ client, gone: new AbortController().signal, deadline: Number.POSITIVE_INFINITY }, work);
  const query = (client: string) =>
    as(client, () => sleep(store.workers, 0.02).then(() => order.push(client)));
  const all = ['a', 'a', 'a', 'a', 'a', 'b'].map(query);
  await Promise.all(all);
  expect(order.indexOf('b')).toBeLessThan(4);
  const many = Array.from({ length: 110 }, () => as('c', () => sleep(store.workers, 0.001)));
  const outcomes = await Promise.allSettled(many);
  const refused = outcomes.filter((each) => each.status === 'rejected' && each.reason.code === 'crowded');
  expect(refused.length).toBeGreaterThan(0);
});

test('an export whose client leaves frees its connection and its transaction', async () => {
  const app = await startApp(world({ events: Array.from({ length: 300 }, (_, n) => event(`e${n}`)) }));
  const base = await app.app.listen({ port: 0 });
  const leave = new AbortController();
  const response = await fetch(`${base}/v1/events?format=ndjson`, { signal: leave.signal });
  await response.body?.getReader().read();
  leave.abort();
  const snapshots = Array.from({ length: 32 }, () => undefined);
  await expect
    .poll(async () => {
      const open = await Promise.allSettled(snapshots.map(() => app.store.snapshot()));
      for (const each of open) if (each.status === 'fulfilled') await each.value.close();
      return open.filter(({ status }) => status === 'fulfilled').length;
    })
    .toBe(32);
  await app.close();
});

test('a snapshot shows the store as it was when it was opened', async () => {
  const snapshot = await store.snapshot();
  const dataset = {
    id: 'a',
    title: 'A',
    description: '',
    licence: '',
    citation: '',
    version: '1.0.0',
    contentHash: '0',
    loadedAt: new Date(0),
  };
  const before = await store.version();
  await store.transaction(async (tx) => {
    await tx.insert(datasets).values(dataset);
    // Not committed yet.
    expect(await store.db.select().from(datasets)).toEqual([]);
  });
  expect(await store.db.select().from(datasets)).toEqual([dataset]);
  expect((await store.version()).id).not.toBe(before.id);
  expect(await snapshot.db.select().from(datasets)).toEqual([]);
  await snapshot.close();
  await expect(
    store.transaction(async (tx) => {
      await tx.delete(datasets).where(eq(datasets.id, 'a'));
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await store.db.select().from(datasets)).toEqual([dataset]);
});

test('a filter by a NUL, which no text of PostgreSQL has, finds nothing', async () => {
  expect(await store.db.select().from(events).where(eq(events.title, 'a\0b'))).toEqual([]);
});

describe('opening', () => {
  const code = async (url: string): Promise<string> => {
    try {
      const open = await openStore(url);
      await open.close();
      return 'opened';
    } catch (error) {
      expect((error as Error).message).not.toContain('secret');
      return (error as { code: string }).code;
    }
  };
  const urlOf = (database: string): string => `${process.env.TEST_POSTGRES_URL}${database}`;

  /** A database of its own, made by some statements. */
  async function databaseWith(statements: string, options = ''): Promise<string> {
    const name = `other-${Math.random().toString(36).slice(2)}`;
    await ask(urlOf('postgres'), `create database "${name}" ${options}`);
    if (statements !== '') await ask(urlOf(name), statements);
    return urlOf(name);
  }

  test('says what is wrong, without the password', async () => {
    expect(await code('postgres://user:secret@127.0.0.1:1/attest')).toBe('unreachable');
    expect(await code('postgres://user:secret@no-such-host.invalid/attest')).toBe('unreachable');
    expect(await code(urlOf('none'))).toBe('unusable');
    expect(await code('postgres://')).toBe('address');
    expect(await code('mysql://user:secret@host/attest')).toBe('address');
    expect(await code(await databaseWith('create table other (id int)'))).toBe('not-a-store');
    expect(
      await code(
        await databaseWith('', `template template0 encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'`),
      ),
    ).toBe('unusable');
    expect(await code(await databaseWith(''))).toBe('opened');
  });

  test('refuses a store of a newer version, and undoes a migration that fails', async () => {
    const folder = temporaryFolder();
    const migrations = `${folder.path}/migrations`;
    cpSync('migrations/postgres', migrations, { recursive: true });
    const path = `${migrations}/meta/_journal.json`;
    const journal = JSON.parse(readFileSync(path, 'utf8'));
    journal.entries.push({
      idx: 99,
      version: '7',
      when: Date.now() + 1e9,
      tag: '9999_new',
      breakpoints: true,
    });
    writeFileSync(path, JSON.stringify(journal));
    const migration = (text: string): void => writeFileSync(`${migrations}/9999_new.sql`, text);
    migration('create table later (id int);--> statement-breakpoint\nselect 1 / 0;');
    await expect(openPostgresStore(opened.url, { migrations })).rejects.toMatchObject({
      code: 'not-migrated',
    });
    expect(await ask(opened.url, `select to_regclass('later')::text as later`)).toEqual([{ later: null }]);
    migration('create table later (id int);');
    await (await openPostgresStore(opened.url, { migrations })).close();
    expect(await code(opened.url)).toBe('newer');
    folder.remove();
  });
});

test('nothing hangs while the server is stopped without closing its connections', async () => {
  const server = await startPostgres();
  await ask(server.urlOf('postgres'), 'create database attest');
  const own = await openStore(server.urlOf('attest'), { workerTimeout: 500 });
  await own.ping();
  const snapshot = await own.snapshot();
  const [postmaster] = readFileSync(server.pidFile, 'utf8').split('\n');
  const pids = [
    postmaster,
    ...execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' }).split('\n'),
  ]
    .map((pid) => Number(pid))
    .filter((pid) => pid > 0);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  const asked = performance.now();
  await expect(own.ping()).rejects.toMatchObject({ name: 'StoreError' });
  await expect(own.workers.select().from(events)).rejects.toMatchObject({ name: 'StoreError' });
  await expect(snapshot.db.select().from(events)).rejects.toMatchObject({ name: 'StoreError' });
  expect(performance.now() - asked).toBeLessThan(10_000);
  for (const pid of pids) process.kill(pid, 'SIGCONT');
  await expect
    .poll(
      () =>
        own.ping().then(
          () => true,
          () => false,
        ),
      { timeout: 15_000 },
    )
    .toBe(true);
  await delay(100);
  await snapshot.close();
  await own.close();
  server.remove();
});

test('TLS is as the URL says: required, or with a certificate that is checked', async () => {
  const folder = temporaryFolder();
  const certificate = `${folder.path}/server.crt`;
  const request = ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${folder.path}/server.key`, '-days', '2'];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...request, ...subject], { stdio: 'ignore' });
  const server = await startPostgres({ tls: folder.path });
  const opened = async (parameters: string): Promise<string> => {
    try {
      const own = await openStore(`${server.urlOf('postgres')}${parameters}`, { workerTimeout: 500 });
      await expect(sleep(own.workers, 60)).rejects.toMatchObject({ code: 'slow' });
      await own.close();
      return 'opened';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(await opened('?sslmode=require')).toBe('opened');
  expect(await opened(`?sslmode=verify-full&sslrootcert=${certificate}`)).toBe('opened');
  // Nothing that this machine trusts has signed it.
  expect(await opened('?sslmode=verify-full')).not.toBe('opened');
  expect(await opened('?sslmode=disable')).toBe('unusable');
  server.remove();
  folder.remove();
});
