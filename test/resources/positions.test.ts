import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cite, claim, position, statement, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  const records = {
    statements: [statement('speech', { gist: 'Tariffs hurt.' })],
    claims: [
      claim('tariffs-help', {
        topics: ['tariffs', 'security'],
        positions: [
          position('alice', {
            stance: 'denies',
            statement: 'speech',
            since: '2025-06-15',
            citations: [cite('weekly', { phrase: 'a key phrase' })],
          }),
          position('bob'),
        ],
      }),
      claim('base-is-foreign', {
        topics: ['security'],
        positions: [
          position('alice', { stance: 'doubts', since: '2024-02' }),
          position('alice', { stance: 'asserts', since: '[..2025-11-13]' }),
        ],
      }),
      claim('growth-will-come', {
        topics: ['economy'],
        positions: [position('alice', { stance: 'supports', since: '2025-01/..' })],
      }),
    ],
  };
  server = await startApp(world(records));
  await server.load(
    world({
      ...records,
      retired: [
        { kind: 'actor', id: 'alice-a', mergedInto: 'alice' },
        { kind: 'actor', id: 'nobody', reason: 'no source names it' },
      ],
    }),
  );
});
afterAll(() => server.close());

const sides = async (query: string, actor = 'alice') => {
  const { status, body } = await server.get(`/v1/actors/${actor}/positions?${query}`);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body.items.map(
    (item: { claim: { id: string }; stance: string }) => `${item.stance} ${item.claim.id}`,
  );
};

test('a position is whole', async () => {
  const { body } = await server.get('/v1/actors/alice/positions?topic=tariffs');
  expect(body).toEqual({
    items: [
      {
        actor: { id: 'alice', name: 'Alice Ångström' },
        claim: { id: 'tariffs-help', proposition: 'Proposition of tariffs-help' },
        stance: 'denies',
        since: {
          edtf: '2025-06-15',
          earliest: '2025-06-15',
          latest: '2025-06-15',
          period: false,
          approximate: false,
        },
        statement: { id: 'speech', gist: 'Tariffs hurt.' },
        topics: [
          { id: 'tariffs', label: 'Label of tariffs' },
          { id: 'security', label: 'Label of security' },
        ],
        citations: [
          {
            source: { id: 'weekly', title: 'Article weekly' },
            start: 0,
            end: 10,
            sha256: 'a'.repeat(64),
            phrase: 'a key phrase',
            passage: null,
            progress: null,
            reports: null,
          },
        ],
      },
    ],
    next: null,
  });
  const doubts = (await server.get('/v1/actors/alice/positions?to=2024')).body.items[0];
  expect(doubts).toMatchObject({ stance: 'doubts', statement: null });
});

test.each([
  // From the earliest on; of an open start only the end is known.
  [
    '',
    ['doubts base-is-foreign', 'supports growth-will-come', 'denies tariffs-help', 'asserts base-is-foreign'],
  ],
  ['topic=security', ['doubts base-is-foreign', 'denies tariffs-help', 'asserts base-is-foreign']],
  ['topic=economy', ['supports growth-will-come', 'denies tariffs-help']],
  ['topic=economy&topic=security', ['denies tariffs-help']],
  ['from=2025-07', ['supports growth-will-come', 'asserts base-is-foreign']],
  ['to=2024', ['doubts base-is-foreign']],
  ['to=2024&dateMatch=possible', ['doubts base-is-foreign', 'asserts base-is-foreign']],
  ['from=2025&to=2025&dateMatch=certain', ['supports growth-will-come', 'denies tariffs-help']],
  ['stance=denies,asserts', ['denies tariffs-help', 'asserts base-is-foreign']],
  ['stance=denies&stance=asserts', []],
  ['source=weekly', ['denies tariffs-help']],
  ['source=daily&topic=economy', ['supports growth-will-come']],
  ['publisher=weekly-press', ['denies tariffs-help']],
  // The article of June 2024 is the only one there was.
  ['asOf=2024-12', ['denies tariffs-help']],
  ['asOf=2024-12&source=daily', []],
  [
    'sort=-date',
    ['denies tariffs-help', 'supports growth-will-come', 'doubts base-is-foreign', 'asserts base-is-foreign'],
  ],
])('%s', async (query, expected) => {
  expect(await sides(query)).toEqual(expected);
});

test('as of a day, the statement in which it was taken is known only if it was reported', async () => {
  const { body } = await server.get('/v1/actors/alice/positions?asOf=2024-12');
  // The speech is cited from the article of 2025 alone.
  expect(body.items[0]).toMatchObject({ claim: { id: 'tariffs-help' }, statement: null });
});

test('counted by stance, topic, source and publisher', async () => {
  const { body } = await server.get(
    '/v1/actors/alice/positions?facets=stance,topic,source,publisher&fields=stance&limit=1',
  );
  expect(body.items).toEqual([{ stance: 'doubts' }]);
  const counts = Object.fromEntries(
    Object.entries(body.facets as Record<string, { groups: { value: string; count: number }[] }>).map(
      ([name, { groups }]) => [name, groups.map(({ value, count }) => `${value} ${count}`)],
    ),
  );
  expect(counts).toEqual({
    stance: ['asserts 1', 'denies 1', 'doubts 1', 'supports 1'],
    // Tariffs lie beneath trade, and trade beneath the economy.
    topic: ['security 3', 'economy 2', 'tariffs 1', 'trade 1'],
    source: ['daily 3', 'weekly 1'],
    publisher: ['daily-press 3', 'weekly-press 1'],
  });
});

