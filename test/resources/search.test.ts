import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openStore } from '../../src/db/openStore.ts';
import { openSqliteStore } from '../../src/db/sqlite/store.ts';
import { findPassages, sha256 } from '../../src/seed/files/passages.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { actor, cite, claim, event, source, statement, topic, world } from '../support/records.ts';
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
      event('half', {
        title: 'Half of it',
        summary: 'Some ½ of the tonnage, ⑶ of m²',
        date: '2022',
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
    // Every word must match, at any place.
    ['events', 'harbour sylvania', ['visit']],
    ['events', 'harbour freedonia', []],
    // Title, summary and place; accents fold both ways.
    ['events', 'cafe', ['opening']],
    ['events', 'çafé', ['opening']],
    ['events', '"new harbour"', ['opening']],
    ['events', '"harbour new"', []],
    ['events', 'visit', ['opening', 'visit']],
    ['events', '"visit"', ['visit']],
    ['events', 'visit*', ['opening', 'visit']],
    ['events', '"navy visit*"', ['visit']],
    ['events', 'nav* open*', ['opening']],
    ['events', 'U.S.', ['opening']],
    ['events', 'u.s. navy', ['opening']],
    ['events', 'ភ្នំពេញ', ['khmer']],
    // Punctuation is plain text, and so are the operators of query languages.
    ['events', 'navy, (harbour) ^ closed: +shut', ['visit']],
    ['events', 'harbour or sylvania', []],
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

  describe('forms and scripts', () => {
    const letters = {
      'us-lifts': {
        title: 'US lifts its arms embargo',
        summary: 'Sanctions on cyberscams end after the elections.',
      },
      dotted: { title: 'The U.S. delegation', summary: 'Cambodia’s ministers met it.' },
      khmer: { title: 'ប្រទេសកម្ពុជា', summary: 'x' },
      'thai-ku': { title: 'กู', summary: 'x' },
      'thai-ki': { title: 'กี', summary: 'x' },
      chinese: { title: '柬埔寨王国', summary: 'x' },
      japanese: { title: 'カンボジア王国', summary: 'x' },
      burmese: { title: 'ကမ္ဘောဒီးယားနိုင်ငံ', summary: 'x' },
      lao: { title: 'ປະເທດກຳປູເຈຍ', summary: 'x' },
      vietnamese: { title: 'Đà Nẵng', summary: 'Ga\u200bteway' },
      greek: { title: 'Αθήνα', summary: 'x' },
      hindi: { title: 'कंबोडिया की', summary: 'x' },
      wide: { title: 'ＦＵＬＬ 🙂 stop', summary: 'x' },
    };
    let forms: TestApp;
    beforeAll(async () => {
      forms = await startApp(
        world({
          events: [
            ...Object.entries(letters).map(([id, texts]) => event(id, texts)),
            event('quoting', {
              title: 'Speech',
              citations: [{ ...cite('daily'), phrase: 'golden opportunity' }, cite('weekly')],
            }),
          ],
        }),
      );
    });
    afterAll(() => forms.close());
    const found = async (query: string): Promise<string[]> => {
      const { body } = await forms.get(`/v1/events?${query}&sort=relevance`);
      return body.items.map((item: { id: string }) => item.id);
    };

    test.each([
      ['embargo lifted', ['us-lifts']],
      ['embargoes lifting', ['us-lifts']],
      ['"embargo lifted"', []],
      ['sanction election cyberscam', ['us-lifts']],
      ['Cambodia minister', ['dotted']],
      ['"cambodia ministers"', ['dotted']],
      ['U.S. embargo', ['us-lifts']],
      ['កម្ពុជា', ['khmer']],
      ['ប្រទេស កម្ពុជា', ['khmer']],
      ['កព', []],
      ['กู', ['thai-ku']],
      ['กี', ['thai-ki']],
      ['埔寨', ['chinese']],
      ['寨埔', []],
      ['ボジア', ['japanese']],
      ['王国', ['chinese', 'japanese']],
      ['နိုင်ငံ', ['burmese']],
      ['ກຳປູ', ['lao']],
      ['da nang', ['vietnamese']],
      ['Da\u0300 Nẵng', ['vietnamese']],
      ['gateway', ['vietnamese']],
      ['αθηνα', ['greek']],
      ['की', ['hindi']],
      ['का', []],
      ['full "full 🙂"', ['wide']],
      ['“arms embargo”', ['us-lifts']],
      ['„arms embargo“', ['us-lifts']],
      ['«arms embargo»', ['us-lifts']],
      ['embargo OR delegation', ['dotted', 'us-lifts']],
      ['arms embargo OR delegation', ['us-lifts']],
      ['us -embargo', ['dotted']],
      ['us -"arms embargo"', ['dotted']],
      ['us -deleg*', ['us-lifts']],
      ['us-lifts', ['us-lifts']],
      ['OR embargo', []],
      ['golden opportunity', ['quoting']],
      ['"golden opportunity"', ['quoting']],
    ])('%s', async (text, expected) => {
      expect((await found(q(text))).sort()).toEqual(expected);
    });

    test('words as they are written come first', async () => {
      const ranked = await startApp(
        world({
          events: [
            event('other', { title: 'Sanctions sanctions sanctions', summary: 'Sanctions' }),
            event('same', { title: 'x', summary: 'One more sanction among many words that say nothing' }),
          ],
        }),
      );
      const order = async (word: string) =>
        (await ranked.get(`/v1/events?q=${word}&sort=relevance`)).body.items.map(
          ({ id }: { id: string }) => id,
        );
      expect(await order('sanction')).toEqual(['same', 'other']);
      expect(await order('sanctions')).toEqual(['other', 'same']);
      await ranked.close();
    });

    test('as of a day, phrases of citations find nothing: a later source may have them', async () => {
      expect(await found('q=golden&asOf=2026')).toEqual([]);
      expect(await found('q=speech&asOf=2026')).toEqual(['quoting']);
    });

    test.each([
      ['embrago', 'embargo'],
      ['arms embrgo', 'arms embargo'],
      ['delegaton OR zzzzzz', 'delegation OR zzzzzz'],
      ['zzzzzz', null],
      ['"embrago"', null],
    ])('did you mean: %s', async (text, expected) => {
      const { body } = await forms.get(`/v1/search?${q(text)}`);
      expect([body.items, body.didYouMean]).toEqual([[], expected]);
    });

    test('where something is found, nothing else is suggested', async () => {
      expect((await forms.get('/v1/search?q=embargo')).body).not.toHaveProperty('didYouMean');
    });
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
    expect(body.errors[0]).toMatchObject({ parameter, location: 'query' });
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

  test.each([
    ['1,2', 'Some <mark>½</mark> of the tonnage, ⑶ of m²'],
    ['½', 'Some <mark>½</mark> of the tonnage, ⑶ of m²'],
    ['"1/2"', 'Some <mark>½</mark> of the tonnage, ⑶ of m²'],
    ['"some 1"', '<mark>Some ½</mark> of the tonnage, ⑶ of m²'],
    ['3 m2', 'Some ½ of the tonnage, <mark>⑶</mark> of <mark>m²</mark>'],
  ])(
    'one character that is several words is marked where any of them is found: %s',
    async (text, snippet) => {
      const { body } = await server.get(`/v1/search?${q(text)}`);
      expect(body.items.map((item: { id: string; snippet: string }) => [item.id, item.snippet])).toEqual([
        ['half', snippet],
      ]);
    },
  );

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

test('what an earlier version had indexed by letters alone is indexed by terms, phrases and folded names when it is opened', async () => {
  const folder = temporaryFolder();
  const url = `file:${folder.path}/attest.db`;
  const store = await openStore(url);
  await loadDataset(store, readDataset('seeds/cambodia-us'));
  await store.close();
  const database = new SQLite(`${folder.path}/attest.db`);
  const contents = () =>
    ['searchDocuments', 'actors', 'actorAliases'].map((table) =>
      database.prepare(`select * from ${table} order by 1, 2`).all(),
    );
  const loaded = contents();
  database.exec(
    "update searchDocuments set cited = '', titleTerms = '', bodyTerms = '', citedTerms = '', titleStems = '', bodyStems = '', citedStems = ''",
  );
  database.exec("update actors set nameFolded = 'x'; update actorAliases set nameFolded = 'x'");
  // As if the newest migration had still to be made, without what it does to tables.
  const migrations = `${folder.path}/migrations`;
  cpSync('migrations/sqlite', migrations, { recursive: true });
  const journal = JSON.parse(readFileSync(`${migrations}/meta/_journal.json`, 'utf8'));
  journal.entries.push({
    idx: 99,
    version: '6',
    when: Date.now() + 1e9,
    tag: '9999_nothing',
    breakpoints: true,
  });
  writeFileSync(`${migrations}/meta/_journal.json`, JSON.stringify(journal));
  writeFileSync(`${migrations}/9999_nothing.sql`, 'SELECT 1;');
  const reopened = await openSqliteStore(url, { migrations });
  await reopened.close();
  expect(contents()).toEqual(loaded);
  database.exec("insert into searchIndex(searchIndex) values ('integrity-check')");
  database.close();
  folder.remove();
});

test('passages whose text is in the store are searched, from the load on that brings it', async () => {
  const folder = temporaryFolder();
  const text = 'A lantern was lit. Nothing else happened.';
  const [passage] = findPassages(text, 'A lantern', 'lit.');
  if (!passage) throw new Error('no passage');
  const { start, end, sha256: hash } = passage;
  writeFileSync(`${folder.path}/at-hand.txt`, text);
  const seeds = world({
    sources: [
      source('at-hand', { text: { file: 'at-hand.txt', sha256: sha256(text), length: text.length } }),
    ],
    events: [event('lit', { title: 'Light', citations: [cite('at-hand', { start, end, sha256: hash })] })],
  });
  const app = await startApp(seeds);
  const found = async () =>
    (await app.get('/v1/search?q=lantern')).body.items.map(
      ({ id, snippet }: { id: string; snippet: string }) => [id, snippet],
    );
  expect(await found()).toEqual([]);
  writeFileSync(`${folder.path}/dataset.yaml`, stringify(seeds, { aliasDuplicateObjects: false }));
  await loadDataset(app.store, readDataset(`${folder.path}/dataset.yaml`), { articlesDir: folder.path });
  expect(await found()).toEqual([['lit', 'A <mark>lantern</mark> was lit.']]);
  // What is stored is never lost: a load without the articles keeps it, also for a record that changes.
  await app.load({ ...seeds, events: [{ ...(seeds.events?.[0] ?? event('lit')), title: 'Glow' }] });
  expect(await found()).toEqual([['lit', 'A <mark>lantern</mark> was lit.']]);
  await app.close();
  folder.remove();
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
