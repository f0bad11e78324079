import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formats } from '../../src/import/formats.ts';
import { type ImportOptions, importFiles, type Reject } from '../../src/import/run.ts';
import { startApp, type TestApp, temporaryFolder } from '../support/store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let started: TestApp;
beforeEach(async () => {
  folder = temporaryFolder();
  started = await startApp();
});
afterEach(async () => {
  await started.close();
  folder.remove();
});

const EVENT = {
  event_id_cnty: 'KEN1',
  event_date: '05 January 2024',
  time_precision: '1',
  event_type: 'Protests',
  sub_event_type: 'Peaceful protest',
  actor1: 'Protesters (Kenya)',
  assoc_actor_1: '',
  actor2: '',
  assoc_actor_2: '',
  country: 'Kenya',
  location: 'Nairobi',
  latitude: '-1.28',
  longitude: '36.81',
  source: 'Nation',
  notes: 'A march.',
  fatalities: '0',
};

async function load(
  rows: Record<string, string>[],
  format: keyof typeof formats = 'acled',
  options: Partial<ImportOptions> = {},
) {
  const path = join(folder.path, 'file.csv');
  writeFileSync(path, stringify(rows, { header: true, columns: Object.keys(rows[0] ?? EVENT) }));
  const rejects: string[] = [];
  const summary = await importFiles(started.store, [path], {
    format: formats[format],
    dataset: 'acled',
    onReject: ({ line, reason }: Reject) => rejects.push(`${line}: ${reason}`),
    ...options,
  });
  return { ...summary, rejects };
}

const ids = async (): Promise<string[]> =>
  (await started.get('/v1/events?dataset=acled&sort=id')).body.items
    .map(({ id }: { id: string }) => id)
    .sort();
const events = (...numbers: string[]) => numbers.map((event_id_cnty) => ({ ...EVENT, event_id_cnty }));

test('events of the list of deleted ones are gone, with the reason, and come back with a later file', async () => {
  await load(events('KEN1', 'KEN2', 'KEN3'));
  const deleted = [
    { event_id_cnty: 'KEN2', deleted_timestamp: '1710000000' },
    { event_id_cnty: 'KEN9', deleted_timestamp: '1710000000' },
    { event_id_cnty: 'KEN3', deleted_timestamp: 'yesterday' },
  ];
  expect(await load(deleted, 'acled-deleted')).toMatchObject({
    read: 3,
    loaded: 1,
    withdrawn: 1,
    rejects: [
      '4: deleted_timestamp "yesterday" is not a number of seconds since 1970',
      '3: the dataset acled has no event acled-ken9 to withdraw',
    ],
  });
  expect(await ids()).toEqual(['acled-ken1', 'acled-ken3']);
  const gone = await started.get('/v1/events/acled-ken2');
  expect([gone.status, gone.body.detail]).toEqual([
    410,
    expect.stringContaining('ACLED deleted it on 2024-03-09'),
  ]);
  const { items } = (await started.get('/v1/changes?kind=event&limit=200')).body;
  expect(items.at(-1)).toMatchObject({ action: 'delete', id: 'acled-ken2', dataset: 'acled' });
  expect(
    (await started.get('/v1/search?q=march')).body.items.map(({ id }: { id: string }) => id),
  ).not.toContain('acled-ken2');
  expect(await load(deleted.slice(0, 1), 'acled-deleted')).toMatchObject({
    loaded: 0,
    unchanged: 1,
    withdrawn: 0,
  });

  await load(events('KEN2'));
  expect(await ids()).toEqual(['acled-ken1', 'acled-ken2', 'acled-ken3']);
});

test('files that replace a dataset withdraw what they do not have', async () => {
  await load(events('KEN1', 'KEN2', 'KEN3'));
  const replace = { replace: true };
  expect(await load(events('KEN1', 'KEN4'), 'acled', { ...replace, dryRun: true })).toMatchObject({
    withdrawn: 2,
  });
  expect(await ids()).toEqual(['acled-ken1', 'acled-ken2', 'acled-ken3']);
  expect(await load(events('KEN1', 'KEN4'), 'acled', replace)).toMatchObject({
    loaded: 1,
    unchanged: 1,
    withdrawn: 2,
  });
  expect(await ids()).toEqual(['acled-ken1', 'acled-ken4']);
  expect((await started.get('/v1/events/acled-ken3')).body.detail).toContain('no longer in the files of');
  // A file of which nothing can be loaded withdraws nothing.
  await expect(load([{ ...EVENT, fatalities: 'many' }], 'acled', replace)).rejects.toThrow(
    'nothing was withdrawn',
  );
  expect(await ids()).toEqual(['acled-ken1', 'acled-ken4']);
});

test('what changes events needs a dataset, and cannot replace it', async () => {
  const deleted = [{ event_id_cnty: 'KEN2', deleted_timestamp: '1710000000' }];
  await expect(load(deleted, 'acled-deleted')).rejects.toThrow('there is no imported dataset acled');
  await load(events('KEN1'));
  await expect(load(deleted, 'acled-deleted', { replace: true })).rejects.toThrow('cannot replace a dataset');
});
