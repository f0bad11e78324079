import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Store } from '../../src/db/store.ts';
import { tables } from '../../src/db/tables.ts';
import type { SeedFile } from '../../src/seed/files/format.ts';
import { DatasetError } from '../../src/seed/files/mistakes.ts';
import { passageAt, sha256 } from '../../src/seed/files/passages.ts';
import { type LoadSummary, loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { faultsOf } from '../support/documents.ts';
import { actor, cite, claim, event, position, source, statement, topic, world } from '../support/records.ts';
import { openTestStore, temporaryFolder } from '../support/store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let remove: () => Promise<void>;

beforeEach(async () => {
  folder = temporaryFolder();
  ({ store, remove } = await openTestStore());
});
afterEach(async () => {
  expect(await faultsOf(store)).toEqual([]);
  await remove();
  folder.remove();
});

/** Loads a dataset from files as a user writes them. */
async function load(file: SeedFile, options: Parameters<typeof loadDataset>[2] = {}): Promise<LoadSummary> {
  const path = join(folder.path, 'seeds');
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'dataset.yaml'), stringify(file, { aliasDuplicateObjects: false }));
  return loadDataset(store, readDataset(path), options);
}

/** The mistakes for which a text, in a file of its own beside a sound one, is refused. */
async function refusal(text: string, base: SeedFile = world()): Promise<string[]> {
  const path = join(folder.path, 'refused');
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'a.yaml'), stringify(base, { aliasDuplicateObjects: false }));
  writeFileSync(join(path, 'b.yaml'), text);
  try {
    await loadDataset(store, readDataset(path));
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    return error.mistakes.map(
      ({ file, line, record, message }) => `${file.split('/').at(-1)}:${line} ${record}: ${message}`,
    );
  }
  return [];
}

const log = () => store.db.select().from(tables.changes).orderBy(tables.changes.sequence);
const brief = async () =>
  (await log()).map(({ action, kind, id, mergedInto }) =>
    [action, kind, id, ...(mergedInto ? [mergedInto] : [])].join(' '),
  );

