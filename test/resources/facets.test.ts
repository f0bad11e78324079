import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, topic, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startApp('bundled');
});
afterAll(() => server.close());

const FACETS = {
  events: ['actor', 'topic', 'type', 'mode', 'status', 'country', 'source', 'publisher', 'dataset'],
  statements: ['actor', 'about', 'topic', 'form', 'medium', 'occasion', 'source', 'publisher', 'dataset'],
  claims: ['actor', 'about', 'stance', 'topic', 'kind', 'standing', 'source', 'publisher', 'dataset'],
  actors: ['kind', 'parent', 'source'],
  topics: ['broader'],
  sources: ['publisher', 'kind', 'dataset'],
};

interface Group {
  value: string;
  label: string | null;
  count: number;
}

test('facets count all matches, most frequent first, whatever the page', async () => {
  const small = await startApp(
    world({
      topics: [topic('ports', 'trade')],
      events: [
        event('a', { type: 'CONSULT', topics: ['ports'], date: '2024' }),
        event('b', {
          type: 'AGREE',
          topics: ['trade', 'ports'],
          participants: [{ actor: 'bob', role: 'host', onBehalfOf: 'freedonia-ministry' }],
        }),
        event('c', { type: 'CONSULT', topics: ['security'] }),
      ],
    }),
  );
  const { body } = await small.get('/v1/events?facets=type,topic,actor,country&limit=1');
  expect(body.items).toHaveLength(1);
  expect(body.facets).toEqual({
    type: {
      groups: [
        { value: 'CONSULT', label: null, count: 2 },
        { value: 'AGREE', label: null, count: 1 },
      ],
      truncated: false,
    },
    // A topic counts for those above it, and a body for what it is part of, as in the filters.
    topic: {
      groups: [
        { value: 'economy', label: 'Label of economy', count: 2 },
        { value: 'ports', label: 'Label of ports', count: 2 },
        { value: 'trade', label: 'Label of trade', count: 2 },
        { value: 'security', label: 'Label of security', count: 1 },
      ],
      truncated: false,
    },
    actor: {
      groups: [
        { value: 'alice', label: 'Alice Ångström', count: 2 },
        { value: 'bob', label: 'Name of bob', count: 1 },
        { value: 'freedonia', label: 'Name of freedonia', count: 1 },
        { value: 'freedonia-ministry', label: 'Name of freedonia-ministry', count: 1 },
      ],
      truncated: false,
    },
    country: { groups: [], truncated: false },
  });
  const direct = await small.get('/v1/events?facets=actor&actorScope=direct&from=2025');
  expect(direct.body.facets.actor.groups.map(({ value, count }: Group) => [value, count])).toEqual([
    ['alice', 1],
    ['bob', 1],
  ]);
  expect((await small.get('/v1/events')).body).not.toHaveProperty('facets');
  await small.close();
});

describe('a count is what the filter of that name would leave', () => {
  const cases: [keyof typeof FACETS, string][] = [
    ['events', ''],
    ['events', 'actor=united-states&from=2024-06'],
    ['events', 'actor=cambodia&role=participant&q=defence*'],
    ['events', 'actor=united-states&role=initiator,participant&role=host,participant'],
    ['events', 'actorScope=direct&topic=ream-naval-base'],
    ['events', 'asOf=2024-12-31'],
    ['statements', 'about=cambodia'],
    ['statements', 'actorScope=direct&asOf=2024-12-31'],
    ['claims', ''],
    ['claims', 'actor=cambodia'],
    ['claims', 'actor=united-states,china&actor=cambodia&stance=asserts,denies'],
    ['claims', 'stance=asserts&stance=denies'],
    ['claims', 'asOf=2024-12-31'],
    ['actors', ''],
    ['topics', ''],
    ['sources', ''],
  ];
  test.each(cases)('%s?%s', async (list, filter) => {
    const path = `/v1/${list}?${filter}&limit=1&count=true`;
    const { status, body } = await server.get(`${path}&facets=${FACETS[list].join(',')}`);
    expect(status).toBe(200);
    for (const name of FACETS[list]) {
      const { groups, truncated } = body.facets[name] as { groups: Group[]; truncated: boolean };
      expect(groups.length <= 50).toBe(true);
      if (groups.length < 50) expect(truncated).toBe(false);
      const counts = groups.map(({ count }) => count);
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
      for (const { value, count } of groups.slice(0, 12)) {
        const narrowed = await server.get(`${path}&${name}=${value}`);
        expect([name, value, narrowed.body.total]).toEqual([name, value, count]);
      }
    }
  });
});

test('a list of groups that is cut says so', async () => {
  const topics = Array.from({ length: 51 }, (_, index) => topic(`t-${index}`));
  const many = await startApp(
    world({ topics, events: topics.map(({ id }) => event(`e-${id}`, { topics: [id] })) }),
  );
  const { body } = await many.get('/v1/events?facets=topic,type');
  expect(body.facets.topic.groups).toHaveLength(50);
  expect(body.facets.topic.truncated).toBe(true);
  expect(body.facets.type).toEqual({ groups: [], truncated: false });
  await many.close();
});

test('fields trims the records of every list', async () => {
  for (const list of Object.keys(FACETS)) {
    const whole = await server.get(`/v1/${list}?limit=2`);
    const names = Object.keys(whole.body.items[0]).slice(0, 3).reverse();
    const { status, headers, body } = await server.get(
      `/v1/${list}?limit=2&count=true&fields=${names.join(',')}`,
    );
    expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(Object.keys(body)).toEqual(expect.arrayContaining(['items', 'next', 'total']));
    expect(body.items).toEqual(
      whole.body.items.map((item: Record<string, unknown>) =>
        Object.fromEntries(names.map((name) => [name, item[name]])),
      ),
    );
    // The same query with other fields is still the same query.
    const second = await server.get(`/v1/${list}?limit=2&fields=id&cursor=${whole.body.next}`);
    expect(whole.body.next === null || second.status === 200).toBe(true);
  }
});

test.each([
  ['/v1/events?fields=titel', 'fields', '"titel" is not one of id, dataset, title', ['title']],
  ['/v1/events?fields=', 'fields', '"" is not one of', []],
  ['/v1/events?fields=id,,title', 'fields', '"" is not one of', []],
  ['/v1/actors?fields=title', 'fields', '"title" is not one of id, name', []],
  ['/v1/events?fields=id&fields=title', 'fields', 'is given more than once', []],
  ['/v1/events?facets=actors', 'facets', '"actors" is not one of actor, topic', ['actor']],
  ['/v1/sources?facets=actor', 'facets', '"actor" is not one of publisher, kind, dataset', []],
  ['/v1/events/arms-embargo-lifted-2025?fields=id', 'fields', 'there is no such parameter here', []],
])('%s is refused', async (path, parameter, detail, suggestions) => {
  const { status, body } = await server.get(path);
  expect(status).toBe(400);
  expect(body.errors[0]).toMatchObject({ parameter, suggestions });
  expect(body.errors[0].detail).toContain(detail);
});
