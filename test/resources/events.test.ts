import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cite, event, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(
    world({
      events: [
        event('summit', {
          type: 'CONSULT',
          mode: 'visit',
          date: '2025-06-15',
          place: { name: 'Freedonia City', country: 'XF', latitude: 1.5, longitude: 2.5 },
          participants: [
            { actor: 'alice', role: 'participant', onBehalfOf: 'freedonia' },
            { actor: 'bob', role: 'host', onBehalfOf: 'sylvania' },
          ],
          topics: ['tariffs'],
          citations: [
            cite('daily', { phrase: 'a key phrase' }),
            cite('weekly', { reports: { date: '2025-06-16' } }),
          ],
        }),
        event('drill', {
          type: 'COOPERATE',
          date: '2024-03',
          participants: [
            { actor: 'freedonia-army', role: 'initiator' },
            { actor: 'carol', role: 'recipient' },
          ],
          topics: ['security', 'trade'],
          citations: [cite('weekly')],
        }),
        event('plan', {
          status: 'planned',
          date: '2025-09/..',
          participants: [{ actor: 'sylvania', role: 'initiator' }],
          topics: ['security'],
        }),
        event('era', {
          date: '../2023-12',
          participants: [{ actor: 'bob', role: 'affected' }],
          topics: ['economy'],
        }),
      ],
    }),
  );
});
afterAll(() => server.close());

async function ids(query: string): Promise<string[]> {
  const { status, body } = await server.get(`/v1/events?${query}`);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body.items.map((item: { id: string }) => item.id).sort();
}

test('an event is whole, by id and in a list', async () => {
  const { status, body } = await server.get('/v1/events/summit');
  expect(status).toBe(200);
  expect(body).toEqual({
    id: 'summit',
    dataset: { id: 'world', title: 'A small world' },
    title: 'Title of summit',
    summary: 'Summary of summit',
    type: 'CONSULT',
    mode: 'visit',
    status: 'occurred',
    date: {
      edtf: '2025-06-15',
      earliest: '2025-06-15',
      latest: '2025-06-15',
      period: false,
      approximate: false,
    },
    place: { name: 'Freedonia City', country: 'XF', latitude: 1.5, longitude: 2.5 },
    participants: [
      {
        actor: { id: 'alice', name: 'Alice Ångström' },
        role: 'participant',
        onBehalfOf: { id: 'freedonia', name: 'Name of freedonia' },
      },
      {
        actor: { id: 'bob', name: 'Name of bob' },
        role: 'host',
        onBehalfOf: { id: 'sylvania', name: 'Name of sylvania' },
      },
    ],
    topics: [{ id: 'tariffs', label: 'Label of tariffs' }],
    links: [],
    figures: [],
    citations: [
      {
        source: { id: 'daily', title: 'Article daily' },
        start: 0,
        end: 10,
        sha256: 'a'.repeat(64),
        phrase: 'a key phrase',
        passage: null,
        progress: null,
        reports: null,
      },
      {
        source: { id: 'weekly', title: 'Article weekly' },
        start: 0,
        end: 10,
        sha256: 'a'.repeat(64),
        phrase: null,
        passage: null,
        progress: null,
        reports: { date: '2025-06-16' },
      },
    ],
  });
  const list = await server.get('/v1/events?from=2025-06-15&to=2025-06-15&dateMatch=certain');
  expect(list.body.items).toEqual([body]);
});

