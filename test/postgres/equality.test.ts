import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { openStore } from '../../src/db/openStore.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { type Bench, benchOf, type Sent } from '../property/oracle/bench.ts';
import { drawsFrom } from '../property/oracle/draws.ts';
import { mangledFrom } from '../property/oracle/mangle.ts';
import { openTestStore, startAppOver, type TestApp, temporaryFolder } from '../support/store.ts';

// The same dataset in SQLite and in PostgreSQL, and the same requests to both: their answers are the same bytes.

const DRAWS = Number(process.env.PROPERTY_DRAWS ?? 2000);
const SEED = Number(process.env.PROPERTY_SEED ?? Math.floor(Math.random() * 2 ** 31));

let sqlite: Bench;
let postgres: Bench;

beforeAll(async () => {
  const data = readDataset(BUNDLED_DATASET);
  const at = new Date('2025-01-02T03:04:05.678Z');
  const folder = temporaryFolder();
  const url = `file:${folder.path}/attest.db`;
  const file = await openStore(url);
  const server = await openTestStore();
  const stores = [{ url, store: file, remove: () => file.close().then(folder.remove) }, server];
  const apps: TestApp[] = [];
  for (const each of stores) {
    await loadDataset(each.store, data, { at });
    apps.push(await startAppOver(each));
  }
  const [first, second] = apps as [TestApp, TestApp];
  sqlite = await benchOf(first, data.retired);
  postgres = await benchOf(second, data.retired);
});
afterAll(async () => {
  await sqlite?.server.close();
  await postgres?.server.close();
});

/** What an answer says, without what is of one request: its date and its id. */
async function answerOf(bench: Bench, sent: Sent): Promise<object> {
  const { statusCode, headers, rawPayload } = await bench.send(sent);
  const { date: _date, 'x-request-id': id, ...same } = headers;
  return { statusCode, headers: same, body: rawPayload.toString('latin1').replaceAll(String(id), 'ID') };
}

test.each([
  ['valid', 0.7],
  ['mangled', 0.3],
])(`%s requests are answered alike, with PROPERTY_SEED=${SEED}`, async (kind, share) => {
  const draws = drawsFrom(sqlite);
  const requests =
    kind === 'mangled'
      ? mangledFrom(draws, sqlite)
      : draws.map(({ url }): Sent => ({ method: 'GET', url, headers: {} }));
  await fc.assert(
    fc.asyncProperty(requests, async (sent) => {
      expect(await answerOf(postgres, sent)).toEqual(await answerOf(sqlite, sent));
    }),
    { seed: SEED, numRuns: Math.ceil(DRAWS * share) },
  );
});
