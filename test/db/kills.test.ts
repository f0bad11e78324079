import { afterEach, beforeEach, expect, test } from 'vitest';
import { Kills } from '../support/kills.ts';
import { type Running, run } from '../support/process.ts';
import { temporaryFolder } from '../support/store.ts';

// `npm run kills` does the same as often as is wanted.

const SEED = Number(process.env.KILLS_SEED ?? Math.floor(Math.random() * 1_000));
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

/** Kills, spread over the time that each takes, so that no run kills only what has hardly begun. */
function killsFrom(seed: number): Kills {
  const start = (...program: Parameters<typeof run>): Running => {
    const each = run(...program);
    running.push(each);
    return each;
  };
  let index = seed;
  return new Kills(folder.path, start, () => (0.62 * index++) % 1);
}

test(`what is killed at any moment leaves a whole store, which the next start serves (KILLS_SEED=${SEED})`, async () => {
  const kills = killsFrom(SEED);
  await kills.prepare();
  for (const of of ['load', 'start', 'server'] as const) {
    expect(await kills[of]()).toMatchObject({ of, faults: [] });
  }
});

test(`an import that is killed leaves whole transactions, and the next completes it (KILLS_SEED=${SEED})`, async () => {
  expect(await killsFrom(SEED).import()).toMatchObject({ of: 'import', faults: [] });
});
