// Draws requests from the OpenAPI document, valid and mangled, as the property test does, and checks every answer against the
// document and against what plain loops over the export say; as many as are wanted, over stores that change from round to round.
// `npm run drawn -- REQUESTS`, or `npm run drawn -- REQUESTS SEED`. Exits 1 when an answer was wrong.

import fc from 'fast-check';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { awkwardWorlds } from '../property/oracle/awkward.ts';
import { type Bench, type Sent, startBench } from '../property/oracle/bench.ts';
import { drawsFrom } from '../property/oracle/draws.ts';
import { hold } from '../property/oracle/hold.ts';
import { mangledFrom } from '../property/oracle/mangle.ts';

const [requests = 10_000, first = Math.floor(Math.random() * 2 ** 30)] = process.argv.slice(2).map(Number);
/** Requests to one store; then comes another one, with a seed of its own. */
const ROUND = 5_000;
/** Of these, how many are mangled. */
const MANGLED = 0.4;

const answers = new Map<number, number>();
let sent = 0;
let failures = 0;

/** The store of a round: of an even seed the bundled dataset, of an odd one generated datasets. */
function startRound(seed: number): Promise<Bench> {
  if (seed % 2 === 0) return startBench(['bundled'], readDataset(BUNDLED_DATASET).retired);
  const { datasets, retired } = awkwardWorlds(seed);
  return startBench(datasets, retired);
}

/** Sends the requests of one round; prints the simplest request that was answered wrongly, if any. */
async function round(seed: number, number: number): Promise<void> {
  const bench = await startRound(seed);
  const counting: Bench = {
    ...bench,
    async send(request) {
      const response = await bench.send(request);
      answers.set(response.statusCode, (answers.get(response.statusCode) ?? 0) + 1);
      sent += 1;
      return response;
    },
  };
  try {
    const draws = drawsFrom(bench);
    const valid = draws.map(({ url }): Sent => ({ method: 'GET', url, headers: {} }));
    for (const [requests, share] of [
      [valid, 1 - MANGLED],
      [mangledFrom(draws, bench), MANGLED],
    ] as const) {
      const outcome = await fc.check(
        fc.asyncProperty(requests, async (request) => void (await hold(counting, request))),
        { seed, numRuns: Math.ceil(number * share), timeout: 60_000 },
      );
      if (!outcome.failed) continue;
      failures += 1;
      console.log(`\nWRONG; the same again: npm run drawn -- ${number} ${seed}`);
      console.log(
        `${JSON.stringify(outcome.counterexample)}\n${String(outcome.errorInstance).slice(0, 3_000)}\n`,
      );
    }
  } finally {
    await bench.server.close();
  }
}

const begin = performance.now();
for (let seed = first; sent < requests; seed += 1) {
  await round(seed, Math.min(ROUND, requests - sent));
  const statuses = [...answers].sort(([a], [b]) => a - b).map(([status, count]) => `${status} × ${count}`);
  const perSecond = Math.round(sent / ((performance.now() - begin) / 1_000));
  console.log(
    `seed ${seed}: ${sent} requests, ${perSecond} a second, ${failures} wrong; ${statuses.join(', ')}`,
  );
}
process.exitCode = failures > 0 ? 1 : 0;
