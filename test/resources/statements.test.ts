import { afterAll, beforeAll, expect, test } from 'vitest';
import { cite, event, statement, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(
    world({
      events: [event('summit')],
      statements: [
        statement('alice-speaks', {
          onBehalfOf: 'freedonia',
          form: 'quote',
          medium: 'speech',
          said: '2025-06-15',
          occasion: 'summit',
          about: ['sylvania', 'bob'],
          topics: ['tariffs'],
        }),
        statement('bob-relayed', {
          speaker: 'bob',
          relayedBy: 'freedonia-ministry',
          said: '[..2025-11-13]',
          about: ['freedonia-army'],
          topics: ['security'],
          citations: [cite('daily'), cite('weekly')],
        }),
        statement('army-posts', {
          speaker: 'freedonia-army',
          medium: 'post',
          said: '2024-02',
          topics: ['security'],
          citations: [cite('weekly')],
        }),
      ],
    }),
  );
});
afterAll(() => server.close());

async function ids(query: string): Promise<string[]> {
  const { status, body } = await server.get(`/v1/statements?${query}`);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body.items.map((item: { id: string }) => item.id).sort();
}

test('a statement is whole', async () => {
  const { body } = await server.get('/v1/statements/alice-speaks');
  expect(body).toMatchObject({
    id: 'alice-speaks',
    dataset: { id: 'world', title: 'A small world' },
    speaker: { id: 'alice', name: 'Alice Ångström' },
    relayedBy: null,
    onBehalfOf: { id: 'freedonia', name: 'Name of freedonia' },
    form: 'quote',
    medium: 'speech',
    said: {
      edtf: '2025-06-15',
      earliest: '2025-06-15',
      latest: '2025-06-15',
      period: false,
      approximate: false,
    },
    gist: 'Gist of alice-speaks',
    occasion: { id: 'summit', title: 'Title of summit' },
    about: [
      { id: 'sylvania', name: 'Name of sylvania' },
      { id: 'bob', name: 'Name of bob' },
    ],
    topics: [{ id: 'tariffs', label: 'Label of tariffs' }],
    citations: [{ source: { id: 'daily', title: 'Article daily' }, start: 0, end: 10 }],
  });
  const relayed = await server.get('/v1/statements/bob-relayed');
  expect(relayed.body).toMatchObject({
    relayedBy: { id: 'freedonia-ministry' },
    onBehalfOf: null,
    medium: null,
    said: { edtf: '[..2025-11-13]', earliest: null, latest: '2025-11-13', period: false, approximate: false },
    occasion: null,
  });
});

test.each([
  ['', ['alice-speaks', 'army-posts', 'bob-relayed']],
  ['actor=alice', ['alice-speaks']],
  ['actor=freedonia', ['alice-speaks', 'army-posts']],
  ['actor=freedonia&actorScope=direct', []],
  // Who relays does not speak.
  ['actor=freedonia-ministry', ['army-posts']],
  ['about=sylvania', ['alice-speaks']],
  ['about=freedonia', ['bob-relayed']],
  ['about=freedonia&actorScope=direct', []],
  ['about=sylvania&about=bob', ['alice-speaks']],
  ['topic=economy', ['alice-speaks']],
  ['source=weekly', ['army-posts', 'bob-relayed']],
  ['source=weekly&source=daily', ['bob-relayed']],
  ['publisher=daily-press', ['alice-speaks', 'bob-relayed']],
  ['dataset=world', ['alice-speaks', 'army-posts', 'bob-relayed']],
  ['form=quote', ['alice-speaks']],
  ['medium=post,speech', ['alice-speaks', 'army-posts']],
  ['occasion=summit', ['alice-speaks']],
  ['from=2025', ['alice-speaks', 'bob-relayed']],
  ['from=2025&dateMatch=certain', ['alice-speaks']],
  ['to=2024', ['army-posts']],
  ['to=2024&dateMatch=possible', ['army-posts', 'bob-relayed']],
  ['actor=freedonia&topic=security&to=2024&source=weekly', ['army-posts']],
])('%s', async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});