describe('loading', () => {
  const records = () => ({
    events: [event('summit', { citations: [cite('daily', { reports: { status: 'planned' } })] })],
    statements: [statement('speech', { occasion: 'summit', about: ['bob'] })],
    claims: [
      claim('one', { contradicts: ['two'], positions: [position('alice', { statement: 'speech' })] }),
      claim('two'),
    ],
  });

  test('again changes nothing', async () => {
    const first = await load(world(records()));
    expect(first.added).toEqual({
      dataset: 1,
      topic: 4,
      actor: 9,
      source: 2,
      event: 1,
      statement: 1,
      claim: 2,
    });
    const changes = await log();
    expect(changes).toHaveLength(20);
    const second = await load(world(records()));
    expect(second.unchanged).toEqual(first.added);
    expect(Object.values({ ...second.added, ...second.changed }).every((count) => count === 0)).toBe(true);
    expect(await log()).toEqual(changes);
  });

  test('a changed record appends to changes, and only it', async () => {
    await load(world(records()));
    const before = (await log()).length;
    const changed = records();
    changed.events[0] = event('summit', { title: 'Another title' });
    const summary = await load(world(changed));
    expect(summary.changed).toMatchObject({ dataset: 1, event: 1, statement: 0 });
    expect((await brief()).slice(before)).toEqual(['put dataset world', 'put event summit']);
    const [row] = await store.db.select().from(tables.events).where(eq(tables.events.id, 'summit'));
    expect(row?.title).toBe('Another title');
    const citations = await store.db
      .select()
      .from(tables.citations)
      .where(eq(tables.citations.event, 'summit'));
    expect(citations).toMatchObject([{ reports: null }]);
  });

  test('the order in which fields are written does not matter', async () => {
    await load(world(records()));
    const before = (await log()).length;
    const { id, ...rest } = event('summit', {
      citations: [cite('daily', { reports: { status: 'planned' } })],
    });
    await load(world({ ...records(), events: [{ ...rest, id }] }));
    expect(await log()).toHaveLength(before);
  });

  test('a record that the files no longer have is refused unless it is retired', async () => {
    await load(world({ events: [event('old'), event('new'), event('hoax')] }));
    await expect(load(world({ events: [event('new')] }))).rejects.toThrow(
      'the store has event old, which the files no longer have',
    );
    expect(await store.db.select().from(tables.events)).toHaveLength(3);

    const before = (await log()).length;
    const retired = [
      { kind: 'event' as const, id: 'old', mergedInto: 'new' },
      { kind: 'event' as const, id: 'hoax', reason: 'no source tells it' },
    ];
    const summary = await load(world({ events: [event('new')], retired }));
    expect(summary.retired).toBe(2);
    expect((await brief()).slice(before)).toEqual([
      'put dataset world',
      'merge event old new',
      'delete event hoax',
    ]);
    expect(await store.db.select().from(tables.retiredIds).orderBy(tables.retiredIds.id)).toMatchObject([
      { kind: 'event', id: 'hoax', mergedInto: null, reason: 'no source tells it' },
      { kind: 'event', id: 'old', mergedInto: 'new', reason: null },
    ]);
    await load(world({ events: [event('new')], retired }));
    expect(await log()).toHaveLength(before + 3);
  });

  test('never goes back to an older version', async () => {
    const at = (version: string) =>
      world({ dataset: { ...(world().dataset as never as object), version } as never });
    await load(at('1.10.0'));
    await expect(load(at('1.9.9'))).rejects.toThrow(
      'these files are version 1.9.9, the store already has 1.10.0',
    );
    await load(at('2.0.0'));
  });

  test('a second dataset may use the actors of the first, but not take its ids', async () => {
    await load(world({ events: [event('summit')] }));
    const dataset = { ...(world().dataset as NonNullable<SeedFile['dataset']>), id: 'other' };
    await load({
      dataset,
      sources: [source('other-source')],
      events: [event('other', { citations: [cite('other-source')] })],
    });
    expect(await store.db.select().from(tables.events)).toHaveLength(2);
    await expect(
      load({
        dataset,
        sources: [source('other-source')],
        events: [event('summit', { citations: [cite('other-source')] })],
      }),
    ).rejects.toThrow('another dataset already has a record with this id');
  });

  test('a record with an id of another dataset is refused with the line where it is', async () => {
    await load(world(records()));
    const dataset = { ...(world().dataset as NonNullable<SeedFile['dataset']>), id: 'other' };
    const claims = [claim('one', { positions: [position('alice', { citations: [cite('s')] })] })];
    await expect(load({ dataset, sources: [source('s')], claims })).rejects.toThrow(
      /dataset\.yaml:\d+: claim one: another dataset already has a record with this id/,
    );
  });

  test('is all or nothing, and readers see nothing of it before the end', async () => {
    await load(world({ events: [event('summit')] }));
    const broken = store.transaction(async (tx) => {
      await tx.delete(tables.eventTopics);
      expect(await store.db.select().from(tables.eventTopics)).toHaveLength(1);
      throw new Error('stop');
    });
    await expect(broken).rejects.toThrow('stop');
    expect(await store.db.select().from(tables.eventTopics)).toHaveLength(1);
  });

  test('keeps the words of cited passages where the articles are at hand, and loses none without them', async () => {
    const text = 'Zero. Ночь und 夜 🌙 fell. One.';
    const passage = passageAt(text, 6, 24);
    if (!passage) throw new Error('no passage');
    expect(passage.text).toBe('Ночь und 夜 🌙 fell.');
    writeFileSync(join(folder.path, 'daily.txt'), text);
    const proof = { start: passage.start, end: passage.end, sha256: passage.sha256 };
    const sources = [source('at-hand', { text: { file: 'daily.txt', sha256: sha256(text), length: 29 } })];
    const seeds = (title: string) =>
      world({
        sources,
        events: [event('night', { title, citations: [cite('at-hand', proof), cite('daily')] })],
      });
    const summary = await load(seeds('Night'), { articlesDir: folder.path });
    expect(summary.passages).toEqual({ stored: 1, cited: 2 });
    await load(seeds('Nightfall'));
    expect(await store.db.select().from(tables.passages)).toEqual([
      { sha256: passage.sha256, text: passage.text },
    ]);
  });
});

