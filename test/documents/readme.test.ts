import { existsSync, readFileSync } from 'node:fs';
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
  expect(urls).toHaveLength(3);
  for (const url of urls) {
    const response = await server.app.inject(url);
    expect([url, response.statusCode]).toEqual([url, 200]);
    expect(response.json().items.length).toBeGreaterThan(0);
  }
});

test('it is short enough to be read', () => {
  const lines = readme.split('\n').length - 1;
  expect(lines).toBeGreaterThanOrEqual(90);
  expect(lines).toBeLessThanOrEqual(120);
});

test('every link within the repository leads to a file', () => {
  const links = [...readme.matchAll(/\]\((?!http)([^)#]+)/g)].map((match) => match[1] ?? '');
  expect(links.filter((link) => !existsSync(link))).toEqual([]);
  expect(links.length).toBeGreaterThan(4);
});

test('every setting stands in its table, and the reverse', () => {
  const source = readFileSync('src/config.ts', 'utf8');
  const settings = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map((match) => match[1]);
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
  expect(new Set(rows)).toEqual(new Set(settings));
});
