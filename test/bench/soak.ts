// A mixed load on a real server for some minutes: requests drawn from the OpenAPI document, downloads that are aborted, loads of a
// dataset that changes, and workers that are killed. Prints what the server uses, how long a record by its id takes, and every 5xx.
// `npm run soak -- MINUTES`, or `npm run soak -- MINUTES SEED`. Linux only. Exits 1 on a 5xx but 503, when the server or a load
// fails, and when memory or descriptors grow steadily (see `grows`).

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../../src/db/openStore.ts';
import { writeEdition } from '../support/editions.ts';
import { fill } from './filled.ts';
import { drawnPaths } from './requests.ts';
import {
  anonymousMemory,
  ask,
  descriptors,
  hangUp,
  quantile,
  type Serving,
  serve,
  start,
  workersOf,
} from './serving.ts';

const [minutes = 10, seed = Math.floor(Math.random() * 2 ** 30)] = process.argv.slice(2).map(Number);
const EVENTS = 20_000;
const CLAIMS = 5_000;
const CLIENTS = 4;
/** Milliseconds between a client's answer and its next request, so that the load is bounded. */
const PAUSE = 20;
const MILLISECONDS = minutes * 60_000;
const BETWEEN_LOADS = 20_000;
const BETWEEN_KILLS = 15_000;
const BETWEEN_SAMPLES = 1_000;
const BETWEEN_LINES = Math.max(5_000, MILLISECONDS / 20);
/** This share of the time passes before growth is judged: caches fill, and code is compiled. */
const WARM_UP = 0.25;
/** A download is aborted after at most this many milliseconds. */
const PATIENCE = 400;
const DOWNLOADS = ['events', 'claims', 'statements', 'sources'].flatMap((list) =>
  ['ndjson', 'csv'].map((format) => `/v1/${list}?format=${format}`),
);

/** What was measured at one moment. */
interface Sample {
  /** Milliseconds since the begin. */
  at: number;
  /** Anonymous memory of the server in MB. */
  server: number;
  /** The same of a worker, on average; undefined while there is none. */
  worker: number | undefined;
  descriptors: number;
}

const statuses = new Map<number, number>();
const failures = new Map<string, number>();
const samples: Sample[] = [];
const faults: string[] = [];
let times: number[] = [];
const allTimes: number[] = [];
let [requests, loads, kills] = [0, 0, 0];

/** Counts an answer; one of 5xx by its status, what its problem is, and the route. */
function note(path: string, { status, text }: { status: number; text: string }): void {
  requests += 1;
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  if (status < 500) return;
  const kind = /"type":"[^"]*\/problems\/([\w-]+)"/.exec(text)?.[1] ?? text.slice(0, 80);
  const name = `${status} ${kind} ${path.split('?')[0]?.split('/').slice(0, 3).join('/')}`;
  failures.set(name, (failures.get(name) ?? 0) + 1);
  if (status !== 503) faults.push(`${status} for ${path}: ${text.slice(0, 300)}`);
}

/** Whether the soak is over: its time has passed, or the server has ended. */
let over = false;

/** Does something again and again until the soak is over, with a pause between. */
async function repeatedly(pause: number, act: (turn: number) => void | Promise<void>): Promise<void> {
  for (let turn = 0; !over; turn += 1) {
    await act(turn);
    const until = performance.now() + pause;
    while (!over && performance.now() < until) await delay(Math.min(pause, 200));
  }
}

function measure(serving: Serving, begin: number): void {
  const pid = serving.server.child.pid ?? 0;
  const workers = workersOf(serving).map(anonymousMemory);
  samples.push({
    at: performance.now() - begin,
    server: anonymousMemory(pid),
    worker: workers.length > 0 ? workers.reduce((a, b) => a + b) / workers.length : undefined,
    descriptors: descriptors(pid),
  });
}

const row = (cells: (string | number)[]): void =>
  console.log(cells.map((cell) => String(cell).padStart(11)).join(''));

function printLine(): void {
  const last = samples.at(-1);
  if (!last) return;
  const busy = statuses.get(503) ?? 0;
  row([
    `${Math.round(last.at / 1_000)} s`,
    requests,
    last.server.toFixed(0),
    last.worker?.toFixed(0) ?? '',
    last.descriptors,
    quantile(times, 0.5).toFixed(1),
    quantile(times, 0.99).toFixed(1),
    loads,
    kills,
    busy,
    faults.length,
  ]);
  times = [];
}

/**
 * Whether something grows steadily. Of what was measured after the warm-up, four quarters of the time are compared by their median:
 * it grows when each is above the one before, and the last is above the first by more than a fifth and by more than `slack`.
 */
function grows(numbers: readonly number[], slack: number): boolean {
  const quarter = Math.floor(numbers.length / 4);
  if (quarter === 0) return false;
  const medians = [0, 1, 2, 3].map((index) =>
    quantile(numbers.slice(index * quarter, (index + 1) * quarter), 0.5),
  );
  const [first = 0, , , last = 0] = medians;
  const rises = medians.every((median, index) => index === 0 || median > (medians[index - 1] ?? 0));
  return rises && last > first * 1.2 && last > first + slack;
}

