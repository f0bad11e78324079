import { afterAll, beforeAll, expect, test } from 'vitest';
import { world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(world());
});
afterAll(() => server.close());

test('a topic knows what is right above and beneath it', async () => {
  const { body } = await server.get('/v1/topics/trade');
  expect(body).toEqual({
    id: 'trade',
    label: 'Label of trade',
    description: 'About trade',
    broader: { id: 'economy', label: 'Label of economy' },
    narrower: [{ id: 'tariffs', label: 'Label of tariffs' }],
  });
});

test.each([
  ['', ['economy', 'security', 'tariffs', 'trade']],
  ['sort=-label', ['trade', 'tariffs', 'security', 'economy']],
  ['broader=economy', ['tariffs', 'trade']],
  ['broader=trade,security', ['tariffs']],
  ['broader=economy,trade', ['tariffs', 'trade']],
  ['broader=economy&broader=trade', ['tariffs']],
])('%s', async (query, expected) => {
  const { body } = await server.get(`/v1/topics?${query}`);
  expect(body.items.map((item: { id: string }) => item.id)).toEqual(expected);
});
