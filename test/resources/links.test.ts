import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cite, event, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(
    world({
      events: [
        event('promise', { status: 'planned', date: '2025-10-26', citations: [cite('weekly')] }),
        event('lifting', {
          date: '2025-11-07',
          links: [
            {
              relation: 'fulfils',
              event: 'promise',
              basis: 'told',
              citations: [cite('daily', { start: 5 })],
            },
            { relation: 'ends', event: 'embargo', basis: 'inferred' },
          ],
        }),
        event('embargo', { date: '2021/2025', citations: [cite('weekly')] }),
        event('visit', { citations: [cite('weekly')] }),
        event('meeting', {
          links: [{ relation: 'partOf', event: 'visit', basis: 'inferred' }],
          citations: [cite('weekly'), cite('daily')],
        }),
        event('alone'),
      ],
    }),
  );
});
afterAll(() => server.close());

async function ids(query: string): Promise<string[]> {
  const { body } = await server.get(`/v1/events?sort=id&${query}`);
  return body.items.map(({ id }: { id: string }) => id);
}

test('a link is seen from both ends, with its proof', async () => {
  const { links } = (await server.get('/v1/events/lifting')).body;
  expect(links).toEqual([
    {
      relation: 'fulfils',
      event: { id: 'promise', title: 'Title of promise' },
      basis: 'told',
      citations: [expect.objectContaining({ start: 5, end: 10 })],
    },
    {
      relation: 'ends',
      event: { id: 'embargo', title: 'Title of embargo' },
      basis: 'inferred',
      citations: [],
    },
  ]);
  const promise = (await server.get('/v1/events/promise')).body;
  expect(promise.links).toEqual([
    { ...links[0], relation: 'fulfilledBy', event: { id: 'lifting', title: 'Title of lifting' } },
  ]);
});

test.each([
  ['linkedTo=lifting', ['embargo', 'promise']],
  ['linkedTo=lifting,visit', ['embargo', 'meeting', 'promise']],
  ['linkedTo=promise&linkedTo=embargo', ['lifting']],
  ['relation=fulfilledBy', ['promise']],
  ['relation=fulfils,partOf', ['lifting', 'meeting']],
  ['relation=fulfils&relation=ends', ['lifting']],
  ['linkedTo=lifting&relation=endedBy', ['embargo']],
  ['linkedTo=lifting&relation=partOf', []],
  ['status=planned&relation=fulfilledBy', ['promise']],
  // As of a day on which only one article had been published: an inferred link follows from its events.
  ['asOf=2024-12&relation=hasPart,fulfilledBy', ['visit']],
])('%s', async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});

test('counted by relation', async () => {
  const { facets } = (await server.get('/v1/events?facets=relation&linkedTo=lifting')).body;
  expect(facets.relation.groups).toEqual([
    { value: 'endedBy', label: null, count: 1 },
    { value: 'fulfilledBy', label: null, count: 1 },
  ]);
});

describe('a link that cannot be is refused with its line', () => {
  const link = (relation: 'partOf' | 'prompts', other: string, basis: 'told' | 'inferred' = 'inferred') =>
    event('e', { links: [{ relation, event: other, basis }] });

  test.each([
    ['to itself', [link('partOf', 'e')], 'an event cannot be linked to itself'],
    ['to nothing', [link('partOf', 'f')], 'there is no event "f"'],
    ['told without proof', [link('partOf', 'e', 'told')], 'a told link needs a citation'],
    ['a cause that is inferred', [link('prompts', 'e')], 'is never inferred'],
    [
      'in a circle',
      [link('partOf', 'f'), event('f', { links: [{ relation: 'partOf', event: 'e', basis: 'inferred' }] })],
      'partOf leads back to itself: remove one link of the circle',
    ],
    [
      'twice',
      [
        event('e', {
          links: [
            { relation: 'ends', event: 'f', basis: 'inferred' },
            { relation: 'ends', event: 'f', basis: 'inferred' },
          ],
        }),
        event('f'),
      ],
      'is listed twice',
    ],
  ])('%s', async (_what, events, message) => {
    await expect(server.load(world({ events }))).rejects.toThrow(message);
  });
});

test('a link that is added is a change of both events', async () => {
  const other = await startApp(world({ events: [event('a'), event('b')] }));
  const before = (await other.get('/v1/changes?limit=200')).body.next;
  await other.load(
    world({
      events: [event('a'), event('b', { links: [{ relation: 'ends', event: 'a', basis: 'inferred' }] })],
    }),
  );
  const { items } = (await other.get(`/v1/changes?since=${before}`)).body;
  expect(items.map(({ id }: { id: string }) => id).sort()).toEqual(['a', 'b', 'world']);
  await other.close();
});
