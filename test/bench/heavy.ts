// How long a record by its id takes while another client asks for one graph after another: with heavy queries in a
// process of their own, and, on the same store in the same run, with all queries in the server.
// `npm run bench`, or `npm run bench -- EVENTS`.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildApp } from '../../src/app.ts';
import { openStore } from '../../src/db/openStore.ts';
import type { Store } from '../../src/db/store.ts';
import { fill } from './filled.ts';

const MILLISECONDS = 10_000;
const number = Number(process.argv[2] ?? 100_000);

/** Milliseconds that records by id took, shortest first, while graphs were asked for; and how many of those came. */
async function measured(store: Store): Promise<{ times: number[]; graphs: number }> {
  const app = await buildApp({ store, logLevel: 'silent', maxEventLoopDelay: 0 });
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const get = async (path: string): Promise<void> => {
    const response = await fetch(`${base}${path}`);
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  };
  await get('/v1/graph?limit=1');
  const end = Date.now() + MILLISECONDS;
  let graphs = 0;
  const heavy = (async () => {
    for (; Date.now() < end; graphs++) await get(`/v1/graph?limit=${graphs + 2}`);
  })();
  const times: number[] = [];
  for (let index = 0; Date.now() < end; index++) {
    const begin = performance.now();
    await get(`/v1/events/event-${(index * 97) % number}`);
    times.push(performance.now() - begin);
    await delay(5);
  }
  await heavy;
  await app.close();
  return { times: times.sort((a, b) => a - b), graphs };
}

const folder = mkdtempSync(join(tmpdir(), 'attest-bench-'));
const store = await openStore(`file:${folder}/attest.db`);
try {
  await fill(store, { events: number, claims: 0 });
  const aside = await measured(store);
  const together = await measured({ ...store, workers: store.db });
  const quantile = (times: number[], share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  console.log(`${number} events; records by id while graphs are asked for (ms)\n`);
  console.log('heavy queries    answers   p50      p99      longest  graphs');
  for (const [name, { times, graphs }] of Object.entries({
    'in a worker': aside,
    'in the server': together,
  })) {
    const cells = [quantile(times, 0.5), quantile(times, 0.99), quantile(times, 1)].map((value) =>
      value.toFixed(1).padEnd(8),
    );
    console.log(`${name.padEnd(16)} ${String(times.length).padEnd(9)} ${cells.join(' ')} ${graphs}`);
  }
  const ratio = quantile(together.times, 0.99) / quantile(aside.times, 0.99);
  console.log(`\np99 in the server : in a worker = ${ratio.toFixed(1)} : 1`);
} finally {
  await store.close();
  rmSync(folder, { recursive: true });
}
