// What pages cost compared with the queries of the API that they use: CPU of the server and of its workers, in alternating rounds
// of one run, over the bundled dataset and over a generated one.
// `npm run bench:pages`, or `npm run bench:pages -- EVENTS`.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { openStore } from '../../src/db/openStore.ts';
import type { Store } from '../../src/db/store.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { run } from '../support/process.ts';
import { fill } from './filled.ts';

const ROUNDS = 5;
/** Each round lasts at least this many milliseconds, and one request. */
const ROUND = 400;
const number = Number(process.argv[2] ?? 100_000);

const EVENT_FACETS = 'status,type,topic,country,relation,measure,source,publisher,dataset';
const CLAIM_FACETS = 'standing,stance,about,topic,kind,event,measure,source,publisher,dataset';
const BY_TYPE = '/v1/timeline?interval=month&by=type';

/** Each page, and what it asks of the API's queries. */
const BUNDLED: Record<string, string[]> = {
  '/events': [`/v1/events?count=true&facets=${EVENT_FACETS}`, BY_TYPE],
  '/events/arms-embargo-lifted-2025': [
    '/v1/events/arms-embargo-lifted-2025',
    '/v1/claims?event=arms-embargo-lifted-2025&count=true&limit=6',
    '/v1/statements?occasion=arms-embargo-lifted-2025&count=true&limit=6',
  ],
  '/claims': [`/v1/claims?count=true&facets=${CLAIM_FACETS}`],
  '/claims/ream-chinese-military-access': ['/v1/claims/ream-chinese-military-access'],
  '/search?q=embargo': ['/v1/search?q=embargo&count=true'],
  '/': [],
  '/actors/cambodia': [],
  '/sources/dw-2025-11-13': [],
  '/graph': ['/v1/graph?limit=80'],
  '/map': ['/v1/events?count=true&facets=country&limit=1', '/v1/events?format=geojson'],
};
const GENERATED: Record<string, string[]> = {
  '/events': [`/v1/events?count=true&facets=${EVENT_FACETS}`, BY_TYPE],
  '/events?actor=actor-1': [
    `/v1/events?actor=actor-1&count=true&facets=${EVENT_FACETS}`,
    `${BY_TYPE}&actor=actor-1`,
  ],
  '/events/event-77': ['/v1/events/event-77'],
};

const TICK = 1_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Milliseconds of CPU that a process and its children have used. */
function cpuOf(pid: number): number {
  const parents = new Map<number, number>();
  const used = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      parents.set(Number(name), fields[1] ?? 0);
      used.set(Number(name), ((fields[11] ?? 0) + (fields[12] ?? 0)) * TICK);
    } catch {
      // It ended meanwhile.
    }
  }
  const own = [...used.keys()].filter((each) => each === pid || parents.get(each) === pid);
  return own.reduce((sum, each) => sum + (used.get(each) ?? 0), 0);
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function compare(
  title: string,
  pages: Record<string, string[]>,
  load: (store: Store) => Promise<unknown>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'attest-bench-'));
  const url = `file:${folder}/attest.db`;
  const store = await openStore(url);
  await load(store);
  await store.close();
  const server = run('src/server.ts', [], { DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'silent' });
  try {
    await server.printed('OpenAPI');
    const base = /API +(http:\/\/[^/]+)/.exec(server.output())?.[1] ?? '';
    const ask = async (path: string): Promise<void> => {
      const response = await fetch(base + path);
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    };
    /** Milliseconds of CPU, and of waiting, for all paths once. */
    const round = async (paths: string[]): Promise<[cpu: number, wall: number]> => {
      const [before, begin] = [cpuOf(server.child.pid ?? 0), performance.now()];
      let times = 0;
      for (; times === 0 || performance.now() - begin < ROUND; times += 1)
        for (const path of paths) await ask(path);
      return [(cpuOf(server.child.pid ?? 0) - before) / times, (performance.now() - begin) / times];
    };
    console.log(`\n${title}: medians of ${ROUNDS} rounds, in ms\n`);
    console.log(`${'page'.padEnd(38)}CPU    its queries in the API   more    waiting  its queries`);
    for (const [page, queries] of Object.entries(pages)) {
      const ofPage: [number, number][] = [];
      const ofQueries: [number, number][] = [];
      await round([page, ...queries]);
      for (let index = 0; index < ROUNDS; index += 1) {
        ofPage.push(await round([page]));
        if (queries.length > 0) ofQueries.push(await round(queries));
      }
      const [cpu, wall] = [0, 1].map((column) => median(ofPage.map((each) => each[column] ?? 0)));
      const [queriesCpu, queriesWall] = [0, 1].map((column) =>
        median(ofQueries.map((each) => each[column] ?? 0)),
      );
      const cell = (value: number | undefined, width: number): string =>
        (value ?? 0).toFixed(1).padEnd(width);
      console.log(
        queries.length === 0
          ? `${page.padEnd(38)}${cell(cpu, 7)}${'–'.padEnd(25)}${'–'.padEnd(8)}${cell(wall, 9)}–`
          : `${page.padEnd(38)}${cell(cpu, 7)}${cell(queriesCpu, 25)}${cell((cpu ?? 0) - (queriesCpu ?? 0), 8)}${cell(wall, 9)}${cell(queriesWall, 0)}`,
      );
    }
  } finally {
    server.child.kill('SIGTERM');
    await server.exited;
    rmSync(folder, { recursive: true });
  }
}

await compare('five articles', BUNDLED, (store) => loadDataset(store, readDataset(BUNDLED_DATASET)));
await compare(`${number.toLocaleString('en')} events`, GENERATED, (store) =>
  fill(store, { events: number, claims: 0 }),
);
