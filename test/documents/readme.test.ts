import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/store.ts';

const readme = readFileSync('README.md', 'utf8');

let server: TestApp;
beforeAll(async () => {
  server = await startApp('bundled');
});
afterAll(() => server.close());

test('the first query has the answer that is printed beneath it', async () => {
  const url = /curl -s 'http:\/\/127\.0\.0\.1:3000([^']+)' \|/.exec(readme)?.[1] ?? '';
  const printed = JSON.parse(/```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
  const { body } = await server.get(url);
  const answers = body.items.map(
    ({
      id,
      title,
      type,
      status,
      date,
      citations,
    }: Record<string, unknown> & { citations: { source: { id: string } }[] }) => ({
      id,
      title,
      type,
      status,
      date,
      sources: [...new Set(citations.map(({ source }) => source.id))].sort((a, b) => (a < b ? -1 : 1)),
    }),
  );
  expect(answers).toEqual([printed]);
});

test('every other query it shows gives an answer', async () => {
  const urls = [...readme.matchAll(/^curl 'http:\/\/127\.0\.0\.1:3000([^']+)'/gm)].map(
    (match) => match[1] ?? '',
  );
  expect(urls.length).toBeGreaterThan(3);
  for (const url of urls) {
    const response = await server.app.inject(url);
    expect([url, response.statusCode]).toEqual([url, 200]);
    if (url.startsWith('/v1/graph')) expect(response.body).toContain('<edge');
    else expect(response.json().items.length).toBeGreaterThan(0);
  }
});

test('its counts are those of the lists', async () => {
  const rows = [...readme.matchAll(/^\| `\/v1\/(\w+)` \| (\d+) \|$/gm)].map(([, list, count]) => [
    list,
    Number(count),
  ]);
  const counted = await Promise.all(
    ['events', 'statements', 'claims', 'actors', 'topics', 'sources'].map(async (list) => [
      list,
      (await server.get(`/v1/${list}?limit=1&count=true`)).body.total,
    ]),
  );
  expect(rows).toEqual(counted);
});

test('every parameter is described, and no other', async () => {
  const { body } = await server.get('/openapi.json');
  const parameters = new Set(
    Object.values(body.paths as Record<string, { get: { parameters: { name: string; in: string }[] } }>)
      .flatMap(({ get }) => get.parameters)
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name),
  );
  const table = readme.slice(readme.indexOf('| parameter |'), readme.indexOf('An unknown parameter'));
  const inTable = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1] ?? ''),
  );
  expect(inTable.filter((name) => !parameters.has(name))).toEqual([]);
  // A parameter of one route alone may stand beside its route.
  const section = readme.slice(readme.indexOf('| parameter |'), readme.indexOf('## Proof'));
  const named = new Set([...section.matchAll(/[`?](\w+)(?:=[^`]*)?`/g)].map((match) => match[1]));
  expect([...parameters].filter((name) => !named.has(name))).toEqual([]);
});

test('every setting stands in its table, and the reverse', () => {
  const source = readFileSync('src/config.ts', 'utf8');
  const settings = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map((match) => match[1]);
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
  expect(new Set(rows)).toEqual(new Set(settings));
});
