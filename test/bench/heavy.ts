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
import { tables } from '../../src/db/tables.ts';

const ACTORS = 200;
const ROWS = 500;
const MILLISECONDS = 10_000;
const number = Number(process.argv[2] ?? 100_000);

/** Fills a store with events of two actors each, spread over ten years. */
async function fill(store: Store): Promise<void> {
  const common = { dataset: 'bench', contentHash: '' };
  await store.transaction(async (tx) => {
    const { datasets, actors, events, eventParticipants } = tables;
    await tx.insert(datasets).values({
      id: 'bench',
      title: 'Bench',
      description: '',
      licence: '',
      citation: '',
      version: '1.0.0',
      loadedAt: new Date(),
      contentHash: '',
    });
    const names = Array.from({ length: ACTORS }, (_, index) => `actor-${index}`);
    for (const id of names)
      await tx.insert(actors).values({
        id,
        name: id,
        nameFolded: id,
        kind: 'state',
        description: '',
        definedBy: 'bench',
        contentHash: '',
      });
    for (let begin = 0; begin < number; begin += ROWS) {
      const rows = Array.from({ length: Math.min(ROWS, number - begin) }, (_, index) => begin + index);
      await tx.insert(events).values(
        rows.map((row) => {
          const day = new Date(Date.UTC(2015, 0, 1) + (row % 3_650) * 86_400_000).toISOString().slice(0, 10);
          const type = row % 3 === 0 ? ('CONSULT' as const) : ('COERCE' as const);
          const days = { date: day, earliest: day, latest: day, sortDay: day };
          return {
            ...common,
            id: `event-${row}`,
            title: '',
            summary: '',
            type,
            status: 'occurred' as const,
            ...days,
          };
        }),
      );
      await tx.insert(eventParticipants).values(
        rows.flatMap((row) => [
          { event: `event-${row}`, ordinal: 0, actor: `actor-${row % ACTORS}`, role: 'initiator' as const },
          {
            event: `event-${row}`,
            ordinal: 1,
            actor: `actor-${(row * 7 + 1) % ACTORS}`,
            role: 'recipient' as const,
          },
        ]),
      );
    }
  });
}

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
  await fill(store);
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