async function load(folder: string, url: string): Promise<void> {
  const path = writeEdition(folder, loads);
  const seeding = start('src/cli/seed.ts', [path], { DATABASE_URL: url });
  if ((await seeding.exited) !== 0 && !over)
    faults.push(`a load failed: ${seeding.output().slice(0, 1_000)}`);
  loads += 1;
}

/** Everything that goes on at once, until the time is over. */
async function soak(serving: Serving, folder: string, url: string, paths: readonly string[]): Promise<void> {
  const { base, server } = serving;
  const begin = performance.now();
  void server.exited.then((code) => {
    if (!over) faults.push(`the server ended with ${code}: ${server.output().slice(-3_000)}`);
    over = true;
  });
  setTimeout(() => {
    over = true;
  }, MILLISECONDS).unref();
  const clients = Array.from({ length: CLIENTS }, (_, client) =>
    repeatedly(PAUSE, async (turn) => {
      const path = paths[(turn * CLIENTS + client) % paths.length] ?? '/';
      note(path, await ask(base, path, { from: `127.0.0.${client + 2}`, patience: 60_000 }));
    }),
  );
  await Promise.all([
    ...clients,
    repeatedly(PAUSE * 5, async (turn) => {
      const patience = 1 + ((turn * 37) % PATIENCE);
      const path = DOWNLOADS[turn % DOWNLOADS.length] ?? '';
      note(path, await ask(base, path, { from: '127.0.0.20', patience }));
    }),
    repeatedly(50, async (turn) => {
      const path = `/v1/events/event-${(turn * 97) % EVENTS}`;
      const sent = performance.now();
      note(path, await ask(base, path));
      times.push(performance.now() - sent);
      allTimes.push(performance.now() - sent);
    }),
    repeatedly(BETWEEN_LOADS, () => load(folder, url)),
    repeatedly(BETWEEN_KILLS, (turn) => {
      const [worker] = workersOf(serving);
      if (turn === 0 || worker === undefined) return;
      process.kill(worker, 'SIGKILL');
      kills += 1;
    }),
    repeatedly(BETWEEN_SAMPLES, () => measure(serving, begin)),
    repeatedly(BETWEEN_LINES, printLine),
  ]);
}

function judge(): void {
  const warm = samples.filter(({ at }) => at > MILLISECONDS * WARM_UP);
  const judged = {
    'memory of the server': { numbers: warm.map(({ server }) => server), slack: 30 },
    'memory of a worker': { numbers: warm.flatMap(({ worker }) => worker ?? []), slack: 30 },
    'descriptors of the server': { numbers: warm.map((sample) => sample.descriptors), slack: 10 },
  };
  console.log('\nafter the warm-up, median of each quarter of the time');
  for (const [name, { numbers, slack }] of Object.entries(judged)) {
    const quarter = Math.max(1, Math.floor(numbers.length / 4));
    const medians = [0, 1, 2, 3].map((index) =>
      quantile(numbers.slice(index * quarter, (index + 1) * quarter), 0.5).toFixed(0),
    );
    console.log(`  ${name.padEnd(28)} ${medians.join('  ')}`);
    if (grows(numbers, slack)) faults.push(`${name} grows: ${medians.join(', ')}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'attest-soak-'));
const url = `file:${folder}/attest.db`;
try {
  console.log(
    `${minutes} minutes, seed ${seed}; a store of ${EVENTS} events and ${CLAIMS} claims beside the bundled dataset`,
  );
  const store = await openStore(url);
  await fill(store, { events: EVENTS, claims: CLAIMS });
  await store.close();
  const paths = await drawnPaths(4_000, seed);
  const serving = await serve(url, { LOG_LEVEL: 'error' });
  row([
    'time',
    'requests',
    'server MB',
    'worker MB',
    'descriptors',
    'p50 ms',
    'p99 ms',
    'loads',
    'kills',
    '503',
    'faults',
  ]);
  await soak(serving, folder, url, paths);
  printLine();
  serving.server.child.kill('SIGTERM');
  const code = await serving.server.exited;
  if (code !== 0) faults.push(`the server closed with ${code}`);
  judge();
  const listed = (counts: Map<string | number, number>): string =>
    [...counts]
      .map(([name, count]) => `${name || 'gave up'} × ${count}`)
      .sort((a, b) => (a < b ? -1 : 1))
      .join(', ');
  console.log(`\n${requests} requests: ${listed(statuses)}`);
  console.log(`5xx: ${listed(failures) || 'none'}`);
  console.log(
    `a record by its id: p50 ${quantile(allTimes, 0.5).toFixed(1)} ms, p99 ${quantile(allTimes, 0.99).toFixed(1)} ms`,
  );
  console.log(`${loads} loads, ${kills} workers killed`);
} finally {
  hangUp();
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults.slice(0, 20)) console.error(`FAULT: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
