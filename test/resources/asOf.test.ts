import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cite, claim, event, position, source, statement, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

// `weekly` is from June 2024, `gazette` from some day in 2024, `daily` from 13 November 2025, `echo` repeats it.
beforeAll(async () => {
  server = await startApp(
    world({
      sources: [
        source('gazette', { published: '2024', publisher: 'bob' }),
        source('echo', { published: '2025-11-14', derivedFrom: ['daily'] }),
        source('undated', { published: '2024-01/..' }),
      ],
      events: [
        event('visit', {
          citations: [cite('weekly', { reports: { status: 'planned', date: '2025-06' } }), cite('daily')],
        }),
        event('plan', { citations: [cite('gazette')] }),
        event('news', { citations: [cite('daily', { reports: { place: 'elsewhere' } })] }),
        event('someday', { citations: [cite('undated')] }),
      ],
      statements: [
        statement('early', { citations: [cite('weekly'), cite('daily')], occasion: 'news' }),
        statement('late', { onBehalfOf: 'freedonia', citations: [cite('daily')], occasion: 'visit' }),
      ],
      claims: [
        claim('turned', {
          event: 'news',
          positions: [
            position('alice', { since: '2024-05', citations: [cite('weekly'), cite('daily')] }),
            position('bob', { stance: 'denies', since: '2025-11', citations: [cite('daily')] }),
          ],
        }),
        claim('grows', {
          positions: [
            position('alice', { since: '2024-02', citations: [cite('gazette'), cite('weekly')] }),
            position('carol', { since: '2023', citations: [cite('daily')], statement: 'late' }),
            position('carol', { stance: 'reports', citations: [cite('weekly')], statement: 'late' }),
          ],
        }),
        claim('rivals', {
          contradicts: ['turned'],
          positions: [position('carol', { stance: 'asserts', citations: [cite('daily'), cite('echo')] })],
        }),
      ],
    }),
  );
});
afterAll(() => server.close());

async function ids(path: string): Promise<string[]> {
  const { status, body } = await server.get(path);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body.items.map((item: { id: string }) => item.id).sort();
}

test('the timeline counts, and the graph joins, what had been reported by then', async () => {
  for (const kind of ['events', 'statements']) {
    for (const day of ['2023', '2024-06', '2024', '2030']) {
      const { total } = (await server.get(`/v1/timeline?of=${kind}&asOf=${day}`)).body;
      expect([kind, day, total]).toEqual([kind, day, (await ids(`/v1/${kind}?asOf=${day}`)).length]);
    }
  }
  expect((await server.get('/v1/graph?asOf=2023')).body).toMatchObject({ nodes: [], edges: [] });
});

describe('a record counts once some source published by then tells of it', () => {
  test.each([
    ['events?asOf=2024-06-29', []],
    ['events?asOf=2024-06-30', ['visit']],
    ['events?asOf=2024-06', ['visit']],
    // The gazette may be from the last day of the year; a day with no bound never comes.
    ['events?asOf=2024-12-30', ['visit']],
    ['events?asOf=2024', ['plan', 'visit']],
    ['events?asOf=2030', ['news', 'plan', 'visit']],
    ['statements?asOf=2024', ['early']],
    ['statements?asOf=2025-11-13', ['early', 'late']],
    // `news`, at which it was said, had not been reported.
    ['statements?asOf=2024&occasion=news', []],
    ['statements?asOf=2025-11-13&occasion=news', ['early']],
    ['claims?asOf=2024-06', ['grows', 'turned']],
    ['claims?asOf=2025-12', ['grows', 'rivals', 'turned']],
    // The other filters see nothing later either.
    ['events?asOf=2024&source=daily', []],
    ['events?asOf=2024&publisher=daily-press', []],
    ['events?asOf=2024&source=weekly', ['visit']],
    ['events?asOf=2024&disputed=true', ['visit']],
    ['events?asOf=2024&disputed=false', ['plan']],
    ['events?asOf=2025-11-13&disputed=true', ['news', 'visit']],
    ['claims?asOf=2024&actor=bob', []],
    ['claims?asOf=2024&stance=denies', []],
    ['claims?asOf=2025-12&stance=denies', ['turned']],
    ['claims?asOf=2024&source=daily', []],
    ['claims?asOf=2024&from=2025-11', []],
    ['claims?asOf=2024&actor=freedonia', []],
    ['claims?asOf=2025-12&actor=freedonia', ['grows']],
    // Standing as it was.
    ['claims?asOf=2024-06&standing=disputed', []],
    ['claims?asOf=2024-06&standing=single-source', ['grows', 'turned']],
    ['claims?asOf=2024&standing=one-sided', ['grows']],
    ['claims?asOf=2025-12&standing=disputed', ['rivals', 'turned']],
  ])('%s', async (query, expected) => {
    expect(await ids(`/v1/${query}`)).toEqual(expected);
  });
});

