// What legal requests of one client cost the others: `/health/live` and a record by its id, while nothing else is asked and during
// each attack, on one server over a large store, in one run. Then the same queries before and after ANALYZE.
// `npm run siege`, or `npm run siege -- EVENTS CLAIMS`.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { openStore } from '../../src/db/openStore.ts';
import { fill } from './filled.ts';
import { ask, hangUp, quantile, serve } from './serving.ts';

const [events = 100_000, claims = 25_000] = process.argv.slice(2).map(Number);
const SECONDS = 8;

const many = (count: number, name: string): string =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`).join(',');

/** Each attack: what is asked, by how many at once, and after how many milliseconds a client gives up. */
const ATTACKS: Record<string, { paths: string[]; clients: number; patience?: number }> = {
  'exports as of a day': { paths: ['/v1/claims?format=csv&asOf=2026'], clients: 12 },
  'standings as of a day': { paths: ['/v1/claims?standing=disputed&asOf=2020&count=true'], clients: 12 },
  'facets as of a day': { paths: ['/v1/claims?facets=standing,actor,source&asOf=2020'], clients: 12 },
  'graphs, by clients that give up': { paths: ['/v1/graph?limit=500'], clients: 100, patience: 1_000 },
  'full text by relevance': {
    paths: ['/v1/events?q=embargo%20OR%20visit&sort=relevance&count=true'],
    clients: 12,
  },
  'wrong ids': {
    paths: [`/v1/events?actor=${many(50, 'nobody')}`, `/v1/events?linkedTo=${many(50, 'evnt')}`],
    clients: 4,
  },
  'a long wrong id': {
    paths: [`/v1/events/${'a-'.repeat(240)}a`, `/v1/events?linkedTo=${'x'.repeat(7_000)}`],
    clients: 4,
  },
  'records that are not there': {
    paths: ['/v1/events/none', '/v1/actors/actr-17', '/v1/claims/clam-9'],
    clients: 4,
  },
  'stalled downloads': { paths: ['/v1/events?format=ndjson'], clients: 40, patience: 100 },
  'errors as long as can be': { paths: [`/v1/events?fields=${','.repeat(7_000)}`], clients: 4 },
};

/** The 99th percentile of what `/health/live` and a record take, in milliseconds, for some seconds. */
async function probed(base: string, seconds: number): Promise<{ live: number; record: number }> {
  const times = { live: [] as number[], record: [] as number[] };
  const end = Date.now() + seconds * 1_000;
  for (let index = 0; Date.now() < end; index += 1) {
    for (const [kind, path] of Object.entries({
      live: '/health/live',
      record: `/v1/events/event-${(index * 97) % events}`,
    }) as ['live' | 'record', string][]) {
      const begin = performance.now();
      await ask(base, path);
      times[kind].push(performance.now() - begin);
    }
    await delay(5);
  }
  return { live: quantile(times.live, 0.99), record: quantile(times.record, 0.99) };
}

const folder = mkdtempSync(join(tmpdir(), 'attest-siege-'));
const url = `file:${folder}/attest.db`;
const store = await openStore(url);
await fill(store, { events, claims });
await store.close();
const { server, base } = await serve(url);
try {
  const idle = await probed(base, SECONDS);
  const row = (name: string, cells: (string | number)[]): void =>
    console.log(name.padEnd(34) + cells.map((cell) => String(cell).padEnd(13)).join(''));
  console.log(`${events} events, ${claims} claims; p99 in ms\n`);
  row('', ['/health/live', 'record', 'record:idle', 'answers']);
  row('nothing', [idle.live.toFixed(1), idle.record.toFixed(1), '1.0', '']);
  for (const [name, { paths, clients, patience }] of Object.entries(ATTACKS)) {
    const statuses = new Map<number, number>();
    const end = Date.now() + SECONDS * 1_000;
    const attack = Array.from({ length: clients }, async (_, client) => {
      for (let turn = client; Date.now() < end; turn += 1) {
        const path = paths[turn % paths.length] ?? '';
        const { status } = await ask(base, path, { patience: patience ?? SECONDS * 1_000 });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    });
    const { live, record } = await probed(base, SECONDS);
    await Promise.all(attack);
    const answers = [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status || 'gave up'} × ${count}`);
    row(name, [live.toFixed(1), record.toFixed(1), (record / idle.record).toFixed(1), answers.join(', ')]);
  }

  console.log('\nonce each, alone, in ms: as loaded, and after ANALYZE\n');
  const queries = [
    '/v1/claims?standing=disputed&asOf=2020&count=true',
    '/v1/claims?facets=standing&asOf=2020&limit=1',
    '/v1/events?q=embargo&sort=relevance&count=true',
    '/v1/events?actor=actor-1&q=visit&sort=relevance',
    '/v1/timeline?by=actor',
    '/v1/graph?actor=actor-1',
  ];
  const timed = async (path: string): Promise<number> => {
    const begin = performance.now();
    await ask(base, path);
    return performance.now() - begin;
  };
  const before: number[] = [];
  for (const path of queries) before.push(await timed(path));
  const database = new SQLite(join(folder, 'attest.db'));
  database.exec('analyze');
  database.close();
  for (const [index, path] of queries.entries()) {
    const [loaded = 0, analysed] = [before[index], await timed(path)];
    console.log(
      `${path.padEnd(54)} ${loaded.toFixed(0).padStart(6)} ${analysed.toFixed(0).padStart(6)}  1 : ${(analysed / loaded).toFixed(2)}`,
    );
  }
} finally {
  hangUp();
  server.child.kill('SIGTERM');
  await server.exited;
  rmSync(folder, { recursive: true });
}
