import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { openStore } from '../../src/db/openStore.ts';
import type { Store } from '../../src/db/store.ts';
import { copyTemplate, temporaryFolder } from '../support/store.ts';

// The file is damaged while it is served: the same fault has to be the same answer on every path.

const PAGE = 4096;

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let app: FastifyInstance;

beforeAll(async () => {
  folder = temporaryFolder();
  await copyTemplate('bundled', `${folder.path}/attest.db`);
  store = await openStore(`file:${folder.path}/attest.db`);
  app = await buildApp({ store, logLevel: 'silent', maxEventLoopDelay: 0 });
  // So that the version of the store is known, and each path gets as far as its own queries.
  await app.inject('/v1/vocabularies');
  // Page 1 is kept: SQLite itself would otherwise take the file for something else.
  overwritePagesFrom(1);
});
afterAll(async () => {
  await app.close();
  await store.close();
  folder.remove();
});

/** Overwrites pages of the file in place, as a failing disk would. */
function overwritePagesFrom(first: number): void {
  const path = join(folder.path, 'attest.db');
  const pages = statSync(path).size / PAGE;
  const file = openSync(path, 'r+');
  for (let page = first; page < pages; page++)
    writeSync(file, Buffer.alloc(PAGE, 0xa5), 0, PAGE, page * PAGE);
  closeSync(file);
}

const PATHS = [
  '/v1/events?limit=1',
  '/v1/events?limit=1&count=true',
  '/v1/events?actor=cambodia&asOf=2025-12-01',
  '/v1/events?q=embargo',
  '/v1/events?format=csv',
  '/v1/events?format=geojson',
  '/v1/events?facets=actor',
  '/v1/events/arms-embargo-lifted-2025',
  '/v1/events/no-such-event',
  '/v1/events?actor=no-such-actor',
  '/v1/statements?limit=1',
  '/v1/claims?standing=disputed',
  '/v1/actors/cambodia/positions',
  '/v1/search?q=embargo',
  '/v1/timeline?interval=year',
  '/v1/graph',
  '/v1/changes',
  '/v1/datasets',
  '/health/ready',
];

test.each(PATHS)('%s is answered with 503 and what to do', async (path) => {
  const response = await app.inject(path);
  expect([response.statusCode, response.json().type]).toEqual([503, '/problems/unavailable']);
  expect(response.headers['retry-after']).toBeDefined();
  expect(response.json().detail).toMatch(/^the store is damaged\. .* the operator of the server/);
  expect(response.body).not.toContain(folder.path);
});

test('readiness says it as soon as one answer has met the damage, though other pages can be read', async () => {
  const other = temporaryFolder();
  await copyTemplate('bundled', `${other.path}/attest.db`);
  const whole = await openStore(`file:${other.path}/attest.db`);
  const ready = await buildApp({ store: whole, logLevel: 'silent', maxEventLoopDelay: 0 });
  expect((await ready.inject('/health/ready')).statusCode).toBe(200);
  const database = new SQLite(`${other.path}/attest.db`);
  const page = database.prepare("select rootpage from sqlite_schema where name = 'statements'").pluck().get();
  database.pragma('wal_checkpoint(truncate)');
  database.close();
  const file = openSync(`${other.path}/attest.db`, 'r+');
  writeSync(file, Buffer.alloc(PAGE, 0xa5), 0, PAGE, (Number(page) - 1) * PAGE);
  closeSync(file);
  const statuses = new Set<number>();
  for (const path of ['/v1/statements?limit=1&asOf=2026', '/v1/statements?count=true&limit=1'])
    statuses.add((await ready.inject(path)).statusCode);
  expect(statuses).toContain(503);
  expect((await ready.inject('/v1/topics')).statusCode).toBe(200);
  expect((await ready.inject('/health/ready')).statusCode).toBe(503);
  expect((await ready.inject('/health/live')).statusCode).toBe(200);
  await ready.close();
  await whole.close();
  other.remove();
});
