import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { BUNDLED_DATASET } from '../../src/config.ts';
import type { Store } from '../../src/db/store.ts';
import { tables } from '../../src/db/tables.ts';
import { formats } from '../../src/import/formats.ts';
import { importFiles } from '../../src/import/run.ts';
import type { SeedFile } from '../../src/seed/files/format.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { describeDeferred } from '../../src/seed/load/shared.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { faultsOf } from '../support/documents.ts';
import { actor, cite, claim, event, position, source, topic } from '../support/records.ts';
import { openTestStore, temporaryFolder } from '../support/store.ts';

// Two datasets that define the same actor or topic, in either order.

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

/** Loads a dataset with a source `ID-source`, and returns what was left to others, as the log says it. */
async function load(id: string, version: string, records: Partial<SeedFile>): Promise<string[]> {
  const dataset = { id, title: id, description: id, licence: 'CC0-1.0', citation: id, version };
  const path = join(folder.path, id);
  mkdirSync(path, { recursive: true });
  writeFileSync(
    join(path, 'dataset.yaml'),
    stringify({ dataset, ...records, sources: [source(`${id}-source`)] }, { aliasDuplicateObjects: false }),
  );
  const { deferred } = await loadDataset(store, readDataset(path));
  return describeDeferred(deferred);
}

const stored = async (id: string) => {
  const { actors } = tables;
  const [row] = await store.db
    .select({ name: actors.name, parent: actors.parent, definedBy: actors.definedBy })
    .from(actors)
    .where(eq(actors.id, id));
  return row;
};

test('the stored definition counts, and records of both refer to it', async () => {
  await load('first', '1.0.0', {
    actors: [actor('kenya', { name: 'Kenya', kind: 'state' })],
    topics: [topic('trade')],
  });
  const second = {
    actors: [
      actor('kenya', { name: 'Republic of Kenya', kind: 'state' }),
      actor('police', { parent: 'kenya' }),
    ],
    topics: [topic('trade'), topic('tariffs', 'trade')],
    events: [
      event('meeting', {
        participants: [{ actor: 'police', role: 'participant' }],
        topics: ['tariffs'],
        citations: [cite('second-source')],
      }),
    ],
  };
  const said = [
    'dataset first already defines topic trade, actor kenya: its definitions count, those of the files do not',
  ];
  expect(await load('second', '1.0.0', second)).toEqual(said);
  expect(await stored('kenya')).toEqual({ name: 'Kenya', parent: null, definedBy: 'first' });
  expect(await stored('police')).toMatchObject({ parent: 'kenya', definedBy: 'second' });
  const { eventKeys } = tables;
  expect(
    (await store.db.select({ value: eventKeys.value }).from(eventKeys)).map(({ value }) => value).sort(),
  ).toEqual(['kenya', 'police', 'second-source', 'tariffs', 'trade']);
  // Again, nothing changes.
  const before = await store.db.select().from(tables.changes);
  expect(await load('second', '1.0.0', second)).toEqual(said);
  expect(await store.db.select().from(tables.changes)).toEqual(before);
});

test('a retired id that another dataset defines is not retired', async () => {
  await load('first', '1.0.0', { actors: [actor('kenya')] });
  await load('second', '1.0.0', { retired: [{ kind: 'actor', id: 'kenya', reason: 'nobody names it' }] });
  expect(await stored('kenya')).toMatchObject({ definedBy: 'first' });
  expect(await store.db.select().from(tables.retiredIds)).toEqual([]);
});

test('a record that would be above itself by what another dataset defines has nothing above it', async () => {
  await load('first', '1.0.0', { actors: [actor('a'), actor('c')], topics: [topic('t')] });
  await load('second', '1.0.0', { actors: [actor('b', { parent: 'a' })], topics: [topic('u', 't')] });
  expect(
    await load('first', '2.0.0', {
      actors: [actor('a', { parent: 'b' }), actor('c', { parent: 'a' })],
      topics: [topic('t', 'u')],
      claims: [
        claim('one', { topics: ['t'], positions: [position('c', { citations: [cite('first-source')] })] }),
      ],
    }),
  ).toEqual(['nothing is above topic t, actor a, which would be above itself by what other datasets define']);
  expect(await stored('a')).toMatchObject({ parent: null });
  expect(await stored('b')).toMatchObject({ parent: 'a' });
  expect(await stored('c')).toMatchObject({ parent: 'a' });
});

test('a store in which an import has defined actors of the bundled dataset takes that dataset', async () => {
  const path = join(folder.path, 'icews.tsv');
  writeFileSync(
    path,
    'date\tsource\tevent\ttarget\n2014-05-13\tThailand\tConsult\tCambodia\n2014-05-14\tPolice (Thailand)\tConsult\tKenya\n',
  );
  await importFiles(store, [path], { format: formats.icews, dataset: 'icews' });
  const { deferred } = await loadDataset(store, readDataset(BUNDLED_DATASET));
  expect(describeDeferred(deferred)).toEqual([
    'dataset icews already defines actor cambodia, actor thailand: its definitions count, those of the files do not',
  ]);
  expect(await stored('thailand')).toMatchObject({ definedBy: 'icews' });
  // Neither changes the other, however often each is loaded.
  const before = await store.db.select().from(tables.changes);
  await importFiles(store, [path], { format: formats.icews, dataset: 'icews' });
  await loadDataset(store, readDataset(BUNDLED_DATASET));
  expect(await store.db.select().from(tables.changes)).toEqual(before);
});
