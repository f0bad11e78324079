import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/db/openStore.ts';
import type { Store } from '../../src/db/store.ts';
import { tables } from '../../src/db/tables.ts';
import { ask, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { event, world } from '../support/records.ts';
import { startAppOver, type TestApp } from '../support/store.ts';

// A server that reads from a streaming replica, which may be behind.

let primary: PostgresServer;
let replica: PostgresServer;
let store: Store;
let app: TestApp;

beforeEach(async () => {
  primary = await startPostgres();
  await ask(primary.urlOf('postgres'), 'create database attest');
  replica = await primary.replicate();
  // The tables are made in the database itself, and come to the replica after that.
  const url = primary.urlOf('attest');
  store = await openStore(url, { readUrl: replica.urlOf('attest') });
  app = await startAppOver({ url, store, remove: () => store.close() });
});
afterEach(async () => {
  await app.close();
  replica.remove();
  primary.remove();
});

const total = async (): Promise<number> => (await app.get('/v1/events?count=true&limit=1')).body.total;

test('what is loaded is written to the database and read from the replica', async () => {
  await app.load(world({ events: [event('a'), event('b')] }));
  await expect.poll(total).toBe(2);
  const at = async (server: PostgresServer) =>
    ask(server.urlOf('attest'), 'select count(*)::int as events from events');
  expect(await at(primary)).toEqual([{ events: 2 }]);
  expect(await at(replica)).toEqual([{ events: 2 }]);
  await expect(store.db.delete(tables.events).where(eq(tables.events.id, 'a'))).rejects.toMatchObject({
    name: 'StoreError',
    code: 'unusable',
  });
});

test('while the replica is behind, answers, tags and changes are all of what it has, and the lag is told', async () => {
  await app.load(world({ events: [event('a')] }));
  await expect.poll(total).toBe(1);
  const read = async () => {
    const { headers, body } = await app.get('/v1/events?count=true');
    const changes = (await app.get('/v1/changes?limit=200')).body.items.length;
    return { tag: headers.etag, body, changes };
  };
  const before = await read();
  await ask(replica.urlOf('attest'), 'select pg_wal_replay_pause()');
  await app.load(world({ events: [event('a'), event('b')] }));
  expect(await read()).toEqual(before);
  await expect
    .poll(async () => (await app.get('/health/ready')).body.lagSeconds, { timeout: 10_000 })
    .toBeGreaterThan(0.5);
  const metrics = await app.app.inject('/metrics');
  expect(metrics.body).toMatch(/^attest_replication_lag_seconds [0-9.]+$/m);
  await ask(replica.urlOf('attest'), 'select pg_wal_replay_resume()');
  await expect.poll(total).toBe(2);
  const after = await read();
  expect(after.tag).not.toBe(before.tag);
  await expect
    .poll(async () => (await app.get('/health/ready')).body)
    .toEqual({ status: 'ready', lagSeconds: 0 });
});

test('without the replica nothing is answered, and with it again everything', async () => {
  replica.stop('immediate');
  expect((await app.get('/v1/events')).status).toBe(503);
  replica.start();
  await expect.poll(async () => (await app.get('/v1/events')).status, { timeout: 10_000 }).toBe(200);
});
