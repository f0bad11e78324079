import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runFor } from '../../src/db/caller.ts';
import { openStore } from '../../src/db/openStore.ts';
import type { Store, StoreOptions } from '../../src/db/store.ts';
import { temporaryFolder } from '../support/store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

/** Opens the store; queries may take long where no test says otherwise, since a machine may be slow or busy. */
async function open(options: StoreOptions = {}): Promise<void> {
  store = await openStore(`file:${folder.path}/attest.db`, { workerTimeout: 120_000, ...options });
}

/** A query in a worker, for a client, that counts up to a number; its result is the number. */
function count(
  to: number,
  client = 'a',
  { gone = new AbortController().signal, deadline = Number.POSITIVE_INFINITY } = {},
): Promise<number> {
  const counted = sql<number>`(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${to}) select max(i) from n)`;
  return runFor({ client, gone, deadline }, async () => {
    const [row] = await store.workers.select({ counted }).from(sql`(select 1)`);
    return row?.counted ?? 0;
  });
}

/** Counting that no machine finishes within a test. */
const ENDLESS = 1e12;
/** Counting that is slow on any machine, but ends. */
const SLOW = 2e7;

/** The processes of this store's workers. */
function workers(): number[] {
  return execFileSync('ps', ['-eo', 'pid,stat,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('worker.ts') && line.includes(folder.path) && !/^\s*\d+\s+Z/.test(line))
    .map((line) => Number.parseInt(line, 10));
}

test('a quick query does not wait for slow ones, though those of its own client wait', async () => {
  await open({ workers: 1 });
  const order: string[] = [];
  const note = (name: string) => () => void order.push(name);
  const slow = [1, 2, 3].map((i) => count(SLOW + i, 'a').then(note('slow')));
  await delay(50);
  await Promise.all([count(10, 'a').then(note('quick')), count(10, 'b').then(note('quick'))]);
  expect(order.filter((name) => name === 'slow').length).toBeLessThan(3);
  expect(order.filter((name) => name === 'quick')).toHaveLength(2);
  await Promise.all(slow);
});

test('a query that is ended to make room is run again, and answered', async () => {
  await open({ workers: 1 });
  const slow = [1, 2, 3].map((i) => count(SLOW + i));
  const quick: number[] = [];
  for (let i = 1; i <= 5; i += 1) {
    await delay(300);
    quick.push(await count(i, 'b'));
  }
  expect(quick).toEqual([1, 2, 3, 4, 5]);
  expect(await Promise.all(slow)).toEqual([SLOW + 1, SLOW + 2, SLOW + 3]);
});

test('clients take turns', async () => {
  await open({ workers: 1 });
  const order: string[] = [];
  const many = Array.from({ length: 60 }, (_, i) => count(200_000 + i, 'a').then(() => order.push('a')));
  const one = count(200_000, 'b').then(() => order.push('b'));
  await Promise.all([...many, one]);
  expect(order.indexOf('b')).toBeLessThan(10);
});

test('one client may not fill the queue', async () => {
  await open({ workers: 1 });
  const ofOne = Array.from({ length: 150 }, () => count(100_000, 'a').catch((error) => error.code));
  await expect(count(5, 'b')).resolves.toBe(5);
  const results = await Promise.all(ofOne);
  expect(results.filter((each) => each === 'crowded').length).toBeGreaterThan(0);
  expect(results.filter((each) => each === 100_000).length).toBeGreaterThanOrEqual(100);
});

test('a query ends with its client, waiting or running', async () => {
  await open({ workers: 1, workerTimeout: 60_000 });
  const gone = new AbortController();
  const abandoned = [1, 2, 3, 4].map(() => count(ENDLESS, 'a', { gone: gone.signal }).catch((e) => e.code));
  await delay(800);
  gone.abort();
  expect(await Promise.all(abandoned)).toEqual(Array(4).fill('abandoned'));
  // Nothing of them runs on: all places are free.
  expect(await Promise.all([1, 2, 3].map((i) => count(SLOW + i)))).toEqual([SLOW + 1, SLOW + 2, SLOW + 3]);
  await expect(count(1, 'a', { gone: gone.signal })).rejects.toMatchObject({ code: 'abandoned' });
});

test('a query is due in time, waiting included', async () => {
  await open({ workers: 1, workerTimeout: 60_000 });
  const deadline = performance.now() + 1_000;
  const late = [1, 2, 3, 4].map(() => count(ENDLESS, 'a', { deadline }).catch((error) => error.code));
  expect(await Promise.all(late)).toEqual(Array(4).fill('slow'));
  expect(await count(7)).toBe(7);
});

test('a worker that is killed is replaced, and all queries are answered', async () => {
  await open({ workers: 1 });
  const running = [1, 2, 3, 4, 5, 6].map((i) => count(SLOW / 4 + i));
  await expect.poll(workers).not.toHaveLength(0);
  for (const pid of workers()) process.kill(pid, 'SIGKILL');
  expect(await Promise.all(running)).toEqual([1, 2, 3, 4, 5, 6].map((i) => SLOW / 4 + i));
});

test('a query whose worker dies twice is refused, and others go on', async () => {
  await open({ workers: 1, workerTimeout: 60_000 });
  const fatal = count(ENDLESS).catch((error) => error.code);
  for (let deaths = 1; deaths <= 2; deaths += 1) {
    await expect.poll(workers, { timeout: 10_000 }).toHaveLength(1);
    const [pid] = workers();
    process.kill(pid as number, 'SIGKILL');
    await expect.poll(() => workers().includes(pid as number)).toBe(false);
  }
  expect(await fatal).toBe('lost');
  expect(await count(3)).toBe(3);
});

test('a worker that is stopped is killed when its query is due, and does not outlive the store', async () => {
  await open({ workers: 1, workerTimeout: 2_000 });
  expect(await count(1)).toBe(1);
  for (const pid of workers()) process.kill(pid, 'SIGSTOP');
  await expect(count(2)).rejects.toMatchObject({ code: 'slow' });
  expect(await count(3)).toBe(3);
  for (const pid of workers()) process.kill(pid, 'SIGSTOP');
  await store.close();
  await expect.poll(workers).toHaveLength(0);
  await open();
});
