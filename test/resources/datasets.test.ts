import { afterAll, beforeAll, expect, test } from 'vitest';
import { claim, event, source, statement, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;
let started: number;

const empty = {
  dataset: {
    id: 'empty',
    title: 'Nothing yet',
    description: 'A dataset without records',
    licence: 'CC-BY-4.0',
    citation: 'Nobody: Nothing yet (version 0.1.0)',
    version: '0.1.0',
  },
};

beforeAll(async () => {
  started = Date.now();
  server = await startApp(
    world({
      sources: [source('old', { published: '2019' })],
      events: [
        event('summit', { date: '2025-06' }),
        event('era', { date: '../1993-05-01' }),
        event('plan', { date: '2024-03/..' }),
      ],
      statements: [statement('speech'), statement('post')],
      claims: [claim('tariffs-help')],
    }),
    empty,
  );
});
afterAll(() => server.close());

test('a dataset says what it holds, what it covers and how to cite it', async () => {
  const { status, body } = await server.get('/v1/datasets/world');
  expect(status).toBe(200);
  expect(body).toEqual({
    id: 'world',
    title: 'A small world',
    description: 'Records for one test',
    licence: 'CC0-1.0',
    citation: 'A small world',
    version: '1.0.0',
    loadedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    counts: { sources: 3, events: 3, statements: 2, claims: 1 },
    // What has an open end counts by the end it has.
    coverage: {
      events: { earliest: '2024-03-01', latest: '2025-06-30' },
      sources: { earliest: '2019-01-01', latest: '2025-11-13' },
    },
  });
  const loadedAt = Date.parse(body.loadedAt);
  expect(loadedAt).toBeGreaterThanOrEqual(started);
  expect(loadedAt).toBeLessThanOrEqual(Date.now());
});

test('one without records has counts of zero and covers no days', async () => {
  expect((await server.get('/v1/datasets/empty')).body).toMatchObject({
    counts: { sources: 0, events: 0, statements: 0, claims: 0 },
    coverage: {
      events: { earliest: null, latest: null },
      sources: { earliest: null, latest: null },
    },
  });
});

test('the list has them whole, by id, in pages', async () => {
  const { body } = await server.get('/v1/datasets?count=true');
  expect(body.items.map((item: { id: string }) => item.id)).toEqual(['empty', 'world']);
  expect(body.items[1]).toEqual((await server.get('/v1/datasets/world')).body);
  expect(body).toMatchObject({ next: null, total: 2 });
  const first = (await server.get('/v1/datasets?sort=-id&limit=1')).body;
  expect(first.items[0].id).toBe('world');
  const second = (await server.get(`/v1/datasets?sort=-id&limit=1&cursor=${first.next}`)).body;
  expect(second.items[0].id).toBe('empty');
  expect(second.next).toBeNull();
});

test('an unknown one is a 404 with what was meant, an unknown parameter a 400', async () => {
  const missing = await server.get('/v1/datasets/wrld');
  expect(missing.status).toBe(404);
  expect(missing.body.errors).toMatchObject([{ parameter: 'id', location: 'path', suggestions: ['world'] }]);
  const unknown = await server.get('/v1/datasets?actor=alice');
  expect(unknown.status).toBe(400);
  expect(unknown.body.errors).toMatchObject([{ parameter: 'actor', location: 'query' }]);
});
