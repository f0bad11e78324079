import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { intervalOf } from '../../src/domain/intervals.ts';
import { cite, event, source, statement, topic, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(
    world({
      events: [
        event('summit', {
          type: 'CONSULT',
          date: '2025-06-15',
          place: { name: 'Freedonia City', country: 'XF' },
          participants: [
            { actor: 'alice', role: 'initiator' },
            { actor: 'alice', role: 'signatory' },
            { actor: 'bob', role: 'host' },
          ],
          topics: ['tariffs', 'security'],
          citations: [cite('daily'), cite('daily', { start: 20, end: 30 }), cite('weekly')],
        }),
        event('call', {
          type: 'CONSULT',
          date: '2025-06-16',
          participants: [{ actor: 'bob', role: 'host' }],
        }),
        event('drill', { type: 'COOPERATE', date: '2025-06', status: 'planned', topics: ['security'] }),
        event('change', { date: '2024-12-31' }),
        event('series', { type: 'COOPERATE', date: '2024-10-01/..', topics: ['security'] }),
        event('talks', { type: 'CONSULT', date: '../2023-05-07' }),
      ],
      statements: [
        statement('speech', { said: '2025-06-15', form: 'quote', about: ['bob'], topics: ['tariffs'] }),
        statement('post', { speaker: 'bob', said: '../2025-11-13', citations: [cite('weekly')] }),
        statement('remark', { speaker: 'bob', said: '2025-06-20' }),
      ],
    }),
  );
});
afterAll(() => server.close());

const get = async (query: string) => {
  const { status, body } = await server.get(`/v1/timeline?${query}`);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body;
};

test('events by month, each once, with what is open told apart', async () => {
  expect(await get('')).toEqual({
    of: 'events',
    interval: 'month',
    by: null,
    items: [
      { from: '2023-05-01', to: '2023-05-31', count: 1, open: 1, uncertain: 0 },
      { from: '2024-10-01', to: '2024-10-31', count: 1, open: 1, uncertain: 0 },
      { from: '2024-12-01', to: '2024-12-31', count: 1, open: 0, uncertain: 0 },
      { from: '2025-06-01', to: '2025-06-30', count: 3, open: 0, uncertain: 0 },
    ],
    total: 6,
    undated: 0,
    truncated: { intervals: false, groups: false },
  });
});

test.each([
  ['day', ['2023-05-07 1', '2024-10-01 1', '2024-12-31 1', '2025-06-01 1', '2025-06-15 1', '2025-06-16 1']],
  // 15 June 2025 is a Sunday: the week ends with it. 31 December 2024 lies in the week that begins on the 30th.
  ['week', ['2023-05-01 1', '2024-09-30 1', '2024-12-30 1', '2025-05-26 1', '2025-06-09 1', '2025-06-16 1']],
  ['month', ['2023-05-01 1', '2024-10-01 1', '2024-12-01 1', '2025-06-01 3']],
  ['quarter', ['2023-04-01 1', '2024-10-01 2', '2025-04-01 3']],
  ['year', ['2023-01-01 1', '2024-01-01 2', '2025-01-01 3']],
])('by %s', async (interval, expected) => {
  const { items } = await get(`interval=${interval}`);
  expect(items.map(({ from, count }: { from: string; count: number }) => `${from} ${count}`)).toEqual(
    expected,
  );
});

test.each([
  ['2025-06-15', 'day', '2025-06-15', '2025-06-15'],
  ['2025-01-01', 'week', '2024-12-30', '2025-01-05'],
  ['9999-12-31', 'week', '9999-12-27', '9999-12-31'],
  ['0000-01-01', 'week', '0000-01-01', '0000-01-02'],
  ['2024-12-29', 'week', '2024-12-23', '2024-12-29'],
  ['2024-02-29', 'month', '2024-02-01', '2024-02-29'],
  ['2025-02-01', 'month', '2025-02-01', '2025-02-28'],
  ['2025-12-31', 'month', '2025-12-01', '2025-12-31'],
  ['2025-12-31', 'quarter', '2025-10-01', '2025-12-31'],
  ['2025-01-31', 'quarter', '2025-01-01', '2025-03-31'],
  ['2024-05-31', 'quarter', '2024-04-01', '2024-06-30'],
  ['2024-02-29', 'year', '2024-01-01', '2024-12-31'],
  ['0044-03-15', 'year', '0044-01-01', '0044-12-31'],
] as const)('%s lies in the %s from %s to %s', (day, interval, from, to) => {
  expect(intervalOf(day, interval)).toEqual({ from, to });
});

test('what may lie in another interval is counted apart', async () => {
  const dates = ['2025-06-15', '2025-06', '[2025-06-20..2025-07-02]', '2025-06-03~', '2025-06-10/2025-08-01'];
  const own = await startApp(world({ events: dates.map((date, index) => event(`e${index}`, { date })) }));
  const shape = async (interval: string) =>
    (await own.get(`/v1/timeline?interval=${interval}`)).body.items.map(
      ({ from, count, uncertain }: { from: string; count: number; uncertain: number }) => [
        from,
        count,
        uncertain,
      ],
    );
  expect(await shape('month')).toEqual([['2025-06-01', 5, 2]]);
  expect(await shape('year')).toEqual([['2025-01-01', 5, 1]]);
  expect(await shape('day')).toEqual([
    ['2025-06-01', 1, 1],
    ['2025-06-03', 1, 1],
    ['2025-06-10', 1, 0],
    ['2025-06-15', 1, 0],
    ['2025-06-20', 1, 1],
  ]);
  await own.close();
});

