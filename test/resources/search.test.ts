import { readFileSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/db/openStore.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { actor, claim, event, source, statement, topic, world } from '../support/records.ts';
import { startApp, type TestApp, temporaryFolder } from '../support/store.ts';

let server: TestApp;
const records = () =>
  world({
    sources: [source('magazine', { title: 'The harbour, revisited' })],
    topics: [{ ...topic('ports'), label: 'Ports', description: 'Harbours and naval bases' }],
    actors: [
      actor('angstrom', {
        name: 'Chancellor Ångström',
        description: 'Head of the harbour board',
        aliases: [{ name: 'Angstroem', sources: ['weekly'] }],
      }),
    ],
    events: [
      event('opening', {
        title: 'Harbour opens',
        summary: 'The U.S. navy visited the new harbour; nobody protested.',
        place: { name: 'Café Quay', country: 'XF' },
        date: '2024-01',
      }),
      event('visit', {
        title: 'Navy visit',
        summary: 'Ships of the navy visited Sylvania; the harbour <was> closed & "shut".',
        date: '2025-01',
      }),
      event('khmer', { title: 'ភ្នំពេញ', summary: 'A title in Khmer script', date: '2023' }),
    ],
    statements: [statement('denial', { gist: 'There is no foreign navy in the harbour.' })],
    claims: [claim('navy-claim', { proposition: 'A foreign navy will use the harbour.' })],
  });

beforeAll(async () => {
  server = await startApp(records());
});
afterAll(() => server.close());

async function ids(path: string): Promise<string[]> {
  const { status, body } = await server.get(path);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body.items.map((item: { id: string }) => item.id).sort();
}
const q = (text: string): string => `q=${encodeURIComponent(text)}`;

describe('q', () => {
  test.each([
    ['events', 'harbour', ['opening', 'visit']],
    ['events', 'HARBOUR', ['opening', 'visit']],
    // Every word must match, wherever it stands.
    ['events', 'harbour sylvania', ['visit']],
    ['events', 'harbour freedonia', []],
    // Title, summary and place; accents fold both ways.
    ['events', 'cafe', ['opening']],
    ['events', 'çafé', ['opening']],
    ['events', '"new harbour"', ['opening']],
    ['events', '"harbour new"', []],
    ['events', 'visit', ['visit']],
    ['events', 'visit*', ['opening', 'visit']],
    ['events', '"navy visit*"', ['visit']],
    ['events', 'nav* open*', ['opening']],
    ['events', 'U.S.', ['opening']],
    ['events', 'u.s. navy', ['opening']],
    ['events', 'ភ្នំពេញ', ['khmer']],
    // Punctuation is plain text, and so are the operators of query languages.
    ['events', 'navy, (harbour) ^ closed: -sylvania +shut', ['visit']],
    ['events', 'harbour OR sylvania', []],
    ['events', 'title:navy', []],
    ['events', '"navy harbour', ['opening', 'visit']],
    ['events', '* harbour *', ['opening', 'visit']],
    ['events', 'harbour"', ['opening', 'visit']],
    ['statements', 'foreign navy', ['denial']],
    ['claims', 'foreign navy', ['navy-claim']],
    ['actors', 'angstrom', ['alice', 'angstrom']],
    ['actors', 'Angstroem', ['angstrom']],
    ['actors', 'harbour', ['angstrom']],
    ['sources', 'revisited', ['magazine']],
  ])('%s: %s', async (list, text, expected) => {
    expect(await ids(`/v1/${list}?${q(text)}`)).toEqual(expected);
  });

  test('combines with every other filter, counts and pages', async () => {
    expect(await ids(`/v1/events?${q('harbour')}&from=2025`)).toEqual(['visit']);
    const { body } = await server.get(`/v1/events?${q('harbour')}&limit=1&count=true`);
    expect(body.total).toBe(2);
    expect(await ids(`/v1/events?${q('harbour')}&limit=1&cursor=${body.next}`)).toEqual(['opening']);
    const other = await server.get(`/v1/events?${q('navy')}&limit=1&cursor=${body.next}`);
    expect(other.body.type).toBe('/problems/stale-cursor');
  });

  test('relevance orders lists, best first, page by page', async () => {
    const order = async (path: string) =>
      (await server.get(path)).body.items.map((item: { id: string }) => item.id);
    // A word in the title weighs more than one in the summary.
    expect(await order('/v1/events?q=harbour&sort=relevance')).toEqual(['opening', 'visit']);
    expect(await order('/v1/events?q=navy&sort=relevance')).toEqual(['visit', 'opening']);
    expect(await order('/v1/events?q=navy')).toEqual(['visit', 'opening']);
    const first = await server.get('/v1/events?q=harbour&sort=relevance&limit=1');
    expect(await order(`/v1/events?q=harbour&sort=relevance&limit=1&cursor=${first.body.next}`)).toEqual([
      'visit',
    ]);
    for (const list of ['statements', 'claims', 'actors', 'sources']) {
      expect((await order(`/v1/${list}?q=n*&sort=relevance`)).length).toBeGreaterThanOrEqual(0);
    }
  });

  test.each([
    ['/v1/events?q=', 'q', 'has no word in it'],
    ['/v1/events?q=%20', 'q', 'has no word in it'],
    ['/v1/events?q=%22...%22*-', 'q', 'has no word in it'],
    ['/v1/search?q=!', 'q', 'has no word in it'],
    ['/v1/search', 'q', ''],
    ['/v1/search?q=navy&kind=events', 'kind', '"events" is not one of event, '],
    [`/v1/events?q=${'x'.repeat(201)}`, 'q', 'takes at most 200 characters'],
    ['/v1/events?sort=relevance', 'sort', '`relevance` needs `q`'],
    ['/v1/topics?sort=relevance', 'sort', 'is not one of'],
    ['/v1/events?q=a&q=b', 'q', 'is given more than once'],
  ])('%s is refused', async (path, parameter, detail) => {
    const { status, body } = await server.get(path);
    expect(status).toBe(400);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({ parameter, in: 'query' });
    expect(body.errors[0].detail).toContain(detail);
  });

  test('whatever is typed is never an error of ours', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'navy',
        'harbour',
        '"',
        '*',
        '(',
        ')',
        ':',
        '^',
        '-',
        '+',
        'AND',
        'OR',
        'NOT',
        'NEAR(',
        "'",
      ),
      fc.constantFrom(
        '\u0000',
        '\u0002',
        '{',
        '}',
        '\\',
        '%',
        ';',
        '--',
        ' ',
        '\u0301',
        '🙂',
        '\ud800',
        'title:',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
        fc.constantFrom('/v1/events?', '/v1/events?sort=relevance&', '/v1/search?', '/v1/actors?'),
        async (text, path) => {
          const { status, body } = await server.get(`${path}q=${encodeURIComponent(text.toWellFormed())}`);
          if (status === 400) expect(body.errors[0]).toMatchObject({ parameter: 'q' });
          else expect([text, status]).toEqual([text, 200]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('search', () => {
  test('finds records of every kind, best first, and says where', async () => {
    const { body } = await server.get('/v1/search?q=harbour*&count=true');
    expect(body.total).toBe(7);
    const found = body.items as { kind: string; id: string; title: string; snippet: string; score: number }[];
    expect(found.map(({ kind, id }) => `${kind}/${id}`).sort()).toEqual([
      'actor/angstrom',
      'claim/navy-claim',
      'event/opening',
      'event/visit',
      'source/magazine',
      'statement/denial',
      'topic/ports',
    ]);
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => score > 0)).toBe(true);
    expect(found.find(({ id }) => id === 'denial')).toMatchObject({
      title: 'There is no foreign navy in the harbour.',
      snippet: 'There is no foreign navy in the <mark>harbour</mark>.',
    });
  });

  test('highlights are HTML: everything else is escaped', async () => {
    const { body } = await server.get('/v1/search?q=closed');
    expect(body.items).toHaveLength(1);
    expect(body.items[0].snippet).toContain(
      'the harbour &lt;was&gt; <mark>closed</mark> &amp; &quot;shut&quot;.',
    );
    const accents = await server.get('/v1/search?q=angstrom&kind=actor');
    expect(accents.body.items.map((item: { snippet: string }) => item.snippet)).toContain(
      'Chancellor <mark>Ångström</mark>',
    );
  });

  test('by kind', async () => {
    expect(await ids('/v1/search?q=navy&kind=event')).toEqual(['opening', 'visit']);
    expect(await ids('/v1/search?q=navy&kind=statement,claim')).toEqual(['denial', 'navy-claim']);
    expect(await ids('/v1/search?q=navy&kind=statement&kind=claim')).toEqual([]);
  });

  test('pages join to the whole', async () => {
    const all = (await server.get('/v1/search?q=n*&limit=200')).body.items;
    expect(all.length).toBeGreaterThan(10);
    for (const limit of [1, 3, all.length]) {
      const seen: unknown[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const suffix: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const { body } = await server.get(`/v1/search?q=n*&limit=${limit}${suffix}`);
        seen.push(...body.items);
        cursor = body.next;
      }
      expect(seen).toEqual(all);
    }
  });
});

test('the index follows every load: changed and retired records are found by their new words only', async () => {
  const changing = await startApp(
    world({
      events: [event('first', { title: 'Walrus parade' }), event('second', { title: 'Otter parade' })],
    }),
  );
  const found = async (text: string) =>
    (await changing.get(`/v1/search?q=${text}`)).body.items.map((item: { id: string }) => item.id);
  expect(await found('walrus')).toEqual(['first']);
  await changing.load({
    ...world({
      events: [event('first', { title: 'Seal parade' })],
      retired: [{ kind: 'event', id: 'second', mergedInto: 'first' }],
    }),
  });
  expect(await found('walrus')).toEqual([]);
  expect(await found('otter')).toEqual([]);
  expect(await found('seal')).toEqual(['first']);
  await changing.close();
});

test('a store from before full text is indexed by the migration as the loader would have', async () => {
  const folder = temporaryFolder();
  const store = await openStore(`file:${folder.path}/attest.db`);
  await loadDataset(store, readDataset('seeds/cambodia-us'));
  await store.close();
  const database = new SQLite(`${folder.path}/attest.db`);
  const documents = () =>
    database.prepare('select kind, id, title, body from searchDocuments order by kind, id').all();
  const loaded = documents();
  expect(loaded.length).toBeGreaterThan(300);
  database.exec('delete from searchDocuments');
  const migration = readFileSync('migrations/sqlite/0001_full-text.sql', 'utf8');
  for (const statement of migration.split('--> statement-breakpoint')) {
    if (/^\s*(--.*\n)?\s*INSERT INTO `searchDocuments`/.test(statement)) database.exec(statement);
  }
  expect(documents()).toEqual(loaded);
  database.exec("insert into searchIndex(searchIndex) values ('integrity-check')");
  database.close();
  folder.remove();
});
