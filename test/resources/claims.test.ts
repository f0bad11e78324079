import { afterAll, beforeAll, expect, test } from 'vitest';
import { cite, claim, event, position, source, statement, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(
    world({
      sources: [source('echo', { derivedFrom: ['daily'] })],
      events: [event('summit')],
      statements: [statement('alice-for-freedonia', { onBehalfOf: 'freedonia', gist: 'The base is ours.' })],
      claims: [
        claim('base-is-foreign', {
          kind: 'allegation',
          about: ['freedonia-army'],
          event: 'summit',
          topics: ['security'],
          positions: [
            position('bob', { stance: 'asserts', since: '2024' }),
            position('alice', {
              stance: 'denies',
              since: '2025-06-15',
              statement: 'alice-for-freedonia',
              citations: [cite('weekly')],
            }),
          ],
        }),
        claim('tariffs-fall', {
          kind: 'predictive',
          topics: ['tariffs'],
          positions: [
            position('carol', { since: '2025-11' }),
            position('bob', { stance: 'supports', since: '2025-11', citations: [cite('weekly')] }),
          ],
        }),
        claim('trade-grows', {
          positions: [
            position('carol', { citations: [cite('daily')] }),
            position('bob', { citations: [cite('echo')] }),
          ],
        }),
        claim('trade-shrinks', {
          contradicts: ['trade-stalls'],
          positions: [position('carol', { since: '2024-02' })],
        }),
        claim('trade-stalls', { positions: [position('bob', { stance: 'reports', since: '2023' })] }),
        claim('own-doubts', {
          positions: [position('carol'), position('carol', { stance: 'doubts', since: '2025-12' })],
        }),
      ],
    }),
  );
});
afterAll(() => server.close());

async function ids(query: string): Promise<string[]> {
  const { status, body } = await server.get(`/v1/claims?${query}`);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body.items.map((item: { id: string }) => item.id).sort();
}

test('a claim is whole, with every position', async () => {
  const { body } = await server.get('/v1/claims/base-is-foreign');
  expect(body).toMatchObject({
    id: 'base-is-foreign',
    proposition: 'Proposition of base-is-foreign',
    kind: 'allegation',
    about: [{ id: 'freedonia-army', name: 'Name of freedonia-army' }],
    event: { id: 'summit', title: 'Title of summit' },
    topics: [{ id: 'security', label: 'Label of security' }],
    standing: 'disputed',
    stances: { asserts: 1, supports: 0, reports: 0, doubts: 0, denies: 1 },
    independentSources: 1,
    contradicts: [],
    positions: [
      {
        actor: { id: 'bob', name: 'Name of bob' },
        stance: 'asserts',
        statement: null,
        since: {
          edtf: '2024',
          earliest: '2024-01-01',
          latest: '2024-12-31',
          period: false,
          approximate: false,
        },
        citations: [{ source: { id: 'daily' } }],
      },
      {
        actor: { id: 'alice', name: 'Alice Ångström' },
        stance: 'denies',
        statement: { id: 'alice-for-freedonia', gist: 'The base is ours.' },
        citations: [{ source: { id: 'weekly' } }],
      },
    ],
  });
});

test.each([
  // Denied by another than the one who asserts it.
  ['base-is-foreign', 'disputed', 1],
  ['tariffs-fall', 'corroborated', 2],
  // The second source only repeats the first.
  ['trade-grows', 'single-source', 1],
  // No position asserts the claim that contradicts this one …
  ['trade-shrinks', 'single-source', 1],
  // … and this one is only passed on, whatever contradicts it.
  ['trade-stalls', 'unasserted', 0],
  // A holder who changes their mind does not dispute themselves.
  ['own-doubts', 'single-source', 1],
])('standing of %s is %s', async (id, standing, independentSources) => {
  const { body } = await server.get(`/v1/claims/${id}`);
  expect(body).toMatchObject({ standing, independentSources });
});

test('contradiction holds both ways, on whichever side it is written', async () => {
  const one = await server.get('/v1/claims/trade-shrinks');
  const other = await server.get('/v1/claims/trade-stalls');
  expect(one.body.contradicts).toEqual([{ id: 'trade-stalls', proposition: 'Proposition of trade-stalls' }]);
  expect(other.body.contradicts).toEqual([
    { id: 'trade-shrinks', proposition: 'Proposition of trade-shrinks' },
  ]);
});

test.each([
  ['actor=alice', ['base-is-foreign']],
  ['actor=carol&actor=bob', ['tariffs-fall', 'trade-grows']],
  // Alice spoke for Freedonia.
  ['actor=freedonia', ['base-is-foreign']],
  ['actor=freedonia&actorScope=direct', []],
  ['about=freedonia', ['base-is-foreign']],
  ['about=freedonia&actorScope=direct', []],
  ['stance=denies', ['base-is-foreign']],
  ['stance=denies,doubts', ['base-is-foreign', 'own-doubts']],
  ['stance=asserts&stance=denies', ['base-is-foreign']],
  ['actor=bob&stance=denies', []],
  ['actor=bob&stance=supports,reports', ['tariffs-fall', 'trade-stalls']],
  ['actor=freedonia&stance=denies', ['base-is-foreign']],
  ['topic=trade', ['own-doubts', 'tariffs-fall', 'trade-grows', 'trade-shrinks', 'trade-stalls']],
  ['topic=security', ['base-is-foreign']],
  ['source=weekly', ['base-is-foreign', 'tariffs-fall']],
  ['source=weekly&source=daily', ['base-is-foreign', 'tariffs-fall']],
  ['source=echo', ['trade-grows']],
  ['publisher=weekly-press', ['base-is-foreign', 'tariffs-fall']],
  ['dataset=world&kind=predictive', ['tariffs-fall']],
  ['standing=disputed', ['base-is-foreign']],
  ['standing=unasserted', ['trade-stalls']],
  ['standing=corroborated,disputed', ['base-is-foreign', 'tariffs-fall']],
  // The days of the positions count.
  ['from=2025-11&to=2025-11', ['tariffs-fall']],
  ['to=2023', ['trade-stalls']],
  ['from=2024&to=2024&dateMatch=certain', ['base-is-foreign', 'trade-shrinks']],
  ['actor=bob&topic=trade&standing=unasserted&to=2024', ['trade-stalls']],
])('%s', async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});

test('sorted by the day of the first position', async () => {
  const { body } = await server.get('/v1/claims?sort=date&limit=3');
  expect(body.items.map((item: { id: string }) => item.id)).toEqual([
    'trade-stalls',
    'base-is-foreign',
    'trade-shrinks',
  ]);
});
