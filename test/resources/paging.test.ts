import { afterEach, beforeEach, expect, test } from 'vitest';
import { actor, claim, event, source, statement, topic, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;
beforeEach(async () => {
  server = await startApp();
});
afterEach(() => server.close());

const pad = (number: number): string => String(number).padStart(2, '0');

/** Every id of a list, page by page, in order; `between` runs after each page. */
async function walk(
  path: string,
  between: (page: number) => Promise<void> = async () => {},
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let page = 1; page === 1 || cursor !== null; page++) {
    const { status, body } = await server.get(cursor === null ? path : `${path}&cursor=${cursor}`);
    expect(status).toBe(200);
    ids.push(...body.items.map((item: { id: string }) => item.id));
    cursor = body.next;
    await between(page);
  }
  return ids;
}

test.each([
  ['/v1/events', 'sort=date'],
  ['/v1/events', 'sort=-date'],
  ['/v1/events', 'sort=id'],
  ['/v1/events', 'sort=-id'],
  ['/v1/statements', 'sort=date'],
  ['/v1/statements', 'sort=-date'],
  ['/v1/claims', 'sort=date'],
  ['/v1/claims', 'sort=-date'],
  ['/v1/actors', 'sort=name'],
  ['/v1/actors', 'sort=-name'],
  ['/v1/sources', 'sort=date'],
  ['/v1/topics', 'sort=label'],
  ['/v1/topics', 'sort=-label'],
])('pages of %s?%s join to the whole, days shared by many included', async (path, sort) => {
  const numbers = Array.from({ length: 13 }, (_, index) => index);
  // Three days for thirteen records, so that pages end in the middle of a day.
  const day = (number: number): string => `2025-06-0${1 + (number % 3)}`;
  await server.load(
    world({
      sources: numbers.map((number) => source(`s-${pad(number)}`, { published: day(number) })),
      topics: numbers.map((number) => ({ ...topic(`t-${pad(number)}`), label: `Label ${number % 3}` })),
      actors: numbers.map((number) => actor(`a-${pad(number)}`, { name: `Name ${number % 3}` })),
      events: numbers.map((number) => event(`e-${pad(number)}`, { date: day(number) })),
      statements: numbers.map((number) => statement(`st-${pad(number)}`, { said: day(number) })),
      claims: numbers.map((number) => claim(`c-${pad(number)}`)),
    }),
  );
  const whole = (await server.get(`${path}?${sort}&limit=200&count=true`)).body;
  const expected = whole.items.map((item: { id: string }) => item.id);
  expect(whole.next).toBeNull();
  expect(whole.total).toBe(expected.length);
  expect(new Set(expected).size).toBe(expected.length);
  for (const limit of [1, 2, 5, 13, 199]) {
    expect(await walk(`${path}?${sort}&limit=${limit}`)).toEqual(expected);
  }
});

test('pages neither skip nor repeat while rows are added', async () => {
  const events = Array.from({ length: 9 }, (_, number) =>
    event(`e-${number}`, { date: `2025-06-1${number}` }),
  );
  await server.load(world({ events }));
  const added: string[] = [];
  const seen = await walk('/v1/events?sort=date&limit=2', async (page) => {
    // One row before everything already read, one among what is still to come.
    const early = event(`early-${page}`, { date: `2024-01-1${page % 10}` });
    const late = event(`late-${page}`, { date: '2025-12-31' });
    if (page > 4) return;
    events.push(early, late);
    added.push(late.id);
    await server.load(world({ events }));
  });
  const before = Array.from({ length: 9 }, (_, number) => `e-${number}`);
  expect(seen).toEqual([...before, ...added]);
});

test('what has no date at all comes last where the newest come first', async () => {
  await server.load(
    world({
      events: [
        event('some-day', { date: '../..' }),
        event('old', { date: '1950' }),
        event('until', { date: '../2025' }),
        event('new', { date: '2026/..' }),
      ],
    }),
  );
  const { body } = await server.get('/v1/events');
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['new', 'until', 'old', 'some-day']);
});

test('Link leads to the next page, with all other parameters', async () => {
  await server.load(world({ events: [event('a'), event('b'), event('c')] }));
  const first = await server.get('/v1/events?actor=alice,bob&sort=id&limit=2');
  const link = /^<([^>]+)>; rel="next"$/.exec(String(first.headers.link))?.[1] ?? '';
  const second = await server.get(link);
  expect(second.body.items.map((item: { id: string }) => item.id)).toEqual(['c']);
  expect(second.body.next).toBeNull();
  expect(second.headers.link).toBeUndefined();
});

test('a cursor belongs to its query; the size of the page may change', async () => {
  await server.load(world({ events: [event('a'), event('b'), event('c')], statements: [statement('s')] }));
  const { body } = await server.get('/v1/events?actor=alice&sort=id&limit=1');
  const same = await server.get(`/v1/events?sort=id&actor=alice&limit=200&count=true&cursor=${body.next}`);
  expect(same.body.items.map((item: { id: string }) => item.id)).toEqual(['b', 'c']);
  expect(same.body.total).toBe(3);
  for (const path of [
    `/v1/events?actor=bob&sort=id&cursor=${body.next}`,
    `/v1/events?actor=alice&sort=-id&cursor=${body.next}`,
    `/v1/events?actor=alice&sort=id&topic=trade&cursor=${body.next}`,
    `/v1/statements?actor=alice&sort=id&cursor=${body.next}`,
  ]) {
    const answer = await server.get(path);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ type: '/problems/stale-cursor', errors: [{ parameter: 'cursor' }] });
  }
});

test.each(['abc', 'WyJhIl0', 'bnVsbA', '%00', 'WzEsMiwzXQ', ''])(
  'the cursor "%s" is refused',
  async (cursor) => {
    const { status, body } = await server.get(`/v1/events?cursor=${cursor}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      type: '/problems/invalid-request',
      errors: [{ parameter: 'cursor', location: 'query' }],
    });
  },
);
