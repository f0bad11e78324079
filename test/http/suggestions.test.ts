import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/store.ts';

// What is suggested to a user of the bundled dataset who does not know its ids and parameters.

let server: TestApp;
beforeAll(async () => {
  server = await startApp('bundled');
});
afterAll(() => server.close());

test.each([
  ['/v1/events?actor=Hun%20Manet', 'actor', 'is not an id', 'hun-manet'],
  ['/v1/events?actor=manet', 'actor', 'there is no actor', 'hun-manet'],
  ['/v1/events?actor=USA', 'actor', 'is not an id', 'united-states'],
  ['/v1/claims?about=Washington', 'about', 'is not an id', 'united-states'],
  ['/v1/statements?actor=Kritenbrnk', 'actor', 'is not an id', 'daniel-kritenbrink'],
  ['/v1/events?source=DW', 'source', 'is not an id', 'dw-2025-11-13'],
  ['/v1/sources?publisher=Khmer%20Times', 'publisher', 'is not an id', 'khmer-times'],
  ['/v1/events?publisher=Khmer%20Times', 'publisher', 'is not an id', 'khmer-times'],
  ['/v1/events?topic=Arms%20embargo', 'topic', 'is not an id', 'arms-embargo'],
  ['/v1/events?topic=arms-embrago', 'topic', 'there is no topic', 'arms-embargo'],
  [
    '/v1/statements?occasion=Austin%20meets%20Prime%20Minister',
    'occasion',
    'is not an id',
    'austin-hun-manet-meeting-2024',
  ],
  ['/v1/events?linkedTo=arms-embargo-lifted', 'linkedTo', 'there is no event', 'arms-embargo-lifted-2025'],
  ['/v1/events?dataset=cambodia', 'dataset', 'there is no dataset', 'cambodia-us'],
  ['/v1/statements?speaker=hun-manet', 'speaker', 'there is no such parameter', 'actor'],
  ['/v1/events?date=2025', 'date', 'there is no such parameter', 'from'],
  ['/v1/events?sort=newest', 'sort', 'is not one of', '-date'],
  ['/v1/events?sort=oldest', 'sort', 'is not one of', 'date'],
  ['/v1/events?dateMatch=posible', 'dateMatch', 'is not one of', 'possible'],
  ['/v1/events?country=UK', 'country', 'is not an ISO 3166-1 alpha-2 code', 'GB'],
  ['/v1/actors?query=manet', 'query', 'there is no such parameter', 'q'],
  ['/v1/events?page=2', 'page', 'there is no such parameter', 'cursor'],
  ['/v1/events?per_page=20', 'per_page', 'there is no such parameter', 'limit'],
  ['/v1/events?constructor=1', 'constructor', 'there is no such parameter', undefined],
  ['/v1/events?sort=constructor', 'sort', 'is not one of', undefined],
  ['/v1/events?format=jsn', 'format', 'is no format of this route', 'json'],
])('%s', async (url, parameter, detail, suggestion) => {
  const { status, body } = await server.get(url);
  expect(status).toBe(400);
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0]).toMatchObject({ parameter, location: 'query' });
  expect(body.errors[0].detail).toContain(detail);
  expect(body.errors[0].suggestions[0]).toBe(suggestion);
});

test.each([
  ['/v1/actors/Hun%20Manet', 'hun-manet'],
  ['/v1/actors/Kristenbrink', 'daniel-kritenbrink'],
  ['/v1/events/arms-embargo-lited-2025', 'arms-embargo-lifted-2025'],
  ['/v1/sources/khmer-times', 'khmer-times-2025-11-19'],
  ['/v1/actors/Hun%20Manet/positions', 'hun-manet'],
])('%s is not found, and leads on', async (url, suggestion) => {
  const { status, body } = await server.get(url);
  expect(status).toBe(404);
  expect(body.errors[0].suggestions[0]).toBe(suggestion);
});

test('records that only mention a name are not suggested beside the one that has it', async () => {
  const { body } = await server.get('/v1/events?actor=Hun%20Manet');
  // AFP's description only mentions him.
  expect(body.errors[0].suggestions).toEqual(['hun-manet']);
});

test('no library speaks to a user', async () => {
  const document = JSON.parse((await server.app.inject('/openapi.json')).body);
  for (const [template, { get }] of Object.entries(document.paths) as [
    string,
    { get: { parameters: { name: string; in: string; example?: string }[] } },
  ][]) {
    const id = get.parameters.find((parameter) => parameter.in === 'path')?.example ?? '';
    const path = template.replace(/\{\w+\}/, id);
    for (const { name } of get.parameters.filter((parameter) => parameter.in === 'query')) {
      for (const value of ['', '%00', '-1', 'NaN', '[object]', '1e9', 'x'.repeat(300), '%F0%9F%99%82']) {
        const { body } = await server.get(`${path}?${name}=${value}`);
        expect(body.detail ?? '').not.toMatch(
          /Invalid (input|option)|expected \w+, received|undefined|Too (big|small)/,
        );
      }
    }
    const { body } = await server.get(path);
    expect(body.detail ?? '').not.toMatch(/Invalid|received|undefined/);
  }
});