test('an event shows what was reported of it by then, and how it read then', async () => {
  const { body } = await server.get('/v1/events/visit?asOf=2024');
  expect(body.status).toBe('occurred');
  expect(body.citations).toHaveLength(1);
  expect(body.citations[0]).toMatchObject({
    source: { id: 'weekly' },
    reports: { status: 'planned', date: '2025-06' },
  });
  const list = await server.get('/v1/events?asOf=2024-06');
  expect(list.body.items).toEqual([body]);
  expect((await server.get('/v1/events/visit?asOf=2025-12')).body.citations).toHaveLength(2);
});

test('what was not reported yet is not referred to either', async () => {
  const early = await server.get('/v1/statements/early?asOf=2024');
  expect(early.body).toMatchObject({ occasion: null, citations: [{ source: { id: 'weekly' } }] });
  expect((await server.get('/v1/statements/early')).body.occasion).toMatchObject({ id: 'news' });
  const counted = async (day: string) =>
    (await server.get(`/v1/statements?facets=occasion&asOf=${day}`)).body.facets.occasion.groups;
  expect(await counted('2024')).toEqual([]);
  expect(await counted('2025-11-13')).toHaveLength(2);
  const turned = await server.get('/v1/claims/turned?asOf=2024');
  expect(turned.body).toMatchObject({ event: null, contradicts: [] });
  const grows = await server.get('/v1/claims/grows?asOf=2024');
  expect(grows.body.positions.map((held: { statement: unknown }) => held.statement)).toEqual([null, null]);
});

test('claims are weighed by the positions of the time', async () => {
  const at = async (day: string, id = 'turned') => (await server.get(`/v1/claims/${id}?asOf=${day}`)).body;
  expect(await at('2024-06')).toMatchObject({
    standing: 'single-source',
    stances: { asserts: 1, denies: 0 },
    independentSources: 1,
    positions: [{ actor: { id: 'alice' }, citations: [{ source: { id: 'weekly' } }] }],
  });
  expect(await at('2025-11-13')).toMatchObject({
    standing: 'disputed',
    stances: { asserts: 1, denies: 1 },
    independentSources: 2,
    contradicts: [{ id: 'rivals' }],
  });
  expect(await at('2024-06', 'grows')).toMatchObject({ standing: 'single-source', independentSources: 1 });
  expect(await at('2024', 'grows')).toMatchObject({
    standing: 'one-sided',
    independentSources: 2,
    independentVoices: 1,
  });
  // The repetition adds nothing.
  expect(await at('2025-12', 'rivals')).toMatchObject({ independentSources: 1 });
});

test('claims are sorted by the first position of the time, page by page', async () => {
  const order = async (query: string) =>
    (await server.get(`/v1/claims?${query}`)).body.items.map((item: { id: string }) => item.id);
  // One position on `grows`, since 2023, was not known in 2024.
  expect(await order('asOf=2024&sort=date')).toEqual(['grows', 'turned']);
  expect(await order('asOf=2024-06&sort=-date')).toEqual(['turned', 'grows']);
  const first = await server.get('/v1/claims?asOf=2024&sort=-date&limit=1');
  expect(first.body.items[0].id).toBe('turned');
  expect(await order(`asOf=2024&sort=-date&limit=1&cursor=${first.body.next}`)).toEqual(['grows']);
});

