import { afterAll, beforeAll, expect, test } from 'vitest';
import { source, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(
    world({
      sources: [
        source('echo', {
          kind: 'analysis',
          republisher: 'weekly-press',
          contributors: [
            { actor: 'bob', role: 'author' },
            { actor: 'carol', role: 'editor' },
          ],
          language: 'km',
          published: '2024-05~',
          derivedFrom: ['daily'],
        }),
      ],
    }),
  );
});
afterAll(() => server.close());

test('a source is whole', async () => {
  const { body } = await server.get('/v1/sources/echo');
  expect(body).toEqual({
    id: 'echo',
    dataset: { id: 'world', title: 'A small world' },
    title: 'Article echo',
    kind: 'analysis',
    publisher: null,
    republisher: { id: 'weekly-press', name: 'Name of weekly-press' },
    contributors: [
      { actor: { id: 'bob', name: 'Name of bob' }, role: 'author' },
      { actor: { id: 'carol', name: 'Name of carol' }, role: 'editor' },
    ],
    language: 'km',
    published: {
      edtf: '2024-05~',
      earliest: '2024-05-01',
      latest: '2024-05-31',
      period: false,
      approximate: true,
    },
    derivedFrom: [{ id: 'daily', title: 'Article daily' }],
    text: { file: 'echo.txt', sha256: 'a'.repeat(64), length: 1000 },
  });
});

test.each([
  ['', ['daily', 'weekly', 'echo']],
  ['sort=date', ['echo', 'weekly', 'daily']],
  ['publisher=daily-press', ['daily']],
  ['publisher=daily-press,weekly-press', ['daily', 'weekly']],
  ['dataset=world', ['daily', 'weekly', 'echo']],
  ['kind=opinion,analysis', ['weekly', 'echo']],
  ['from=2024-06', ['daily', 'weekly']],
  ['to=2024-05-15', ['echo']],
  ['to=2024-05-15&dateMatch=certain', []],
])('%s', async (query, expected) => {
  const { body } = await server.get(`/v1/sources?${query}`);
  expect(body.items.map((item: { id: string }) => item.id)).toEqual(expected);
});