describe('a mistake names file, line, record and what was expected', () => {
  test.each([
    ['events:\n  - id: e\n    titel: x\n', ['b.yaml:3 event e: unknown field "titel"']],
    ['evnts: []\n', ['b.yaml:1 null: unknown field "evnts"']],
    ['events:\n  - id: Not A Slug\n', ['b.yaml:2 event Not A Slug: id: must be a slug']],
    ['topics:\n  - id: t\n    label: L\n', ['b.yaml:2 topic t: description: is missing: expected string']],
    [
      'topics:\n  - id: t\n    label: 12\n    description: D\n',
      ['b.yaml:3 topic t: label: expected string, found 12'],
    ],
    ['topics: nothing\n', ['b.yaml:1 null: topics: expected array, found "nothing"']],
    ['topics:\n  - id: a\n   label: x\n', ['b.yaml:']],
    ['topics:\n  - id: a\n    id: b\n', ['b.yaml:3']],
    ['topics:\n  - id: *b\n', ['b.yaml:2 null: there is no anchor &b before *b in this file']],
    [
      `topics:\n  - &a [x, x]\n${Array.from(
        { length: 9 },
        (_, n) =>
          `  - &a${n} [${Array(9)
            .fill(n === 0 ? '*a' : `*a${n - 1}`)
            .join(', ')}]\n`,
      ).join('')}`,
      ['b.yaml:3 null: the aliases of this file expand to too much'],
    ],
    ['topics: &t\n  - *t\n', ['b.yaml:']],
    ['- a list\n', ['b.yaml:1 null: expected object, found a list']],
  ])('%j', async (text, expected) => {
    const found = await refusal(text);
    for (const start of expected) expect(found.some((line) => line.startsWith(start))).toBe(true);
    expect(found.length).toBeGreaterThan(0);
  });

  const yaml = (records: Partial<SeedFile>): string => stringify(records, { aliasDuplicateObjects: false });
  test.each<[string, Partial<SeedFile>, string]>([
    [
      'a day that is not',
      { events: [event('e', { date: '2024-02-30' })] },
      '"2024-02-30" is not a calendar date',
    ],
    [
      'the 29 February of a common year',
      { events: [event('e', { date: '2022/2023-02-29' })] },
      '"2022/2023-02-29" is not a calendar date',
    ],
    ['a year before the first', { events: [event('e', { date: '-0044/..' })] }, 'lies before the year 0000'],
    ['a time of day', { events: [event('e', { date: '2024-02-03T10:00:00Z' })] }, 'carries a time'],
    ['EDTF level 2', { events: [event('e', { date: '{2024,2025}' })] }, 'is not a calendar date'],
    [
      'a word of no vocabulary',
      { events: [event('e', { status: 'done' as never })] },
      'status: "done" is not one of',
    ],
    [
      'a mode of another type',
      { events: [event('e', { type: 'AGREE', mode: 'visit' })] },
      'mode: AGREE has no modes',
    ],
    ['a mode of none', { events: [event('e', { mode: 'visit' })] }, 'an event without a type has no modes'],
    [
      'no citation',
      { events: [event('e', { citations: [] })] },
      'citations: must have at least one citation',
    ],
    ['nobody there', { events: [event('e', { participants: [] })] }, 'must have at least one participant'],
    [
      'a passage of nothing',
      { events: [event('e', { citations: [cite('daily', { start: 5, end: 5 })] })] },
      'end must lie after start',
    ],
    [
      'a passage beyond the text',
      { events: [event('e', { citations: [cite('daily', { end: 1001 })] })] },
      'lies beyond the end of daily, which has 1000 code points',
    ],
    [
      'a bad hash',
      { events: [event('e', { citations: [cite('daily', { sha256: 'abc' })] })] },
      'must be a SHA-256',
    ],
    [
      'a long phrase',
      { events: [event('e', { citations: [cite('daily', { phrase: Array(13).fill('word').join(' ') })] })] },
      'must have at most 12 words',
    ],
    [
      'an empty report',
      { events: [event('e', { citations: [cite('daily', { reports: {} })] })] },
      'must name at least one value',
    ],
    [
      'half a coordinate',
      { events: [event('e', { place: { name: 'X', latitude: 1 } })] },
      'latitude and longitude go together',
    ],
    [
      'an unknown actor',
      { events: [event('e', { participants: [{ actor: 'alise', role: 'host' }] })] },
      'participants[0].actor: there is no actor "alise" (did you mean alice?)',
    ],
    [
      'an unknown principal',
      { events: [event('e', { participants: [{ actor: 'alice', role: 'host', onBehalfOf: 'ruritania' }] })] },
      'there is no actor "ruritania"',
    ],
    [
      'an unknown topic',
      { events: [event('e', { topics: ['trad'] })] },
      'topics[0]: there is no topic "trad" (did you mean trade?)',
    ],
    ['a topic twice', { events: [event('e', { topics: ['trade', 'trade'] })] }, '"trade" is listed twice'],
    [
      'an unknown source',
      { events: [event('e', { citations: [cite('dayly')] })] },
      'there is no source "dayly" (did you mean daily?)',
    ],
    [
      'no source at all',
      { events: [event('e', { citations: [{ ...cite('daily'), source: undefined }] })] },
      'names no source',
    ],
    [
      'an unknown occasion',
      { statements: [statement('s', { occasion: 'party' })] },
      'occasion: there is no event "party"',
    ],
    [
      'an unknown statement',
      { claims: [claim('c', { positions: [position('alice', { statement: 'none' })] })] },
      'there is no statement "none"',
    ],
    ['no position', { claims: [claim('c', { positions: [] })] }, 'must have at least one position'],
    [
      'a claim against itself',
      { claims: [claim('c', { contradicts: ['c'] })] },
      'a claim cannot contradict itself',
    ],
    [
      'a circle of topics',
      { topics: [topic('x', 'y'), topic('y', 'x')] },
      'broader: leads back to itself: remove one link of the circle',
    ],
    [
      'a circle of actors',
      { actors: [actor('x', { parent: 'x' })] },
      'parent: leads back to itself: remove one link of the circle',
    ],
    [
      'an alias of one source twice',
      { actors: [actor('x', { aliases: [{ name: 'X', sources: ['daily', 'daily'] }] })] },
      'aliases[0].sources[1]: "daily" is listed twice',
    ],
    ['an id in use', { actors: [actor('alice')] }, 'id: the id "alice" is already in use: choose another'],
    [
      'a retired id in use',
      { retired: [{ kind: 'actor', id: 'alice', reason: 'gone' }] },
      'is still defined',
    ],
    [
      'an id retired twice',
      {
        retired: [
          { kind: 'actor', id: 'x', reason: 'gone' },
          { kind: 'actor', id: 'x', mergedInto: 'alice' },
        ],
      },
      'the actor "x" is listed twice',
    ],
    [
      'a retirement without a reason',
      { retired: [{ kind: 'actor', id: 'x' }] },
      'must say what it was merged into',
    ],
    [
      'a merger into nothing',
      { retired: [{ kind: 'actor', id: 'x', mergedInto: 'y' }] },
      'there is no actor "y"',
    ],
    ['a second description', { dataset: world().dataset }, 'the dataset is already described in'],
  ])('%s', async (_name, records, message) => {
    const found = await refusal(yaml(records));
    expect(found.join('\n')).toContain(message);
    expect(found[0]).toMatch(/^b\.yaml:\d+ /);
    expect(await store.db.select().from(tables.datasets)).toEqual([]);
    expect(await log()).toEqual([]);
  });

  test('all mistakes of all files at once', async () => {
    const found = await refusal('topics:\n  - id: x\n    label: L\n  - id: y\n    description: D\n');
    expect(found).toHaveLength(2);
  });

  test.each([
    ['UK', '"UK" is not an ISO 3166-1 alpha-2 code (did you mean GB?)'],
    ['us', '"us" is not an ISO 3166-1 alpha-2 code (did you mean US?)'],
    ['USA', '(did you mean US?)'],
    ['Cambodia', '(did you mean KH?)'],
    ['Untied Kingdom', '(did you mean GB?)'],
    ['QQQ', '"QQQ" is not an ISO 3166-1 alpha-2 code'],
  ])('a country that is none: %s', async (country, message) => {
    const found = await refusal(yaml({ events: [event('e', { place: { name: 'Quay', country } })] }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^b\.yaml:\d+ event e: place\.country: /);
    expect(found[0]).toContain(message);
  });

  test.each(['GB', 'KH', 'XK'])('a country: %s', async (country) => {
    expect(await refusal(yaml({ events: [event('e', { place: { name: 'Quay', country } })] }))).toEqual([]);
  });

  test.each(['a.yml', 'a.YAML', 'below/a.Yml'])(
    'reads files with every spelling of the extension: %s',
    (name) => {
      const path = join(folder.path, 'spelt');
      mkdirSync(join(path, 'below'), { recursive: true });
      writeFileSync(join(path, name), yaml(world()));
      expect(readDataset(path).dataset).toEqual(world().dataset);
    },
  );

  test('a path without files, without a dataset, or that is not there', () => {
    expect(() => readDataset(join(folder.path, 'nowhere'))).toThrow('no such file or folder');
    mkdirSync(join(folder.path, 'empty'));
    expect(() => readDataset(join(folder.path, 'empty'))).toThrow('the folder has no .yaml or .yml files');
    writeFileSync(join(folder.path, 'empty', 'a.yaml'), 'topics: []\n');
    expect(() => readDataset(join(folder.path, 'empty'))).toThrow('no file has a `dataset:` section');
    writeFileSync(join(folder.path, 'empty', 'a.yaml'), Buffer.from([0xff, 0xfe, 0x00]));
    expect(() => readDataset(join(folder.path, 'empty'))).toThrow('is not UTF-8 text');
  });
});
