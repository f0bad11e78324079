// What a 404 or a 400 with suggestions costs, by the number of records: `node test/bench/suggestions.ts [EVENTS …]`. Prints the milliseconds of the
// fastest of many runs of each lookup, asked of the store directly: the others say what else the machine does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suggestQuery } from '../../src/db/fullText.ts';
import { openStore } from '../../src/db/openStore.ts';
import type { Store } from '../../src/db/store.ts';
import { suggest } from '../../src/db/suggestions.ts';
import { parseTextQuery } from '../../src/domain/textQuery.ts';
import { fill } from './filled.ts';

const REPEATS = 100;

const LOOKUPS: Record<string, (store: Store) => Promise<unknown>> = {
  'an id that is nearly one': ({ db }) => suggest(db, 'event', 'event-77x'),
  'a word with a mistake': ({ db }) => suggest(db, 'event', 'embrago'),
  'words that are together in many': ({ db }) => suggest(db, 'event', 'embargo summit'),
  'words that are never together': ({ db }) => suggest(db, 'event', 'embargo visit accord summit'),
  'an actor by a word of events': ({ db }) => suggest(db, 'actor', 'ceasefire'),
  'an id like nothing': ({ db }) => suggest(db, 'actor', 'zzzzzz'),
  'a search with a mistake': ({ db }) => suggestQuery(db, parseTextQuery('embrago sumit')),
  'a search without one': ({ db }) => suggestQuery(db, parseTextQuery('embargo summit')),
};

async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < REPEATS; run += 1) {
    const begin = performance.now();
    await work();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

const sizes = process.argv.slice(2).map(Number);
for (const events of sizes.length > 0 ? sizes : [1_000, 20_000, 100_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'attest-bench-'));
  const store = await openStore(`file:${folder}/attest.db`);
  try {
    const begin = performance.now();
    await fill(store, { events, claims: 0 });
    console.log(`${events} events, filled in ${Math.round(performance.now() - begin)} ms`);
    for (const [name, lookup] of Object.entries(LOOKUPS)) {
      console.log(`  ${name.padEnd(34)} ${(await fastest(() => lookup(store))).toFixed(2)} ms`);
    }
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}