test('as a table, and as lines of JSON', async () => {
  const table = await server.app.inject('/v1/actors/alice/positions?format=csv&stance=denies,doubts');
  expect(table.headers['x-total-count']).toBe('2');
  expect(table.headers['content-disposition']).toBe('attachment; filename="positions.csv"');
  expect(parse(table.body, { columns: true })).toEqual([
    expect.objectContaining({ claim: 'base-is-foreign', stance: 'doubts', since: '2024-02', statement: '' }),
    {
      actor: 'alice',
      claim: 'tariffs-help',
      proposition: 'Proposition of tariffs-help',
      stance: 'denies',
      since: '2025-06-15',
      earliest: '2025-06-15',
      latest: '2025-06-15',
      statement: 'speech',
      topics: 'tariffs;security',
      citations: 'weekly:0-10',
      citationsJson: '[{"source":"weekly","start":0,"end":10,"phrase":"a key phrase","passage":null}]',
    },
  ]);
  const lines = await server.app.inject('/v1/actors/alice/positions?format=ndjson');
  const { body } = await server.get('/v1/actors/alice/positions');
  expect(
    lines.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(body.items);
});

test('of that actor alone', async () => {
  expect(await sides('', 'bob')).toEqual(['asserts tariffs-help']);
  expect(await sides('', 'carol')).toEqual([]);
});

test('pages join to the whole, and a cursor belongs to its actor', async () => {
  const whole = await sides('');
  const seen: string[] = [];
  let path = '/v1/actors/alice/positions?limit=1&count=true';
  for (;;) {
    const { body, headers } = await server.get(path);
    expect(body.total).toBe(4);
    seen.push(
      ...body.items.map(
        (item: { claim: { id: string }; stance: string }) => `${item.stance} ${item.claim.id}`,
      ),
    );
    if (body.next === null) break;
    path = /^<([^>]+)>; rel="next"$/.exec(String(headers.link))?.[1] ?? '';
  }
  expect(seen).toEqual(whole);
  const { body } = await server.get('/v1/actors/alice/positions?limit=1');
  const other = await server.get(`/v1/actors/bob/positions?limit=1&cursor=${body.next}`);
  expect(other.status).toBe(400);
  expect(other.body.type).toBe('/problems/stale-cursor');
});

test('an actor that is not there is told as elsewhere', async () => {
  const missing = await server.get('/v1/actors/alic/positions');
  expect(missing.status).toBe(404);
  expect(missing.body.errors).toMatchObject([{ parameter: 'id', location: 'path', suggestions: ['alice'] }]);
  const merged = await server.app.inject('/v1/actors/alice-a/positions?topic=trade&to=2025');
  expect(merged.statusCode).toBe(308);
  // The filters stay with it: without them the answer would be another one.
  expect(merged.headers.location).toBe('/v1/actors/alice/positions?topic=trade&to=2025');
  const withdrawn = await server.get('/v1/actors/nobody/positions');
  expect(withdrawn.status).toBe(410);
  expect(withdrawn.body.detail).toContain('no source names it');
});

test.each([
  ['topic=tarifs', 'topic', 'there is no topic "tarifs"', ['tariffs']],
  ['from=2025&to=2024', 'from', 'is after `to`: exchange them', []],
  ['actor=bob', 'actor', 'there is no such parameter', []],
  ['limit=0', 'limit', 'must be a whole number', []],
])('%s is refused', async (query, parameter, detail, suggestions) => {
  const { status, body } = await server.get(`/v1/actors/alice/positions?${query}`);
  expect(status).toBe(400);
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0]).toMatchObject({ parameter, location: 'query' });
  expect(body.errors[0].detail).toContain(detail);
  expect(body.errors[0].suggestions.slice(0, suggestions.length || undefined)).toEqual(suggestions);
});

test('actorScope=bodies adds the positions of the bodies that belong to the actor', async () => {
  const app = await startApp(
    world({
      claims: [
        claim('c', {
          positions: [
            position('freedonia'),
            position('freedonia-ministry', { stance: 'supports' }),
            position('freedonia-army', { stance: 'doubts' }),
            position('alice', { stance: 'denies' }),
          ],
        }),
      ],
    }),
  );
  const taken = async (query: string) => {
    const { body } = await app.get(`/v1/actors/freedonia/positions?${query}`);
    return body.items
      .map(({ actor, stance }: { actor: { id: string }; stance: string }) => `${actor.id} ${stance}`)
      .sort();
  };
  expect(await taken('')).toEqual(['freedonia asserts']);
  expect(await taken('actorScope=direct')).toEqual(['freedonia asserts']);
  expect(await taken('actorScope=bodies')).toEqual([
    'freedonia asserts',
    'freedonia-army doubts',
    'freedonia-ministry supports',
  ]);
  expect(await taken('actorScope=bodies&stance=doubts')).toEqual(['freedonia-army doubts']);
  await app.close();
});