describe('split', () => {
  const groups = async (query: string) => {
    const { groups: found } = await get(query);
    return found.map(({ id, count }: { id: string | null; count: number }) => `${id} ${count}`);
  };

  test.each([
    ['by=type', ['CONSULT 3', 'COOPERATE 2', 'null 1']],
    ['by=status', ['occurred 5', 'planned 1']],
    ['by=country', ['null 5', 'XF 1']],
    // Alice has two roles at the summit, and it is cited from one source twice: once each.
    ['by=actor', ['alice 5', 'bob 2']],
    ['by=topic', ['security 3', 'trade 3', 'tariffs 1']],
    ['by=source', ['daily 6', 'weekly 1']],
    ['by=source&asOf=2024', ['weekly 1']],
    ['by=type&topic=security', ['COOPERATE 2', 'CONSULT 1']],
    ['of=statements&by=actor', ['bob 2', 'alice 1']],
    ['of=statements&by=topic', ['trade 2', 'tariffs 1']],
    ['of=statements&by=source', ['daily 2', 'weekly 1']],
  ])('%s', async (query, expected) => {
    expect(await groups(query)).toEqual(expected);
  });

  test('each interval has its groups, and each group its name', async () => {
    const byType = await get('by=type&interval=year');
    expect(byType.items.map(({ groups: shares }: { groups: unknown }) => shares)).toEqual([
      [{ id: 'CONSULT', count: 1 }],
      [
        { id: 'COOPERATE', count: 1 },
        { id: null, count: 1 },
      ],
      [
        { id: 'CONSULT', count: 2 },
        { id: 'COOPERATE', count: 1 },
      ],
    ]);
    expect(byType.groups[0]).toEqual({ id: 'CONSULT', name: null, count: 3 });
    expect((await get('by=actor')).groups[0]).toEqual({ id: 'alice', name: 'Alice Ångström', count: 5 });
    expect((await get('by=topic')).groups[0]).toEqual({
      id: 'security',
      name: 'Label of security',
      count: 3,
    });
    expect((await get('by=source')).groups[0]).toEqual({ id: 'daily', name: 'Article daily', count: 6 });
  });
});

test('the filters of the list are those of its timeline: both find the same', async () => {
  for (const filter of [
    '',
    'actor=bob',
    'actor=bob&role=host',
    'topic=economy',
    'source=weekly',
    'type=CONSULT&status=occurred',
    'country=XF',
    'from=2025',
    'from=2025&dateMatch=certain',
    'to=2024',
    'disputed=true',
    'actor=carol',
  ]) {
    const { total } = (await server.get(`/v1/events?count=true&${filter}`)).body;
    const timeline = await get(filter);
    expect([filter, timeline.total]).toEqual([filter, total]);
    const told = timeline.items.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
    expect([filter, told + timeline.undated]).toEqual([filter, total]);
  }
  for (const filter of ['', 'actor=bob', 'about=bob', 'form=quote', 'from=2025-06-16', 'topic=economy']) {
    const { total } = (await server.get(`/v1/statements?count=true&${filter}`)).body;
    expect([filter, (await get(`of=statements&${filter}`)).total]).toEqual([filter, total]);
  }
});

test('nothing found is no intervals', async () => {
  expect(await get('actor=carol&by=type')).toMatchObject({ items: [], groups: [], total: 0 });
});

test('what no day is known of is counted apart; many intervals and groups are cut, and it says so', async () => {
  const many = await startApp(
    world({
      sources: [source('s')],
      topics: Array.from({ length: 60 }, (_, number) => topic(`t-${number}`)),
      events: [
        event('whenever', { date: '../..' }),
        ...Array.from({ length: 1005 }, (_, number) =>
          event(`e-${number}`, {
            date: new Date(Date.UTC(2020, 0, 1 + number)).toISOString().slice(0, 10),
            topics: [`t-${number % 60}`],
          }),
        ),
      ],
    }),
  );
  const { body } = await many.get('/v1/timeline?interval=day&by=topic');
  expect(body).toMatchObject({ total: 1006, undated: 1, truncated: { intervals: true, groups: true } });
  expect(body.items).toHaveLength(1000);
  // The latest are kept.
  expect(body.items[0].from).toBe('2020-01-06');
  expect(body.groups).toHaveLength(50);
  const monthly = (await many.get('/v1/timeline')).body;
  expect(monthly.truncated).toEqual({ intervals: false, groups: false });
  await many.close();
});

test.each([
  ['interval=decade', 'interval', '"decade" is not one of day, week, month, quarter, year', []],
  ['of=claims', 'of', '"claims" is not one of events, statements', []],
  ['by=mode', 'by', '"mode" is not one of', []],
  ['of=statements&by=type', 'by', 'statements have no type', []],
  ['of=statements&type=CONSULT', 'type', 'is a filter of events', []],
  ['of=statements&disputed=false', 'disputed', 'is a filter of events', []],
  ['form=quote', 'form', 'is a filter of statements', []],
  ['role=host', 'role', 'needs `actor`', []],
  ['actor=alic', 'actor', 'there is no actor "alic"', ['alice']],
  ['of=statements&about=bobb', 'about', 'there is no actor', ['bob']],
  ['from=2025&to=2024', 'from', 'is after `to`: exchange them', []],
  ['limit=5', 'limit', 'there is no such parameter', []],
])('%s is refused', async (query, parameter, detail, suggestions) => {
  const { status, body } = await server.get(`/v1/timeline?${query}`);
  expect(status).toBe(400);
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0]).toMatchObject({ parameter, location: 'query' });
  expect(body.errors[0].detail).toContain(detail);
  expect(body.errors[0].suggestions.slice(0, suggestions.length || undefined)).toEqual(suggestions);
});
