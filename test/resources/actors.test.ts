import { afterAll, beforeAll, expect, test } from 'vitest';
import { actor, cite, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(
    world({
      actors: [
        actor('dana', {
          name: 'Dana Kritenbrink',
          parent: 'freedonia-army',
          aliases: [
            { name: 'Dana Kritenbrink', sources: ['daily', 'weekly'] },
            { name: 'Kristenbrink', sources: ['weekly'] },
          ],
          affiliations: [
            {
              title: 'general',
              organization: 'freedonia-army',
              during: '2025-11',
              citations: [cite('daily')],
            },
            {
              title: 'colonel',
              organization: 'freedonia-army',
              during: '2010/2020',
              citations: [cite('weekly')],
            },
            { title: 'graduate', during: '../2000', citations: [cite('weekly')] },
          ],
        }),
        actor('percent', { name: '100% Party', kind: 'group' }),
      ],
    }),
  );
});
afterAll(() => server.close());

async function ids(query: string): Promise<string[]> {
  const { status, body } = await server.get(`/v1/actors?${query}`);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body.items.map((item: { id: string }) => item.id);
}

test('an actor is whole: names with the sources that use them, titles in order of time', async () => {
  const { body } = await server.get('/v1/actors/dana');
  expect(body).toMatchObject({
    id: 'dana',
    name: 'Dana Kritenbrink',
    kind: 'person',
    parent: { id: 'freedonia-army', name: 'Name of freedonia-army' },
    aliases: [
      { name: 'Dana Kritenbrink', sources: [{ id: 'daily' }, { id: 'weekly' }] },
      { name: 'Kristenbrink', sources: [{ id: 'weekly' }] },
    ],
    affiliations: [
      {
        title: 'graduate',
        organization: null,
        during: { edtf: '../2000', earliest: null, latest: '2000-12-31' },
      },
      { title: 'colonel', organization: { id: 'freedonia-army' }, during: { edtf: '2010/2020' } },
      {
        title: 'general',
        during: { edtf: '2025-11' },
        citations: [{ source: { id: 'daily' }, start: 0, end: 10 }],
      },
    ],
  });
});

test.each([
  ['name=Kristenbrink', ['dana']],
  ['name=kritenBRINK', ['dana']],
  ['name=angstrom', ['alice']],
  ['name=ALICIA', ['alice']],
  ['name=100%25', ['percent']],
  ['name=%25', ['percent']],
  ['name=_', []],
  ["name=o'neill%22", []],
  ['kind=state', ['freedonia', 'sylvania']],
  ['kind=state,group', ['percent', 'freedonia', 'sylvania']],
  ['parent=freedonia', ['dana', 'freedonia-army', 'freedonia-ministry']],
  ['parent=freedonia-army', ['dana']],
  // Any of two: what lies beneath the one is found, though it is the other.
  ['parent=freedonia,freedonia-army', ['dana', 'freedonia-army', 'freedonia-ministry']],
  ['source=daily', ['dana']],
  ['source=weekly', ['alice', 'dana']],
  ['source=weekly&name=dana', ['dana']],
  ['kind=person&sort=-name', ['carol', 'bob', 'dana', 'alice']],
  ['kind=person&sort=id', ['alice', 'bob', 'carol', 'dana']],
])('%s', async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});