test('a record that nothing had reported is not found, and says so', async () => {
  const { status, body } = await server.get('/v1/events/news?asOf=2024');
  expect(status).toBe(404);
  expect(body.detail).toBe('no source published by 2024-12-31 reports the event "news"');
  for (const path of ['/v1/statements/late?asOf=2024', '/v1/claims/rivals?asOf=2024']) {
    expect((await server.get(path)).status).toBe(404);
  }
  expect((await server.get('/v1/events/nothing?asOf=2024')).body.detail).toBe('there is no event "nothing"');
});

test.each([
  ['/v1/events?asOf=yesterday', 'is not a calendar date'],
  ['/v1/events?asOf=2024/2025', 'is not one date'],
  ['/v1/events?asOf=2024&asOf=2025', 'is given more than once'],
  ['/v1/claims/turned?asOf=2024-02-30', 'is not a calendar date'],
  ['/v1/actors?asOf=2024', 'there is no such parameter here'],
])('%s is refused', async (path, detail) => {
  const { status, body } = await server.get(path);
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ parameter: 'asOf' }]);
  expect(body.errors[0].detail).toContain(detail);
});

// It opens 25 stores, which takes long on a busy machine.
test('the count of claims as of a day is the number of all pages, on the first page and on later ones', async () => {
  for (const filter of [
    '',
    '&standing=disputed',
    '&standing=single-source,one-sided',
    '&standing=corroborated',
  ]) {
    const all = (await server.get(`/v1/claims?asOf=2999${filter}`)).body.items;
    let path: string | undefined = `/v1/claims?asOf=2999${filter}&limit=1&count=true`;
    const read: unknown[] = [];
    while (path !== undefined) {
      const { body } = await server.get(path);
      expect(body.total).toBe(all.length);
      read.push(...body.items);
      path =
        body.next === null
          ? undefined
          : `/v1/claims?asOf=2999${filter}&limit=1&count=true&cursor=${body.next}`;
    }
    expect(read).toEqual(all);
  }
  expect((await server.get('/v1/claims?asOf=1900&count=true')).body).toMatchObject({ items: [], total: 0 });
});

test('when everything is known, the standing of the day is the one the loader derived', async () => {
  const names = ['s0', 's1', 's2', 's3', 's4'];
  const person = fc.constantFrom('alice', 'bob', 'carol');
  const stance = fc.constantFrom('asserts', 'supports', 'reports', 'doubts', 'denies');
  const sources = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 });
  const held = fc.array(fc.tuple(person, stance, sources), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      // A source may repeat any earlier one, at several removes.
      fc.tuple(...names.map((_, index) => fc.subarray(names.slice(0, index)))),
      fc.tuple(held, held, held),
      fc.subarray(['c1', 'c2']),
      async (derived, positions, contradicts) => {
        const random = await startApp(
          world({
            sources: names.map((name, index) =>
              source(name, derived[index]?.length ? { derivedFrom: derived[index] } : {}),
            ),
            claims: positions.map((taken, index) =>
              claim(`c${index}`, {
                ...(index === 0 && contradicts.length > 0 ? { contradicts } : {}),
                positions: taken.map(([who, side, from]) =>
                  position(who, { stance: side as 'asserts', citations: from.map((name) => cite(name)) }),
                ),
              }),
            ),
          }),
        );
        try {
          const now = (await random.get('/v1/claims')).body.items;
          expect((await random.get('/v1/claims?asOf=2999')).body.items).toEqual(now);
        } finally {
          await random.close();
        }
      },
    ),
    { numRuns: 25 },
  );
}, 180_000);