describe('each filter alone', () => {
  test.each([
    // An actor matches itself, those who act on its behalf, and the bodies beneath it.
    ['actor=alice', ['summit']],
    ['actor=freedonia', ['drill', 'summit']],
    ['actor=freedonia-ministry', ['drill']],
    ['actor=sylvania', ['plan', 'summit']],
    ['actor=freedonia&actorScope=direct', []],
    ['actor=sylvania&actorScope=direct', ['plan']],
    ['actor=alice,carol', ['drill', 'summit']],
    ['actor=alice&actor=bob', ['summit']],
    ['actor=alice&actor=carol', []],
    ['actor=alice,carol&actor=bob,freedonia-army', ['drill', 'summit']],
    ['actor=bob&role=host', ['summit']],
    ['actor=bob&role=host,affected', ['era', 'summit']],
    ['actor=bob&role=initiator', []],
    ['actor=sylvania&role=host', ['summit']],
    ['topic=trade', ['drill', 'summit']],
    ['topic=economy', ['drill', 'era', 'summit']],
    ['topic=tariffs', ['summit']],
    ['topic=security&topic=economy', ['drill']],
    ['source=weekly', ['drill', 'summit']],
    ['source=weekly&source=daily', ['summit']],
    ['publisher=weekly-press', ['drill', 'summit']],
    ['publisher=bob', []],
    ['dataset=world', ['drill', 'era', 'plan', 'summit']],
    ['type=CONSULT', ['summit']],
    ['type=CONSULT,COOPERATE', ['drill', 'summit']],
    ['mode=visit', ['summit']],
    ['status=planned', ['plan']],
    ['country=XF', ['summit']],
    ['country=KH', []],
    ['disputed=true', ['summit']],
    ['disputed=false', ['drill', 'era', 'plan']],
  ])('%s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });
});

describe('dates', () => {
  test.each([
    // Bounded: the record's days overlap the window, and no end that this needs is open.
    ['from=2025-06-15', ['plan', 'summit']],
    ['from=2025-06-16', ['plan']],
    ['from=2030', ['plan']],
    ['to=2024-03-01', ['drill', 'era']],
    ['to=2024-02', ['era']],
    ['to=1900', []],
    ['to=1900&dateMatch=possible', ['era']],
    ['from=2024-03-31&to=2024', ['drill']],
    ['from=2023-06&to=2023-06', []],
    ['from=2023-06&to=2023-06&dateMatch=possible', ['era']],
    // Certain: a day lies inside whatever day it was; a period touches it whatever its days were.
    ['from=2024-03&to=2024-03&dateMatch=certain', ['drill']],
    ['from=2024-03-02&to=2024-03&dateMatch=certain', []],
    ['from=2025&dateMatch=certain', ['plan', 'summit']],
    ['from=2025&to=2030&dateMatch=certain', ['plan', 'summit']],
    ['to=2024&dateMatch=certain', ['drill', 'era']],
    ['from=1900&to=2024&dateMatch=certain', ['drill', 'era']],
  ])('%s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });
});

test('filters combine: all must hold', async () => {
  expect(await ids('actor=freedonia&topic=trade')).toEqual(['drill', 'summit']);
  expect(await ids('actor=freedonia&topic=trade&from=2025')).toEqual(['summit']);
  expect(
    await ids('actor=freedonia&topic=trade&from=2025&source=daily&type=CONSULT&status=occurred'),
  ).toEqual(['summit']);
  expect(await ids('actor=freedonia&topic=trade&from=2025&source=daily&type=AGREE')).toEqual([]);
  expect(await ids('actor=freedonia,sylvania&disputed=false&from=2024&to=2024')).toEqual(['drill']);
});

test('sorted by date, newest first unless asked otherwise', async () => {
  const order = async (query: string) =>
    (await server.get(`/v1/events?${query}`)).body.items.map((item: { id: string }) => item.id);
  expect(await order('')).toEqual(['plan', 'summit', 'drill', 'era']);
  expect(await order('sort=-date')).toEqual(['plan', 'summit', 'drill', 'era']);
  expect(await order('sort=date')).toEqual(['era', 'drill', 'summit', 'plan']);
  expect(await order('sort=id')).toEqual(['drill', 'era', 'plan', 'summit']);
  expect(await order('sort=-id')).toEqual(['summit', 'plan', 'era', 'drill']);
});

test('count adds the number of all matches', async () => {
  const { body } = await server.get('/v1/events?limit=1&count=true&topic=economy');
  expect(body.items).toHaveLength(1);
  expect(body.total).toBe(3);
  expect((await server.get('/v1/events?limit=1')).body).not.toHaveProperty('total');
});
