import { expect, test } from 'vitest';
import { suggest } from '../../src/db/suggestions.ts';
import { tables } from '../../src/db/tables.ts';
import { wordsOf } from '../../src/domain/words.ts';
import { fill } from '../bench/filled.ts';
import { event, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

// The words from which suggestions are made, and the number of records that have each.

/** The words of the store, and what counting them one by one gives. */
async function words({ store }: TestApp): Promise<{ kept: [string, number][]; counted: [string, number][] }> {
  const { searchDocuments, searchWords } = tables;
  const counts = new Map<string, number>();
  for (const { title, body } of await store.db.select().from(searchDocuments)) {
    const terms = new Set(
      [title, body].flatMap((text) => wordsOf(text.normalize('NFC'))).map(({ term }) => term),
    );
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const kept = (await store.db.select().from(searchWords)).map(({ term, records }): [string, number] => [
    term,
    Number(records),
  ]);
  const sorted = (pairs: [string, number][]): [string, number][] =>
    pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  return { kept: sorted(kept), counted: sorted([...counts]) };
}

test('are those of all records of the bundled dataset', async () => {
  const server = await startApp('bundled');
  const { kept, counted } = await words(server);
  expect(kept.length).toBeGreaterThan(1_000);
  expect(kept).toEqual(counted);
  await server.close();
});

test('are those of all records after records are added, changed and removed', async () => {
  const server = await startApp();
  const seen: (number | undefined)[] = [];
  for (const records of [
    { events: [event('one', { title: 'Zyzzyva zyzzyva sighted', summary: 'A "zyzzyva" \\ in កម្ពុជា.' })] },
    { events: [event('one', { title: 'Zyzzyva seen' }), event('two', { title: 'Zyzzyva' })] },
    {
      events: [event('two', { title: 'Nothing' })],
      retired: [{ kind: 'event' as const, id: 'one', reason: 'it was a beetle' }],
    },
  ]) {
    await server.load(world(records));
    const { kept, counted } = await words(server);
    expect(kept).toEqual(counted);
    seen.push(new Map(kept).get('zyzzyva'));
  }
  expect(seen).toEqual([1, 2, undefined]);
  await server.close();
});

test('lead to records that have all of them, also where each word is in many records', async () => {
  const large = await startApp();
  await fill(large.store, { events: 12_000, claims: 0 });
  const suggested = await suggest(large.store.db, 'event', 'embrago sumit');
  expect(suggested).toHaveLength(3);
  for (const id of suggested) {
    const { body } = await large.get(`/v1/events/${id}`);
    expect(body.title).toMatch(/embargo.*summit|summit.*embargo/);
  }
  expect(await suggest(large.store.db, 'event', 'embargo visit accord summit')).toEqual([]);
  await large.close();
});
