import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { examine } from '../../src/seed/checks/evidence.ts';
import { checkReferences } from '../../src/seed/checks/references.ts';
import { checkRules } from '../../src/seed/checks/rules.ts';
import { readArticle } from '../../src/seed/files/articles.ts';
import { articlesOf } from '../../src/seed/files/dataset.ts';
import { sha256 } from '../../src/seed/files/passages.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { startApp, type TestApp } from '../support/store.ts';

const data = readDataset(BUNDLED_DATASET);
const articlesDir = process.env.ARTICLES_DIR;
const haveArticles = articlesDir !== undefined && existsSync(articlesDir);
if (!haveArticles)
  console.log('Citations and coverage are not checked: set ARTICLES_DIR to the articles’ texts.');

let server: TestApp;
beforeAll(async () => {
  server = await startApp('bundled');
});
afterAll(() => server.close());

type Item = { id: string; citations: { source: { id: string } }[] };

test('keeps the codebook’s rules', () => {
  expect(checkReferences(data)).toEqual([]);
  expect(checkRules(data)).toEqual([]);
});

describe.runIf(haveArticles)('against the articles', () => {
  test.each(articlesOf(data).map((source) => [source.id, source] as const))('%s', (_id, source) => {
    const article = readArticle(articlesDir ?? '', source.text.file);
    if (article === undefined || 'fault' in article) throw new Error(`no text of ${source.id}`);
    const evidence = examine(data, source, article.text);
    expect(evidence.sameText).toBe(true);
    expect(evidence.length).toBe(source.text.length);
    expect(evidence.citations.filter(({ state }) => state !== 'exact')).toEqual([]);
    expect(evidence.badPhrases).toEqual([]);
    expect(evidence.uncited).toEqual([]);
    expect(evidence.unquoted).toEqual([]);
    expect(evidence.unnamed).toEqual([]);
  });
});

test.runIf(haveArticles)('with the articles at hand, every citation comes with its words', async () => {
  await loadDataset(server.store, data, { articlesDir });
  for (const list of ['events', 'statements']) {
    const { body } = await server.get(`/v1/${list}?limit=200`);
    const citations = body.items.flatMap((item: { citations: object[] }) => item.citations);
    expect(citations.length).toBeGreaterThan(100);
    for (const { passage, sha256: expected, start, end } of citations) {
      expect(sha256(passage)).toBe(expected);
      expect(Array.from(passage)).toHaveLength(end - start);
    }
  }
});

test('the lifting of the embargo is one event, cited from both articles, and not the promise to lift it', async () => {
  const { body } = await server.get(
    '/v1/events?actor=united-states&actor=cambodia&from=2025-11&topic=arms-embargo',
  );
  const items = body.items as Item[];
  expect(items.map(({ id }) => id)).toEqual(['arms-embargo-lifted-2025']);
  expect(body.items[0].date.edtf).toBe('2025-11-07');
  const sources = new Set(items[0]?.citations.map(({ source }) => source.id));
  expect([...sources].sort()).toEqual(['dw-2025-11-13', 'khmer-times-2025-11-19']);

  const promise = (await server.get('/v1/events/arms-embargo-removal-promised-2025')).body;
  expect(promise).toMatchObject({ date: { edtf: '2025-10-26~' }, topics: expect.arrayContaining([]) });
  const reported = promise.citations.map(
    ({ reports }: { reports: { date?: string } | null }) => reports?.date,
  );
  expect(reported).toContain('2025-07-26');
});

test('a minister’s deed is found by state, by ministry or body, and by name', async () => {
  const byName = (await server.get('/v1/events?actor=lloyd-austin&limit=200')).body.items as Item[];
  const byState = (await server.get('/v1/events?actor=united-states&limit=200')).body.items as Item[];
  expect(byName.length).toBeGreaterThan(3);
  const found = new Set(byState.map(({ id }) => id));
  expect(byName.filter(({ id }) => !found.has(id))).toEqual([]);
});

test('a surface form finds the person behind it', async () => {
  const { body } = await server.get('/v1/actors?name=Kristenbrink');
  expect(body.items.map(({ id }: Item) => id)).toEqual(['daniel-kritenbrink']);
  const misspelt = await server.get('/v1/actors?name=Seum Sam');
  expect(misspelt.body.items.map(({ id }: Item) => id)).toEqual(['seun-sam']);
});

test('what is claimed of Ream is disputed, with both sides', async () => {
  const { body } = await server.get('/v1/claims?topic=ream-naval-base&standing=disputed&stance=denies');
  const claim = body.items.find(({ id }: Item) => id === 'ream-chinese-military-access');
  const sides = claim.positions.map(
    ({ actor, stance }: { actor: { id: string }; stance: string }) => `${actor.id} ${stance}`,
  );
  expect(sides).toEqual(expect.arrayContaining(['united-states asserts', 'cambodia denies']));
});

test('sources that disagree surface, each with what it reports', async () => {
  const { body } = await server.get('/v1/events?disputed=true&limit=200');
  expect(body.items.length).toBeGreaterThan(3);
  for (const item of body.items) {
    expect(item.citations.some(({ reports }: { reports: object | null }) => reports !== null)).toBe(true);
  }
});
