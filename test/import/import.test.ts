import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/db/openStore.ts';
import { tables } from '../../src/db/tables.ts';
import { countryOf, stateActor } from '../../src/import/countries.ts';
import { ImportError } from '../../src/import/format.ts';
import { formats } from '../../src/import/formats.ts';
import { type ImportOptions, importFiles, type Reject } from '../../src/import/run.ts';
import { run } from '../support/process.ts';
import { startApp, type TestApp, temporaryFolder } from '../support/store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let started: TestApp;
beforeEach(async () => {
  folder = temporaryFolder();
  started = await startApp('bundled');
});
afterEach(async () => {
  await started.close();
  folder.remove();
});

// Two rows of the UCDP Georeferenced Event Dataset (Uppsala University, CC BY 4.0), without the articles that it names.
const SYRIA = {
  id: '300380',
  year: '2013',
  type_of_violence: '1',
  conflict_new_id: '299',
  conflict_name: 'Syria: Government',
  side_a_new_id: '118',
  side_a: 'Government of Syria',
  side_b_new_id: '4456',
  side_b: 'Syrian insurgents',
  source_original: 'SOHR; VDC',
  where_prec: '1',
  where_coordinates: 'Rami village',
  where_description: 'in the al-Rami village',
  adm_1: 'Idlib governorate',
  adm_2: 'Ariha district',
  latitude: '35.763369',
  longitude: '36.558974',
  country: 'Syria',
  date_prec: '1',
  date_start: '2013-01-03',
  date_end: '2013-01-03',
  deaths_a: '0',
  deaths_b: '2',
  deaths_civilians: '0',
  deaths_unknown: '0',
  best: '2',
  high: '2',
  low: '2',
};
const ANGOLA = {
  ...SYRIA,
  id: '21300',
  year: '1989',
  conflict_new_id: '327',
  conflict_name: 'Angola: Government',
  side_a_new_id: '99',
  side_a: 'Government of Angola',
  side_b_new_id: '567',
  side_b: 'UNITA',
  source_original: 'army statement',
  where_prec: '4',
  where_coordinates: 'Lunda Sul province',
  where_description: 'Lunda Sul province',
  adm_1: 'Lunda Sul province',
  adm_2: '',
  latitude: '-9.65',
  longitude: '20.4',
  country: 'Angola',
  date_prec: '3',
  date_start: '1989-05-10',
  date_end: '1989-05-16',
  deaths_b: '14',
  best: '14',
  high: '14',
  low: '14',
};
type UcdpRow = typeof SYRIA;

/** Writes rows as UCDP does, and returns the path. */
function ucdpFile(rows: Partial<UcdpRow>[], name = 'ged.csv'): string {
  const path = join(folder.path, name);
  writeFileSync(
    path,
    stringify([Object.keys(SYRIA), ...rows.map((row) => Object.values({ ...SYRIA, ...row }))]),
  );
  return path;
}

/** Imports files into the dataset `ged`, and returns the summary with what was rejected. */
async function load(files: string[], options: Partial<ImportOptions> = {}, { store } = started) {
  const rejects: Reject[] = [];
  const summary = await importFiles(store, files, {
    format: formats.ucdp,
    dataset: 'ged',
    onReject: (reject) => rejects.push(reject),
    ...options,
  });
  return { ...summary, rejects };
}

const text = async (path: string): Promise<string> =>
  (await started.app.inject({ method: 'GET', url: path })).body;

describe('UCDP', () => {
  test('pages show its events, the record that each cites, and its dataset alone to cite', async () => {
    await load([ucdpFile([SYRIA, ANGOLA])]);
    const page = async (path: string) =>
      (await started.app.inject({ url: path, headers: { accept: 'text/html' } })).body;
    const event = await page('/events/ged-300380');
    expect(event).toContain('record 300380 (reported by SOHR; VDC)');
    expect(event).toMatch(/id="cite">“[^<]*UCDP Georeferenced Event Dataset, version 1.0.0, Attest/);
    expect(event).not.toMatch(/id="cite">[^<]*Cambodia/);
    expect(await page('/sources/ged')).toContain('href="/events/ged-21300"');
    expect(await page('/map')).toContain('href="/events?country=AO"');
    expect(await page('/figures?measure=killed&dataset=ged')).toContain('14 people');
  });

  test('a row becomes an event with sides, place, deaths and the record that it cites', async () => {
    expect(await load([ucdpFile([SYRIA, ANGOLA])])).toMatchObject({ read: 2, loaded: 2, rejected: 0 });
    const { body } = await started.get('/v1/events/ged-300380');
    const source = { id: 'ged', title: 'UCDP Georeferenced Event Dataset' };
    expect(body).toMatchObject({
      title: 'Government of Syria – Syrian insurgents: state-based violence, Rami village',
      type: 'ASSAULT',
      status: 'occurred',
      date: { edtf: '2013-01-03', period: false },
      place: { name: 'Rami village', country: 'SY', latitude: 35.763369, longitude: 36.558974 },
      participants: [
        { actor: { id: 'ucdp-actor-118', name: 'Government of Syria' }, role: 'participant' },
        { actor: { id: 'ucdp-actor-4456', name: 'Syrian insurgents' }, role: 'participant' },
      ],
      topics: [
        { id: 'ucdp-state-based-violence', label: 'State-based violence' },
        { id: 'ucdp-conflict-299', label: 'Syria: Government' },
      ],
    });
    const citation = {
      source,
      start: null,
      end: null,
      sha256: null,
      phrase: null,
      passage: null,
      progress: null,
      reports: null,
      document: { id: '300380', url: null, reportedBy: 'SOHR; VDC' },
    };
    expect(body.citations).toEqual([citation]);
    const killed = { measure: 'killed', low: null, high: null, unit: 'people', approximate: false };
    expect(body.figures).toEqual([
      { ...killed, value: 2, of: 'Killed, best estimate', citations: [citation] },
      { ...killed, value: 2, of: 'Killed of Syrian insurgents', citations: [citation] },
    ]);
  });

  test('one day out of several is a set of days, unless UCDP says that it is exact', async () => {
    const several = { date_start: '2013-01-03', date_end: '2013-01-05' };
    await load([
      ucdpFile([
        { ...several, id: '1', date_prec: '2' },
        { ...several, id: '2', date_prec: '1' },
      ]),
    ]);
    expect((await started.get('/v1/events/ged-1')).body.date.edtf).toBe('[2013-01-03..2013-01-05]');
    expect((await started.get('/v1/events/ged-2')).body.date.edtf).toBe('2013-01-03/2013-01-05');
  });

  test('low and high estimates are a range', async () => {
    await load([ucdpFile([{ best: '3', low: '2', high: '9' }])]);
    const { figures } = (await started.get('/v1/events/ged-300380')).body;
    expect(figures[1]).toMatchObject({ value: null, low: 2, high: 9, of: 'Killed, low to high estimate' });
  });

  test('in one-sided violence side B are the victims', async () => {
    const civilians = { side_b_new_id: '1', side_b: 'Civilians', type_of_violence: '3' };
    await load([ucdpFile([civilians])]);
    const { participants } = (await started.get('/v1/events/ged-300380')).body;
    expect(participants.map((each: { role: string }) => each.role)).toEqual(['initiator', 'recipient']);
    expect((await started.get('/v1/actors/ucdp-actor-1')).body.kind).toBe('group');
  });

  test('governments are beneath their states, which all datasets share; topics are beneath their types', async () => {
    const before = await text('/v1/actors/thailand');
    await load([ucdpFile([{ side_a_new_id: '150', side_a: 'Government of Thailand', country: 'Thailand' }])]);
    expect(await text('/v1/actors/thailand')).toBe(before);
    const ids = async (query: string) =>
      (await started.get(`/v1/events?dataset=ged&${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids('actor=thailand')).toEqual(['ged-300380']);
    expect(await ids('topic=ucdp-state-based-violence')).toEqual(['ged-300380']);
    expect(await ids('topic=ucdp-organized-violence&source=ged')).toEqual(['ged-300380']);
    expect(await ids('country=TH&measure=killed')).toEqual(['ged-300380']);
  });

  test('counts by year, actor and type are those of the rows', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => {
      const year = String(2000 + (index % 3));
      return {
        id: String(index + 1),
        year,
        date_start: `${year}-03-01`,
        date_end: `${year}-03-01`,
        side_b_new_id: String(900 + (index % 4)),
        side_b: `Group ${index % 4}`,
        type_of_violence: String(1 + (index % 2)),
      };
    });
    await load([ucdpFile(rows)]);
    const count = (value: (row: (typeof rows)[number]) => string): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const row of rows) counts[value(row)] = (counts[value(row)] ?? 0) + 1;
      return counts;
    };
    const { body } = await started.get('/v1/events?dataset=ged&facets=actor,topic&limit=1');
    const groups = Object.fromEntries(
      [...body.facets.actor.groups, ...body.facets.topic.groups].map(({ value, count: of }) => [value, of]),
    );
    expect(groups).toMatchObject(count((row) => `ucdp-actor-${row.side_b_new_id}`));
    expect(groups).toMatchObject(
      count((row) =>
        row.type_of_violence === '1' ? 'ucdp-state-based-violence' : 'ucdp-non-state-violence',
      ),
    );
    const years = (await started.get('/v1/timeline?dataset=ged&interval=year')).body.items;
    expect(
      Object.fromEntries(
        years.map(({ from, count: of }: { from: string; count: number }) => [from.slice(0, 4), of]),
      ),
    ).toEqual(count((row) => row.year));
  });
});

describe('rows that real files have', () => {
  test.each<[string, Partial<UcdpRow>, string]>([
    ['an id is missing', { id: '' }, 'id is missing'],
    ['a day is missing', { date_start: ' ' }, 'date_start is missing'],
    [
      'the year 0025',
      { date_start: '0025-01-03' },
      'date_start "0025-01-03" lies before 1900: the year is probably wrong',
    ],
    [
      'no day of the calendar',
      { date_end: '2013-02-30' },
      'date_end "2013-02-30" is not a day such as 2014-05-13',
    ],
    [
      'a time of day',
      { date_start: '2013-01-03 12:00' },
      'date_start "2013-01-03 12:00" is not a day such as 2014-05-13',
    ],
    [
      'days in the wrong order',
      { date_start: '2013-02-03' },
      'date_start 2013-02-03 lies after date_end 2013-01-03',
    ],
    [
      'the year of another day',
      { year: '2014' },
      'year "2014" is not the year of date_start 2013-01-03 or date_end 2013-01-03',
    ],
    [
      'zeros for an unknown place',
      { latitude: '-0', longitude: '+0.0' },
      'latitude and longitude are both 0, which is no place on land',
    ],
    ['half a place', { longitude: '' }, 'longitude is missing'],
    [
      'degrees beyond the pole',
      { latitude: '91' },
      'latitude "91" is not a number of degrees from -90 to 90',
    ],
    [
      'degrees with a comma',
      { latitude: '35,7' },
      'latitude "35,7" is not a number of degrees from -90 to 90',
    ],
    ['estimates in the wrong order', { low: '3' }, 'low 3 is greater than high 2'],
    ['deaths that are no number', { best: '2.5' }, 'best "2.5" is not a whole number'],
    ['an unknown type', { type_of_violence: '4' }, 'type_of_violence "4" is not 1, 2 or 3'],
    ['an unknown precision', { date_prec: '9' }, 'date_prec "9" is not 1 to 5'],
  ])('%s', async (_what, row, reason) => {
    const file = ucdpFile([ANGOLA, row]);
    const { loaded, rejects } = await load([file]);
    expect(rejects).toEqual([{ file, line: 3, reason }]);
    expect(loaded).toBe(1);
  });

  test('an id that an earlier row has, in this file or another', async () => {
    const first = ucdpFile([SYRIA, { best: '2', where_coordinates: 'Elsewhere' }]);
    const second = ucdpFile([SYRIA], 'second.csv');
    const { rejects, loaded } = await load([first, second]);
    const reason = 'repeats the id 300380 of an earlier row';
    expect(rejects).toEqual([
      { file: first, line: 3, reason },
      { file: second, line: 2, reason },
    ]);
    expect(loaded).toBe(1);
    expect((await started.get('/v1/events/ged-300380')).body.place.name).toBe('Rami village');
  });

  test('quoted newlines belong to the value, and lines are still counted', async () => {
    const file = ucdpFile([{ source_original: 'two\nlines, "quoted"' }, { id: 'x' }]);
    const { rejects } = await load([file]);
    expect(rejects).toEqual([{ file, line: 4, reason: 'id "x" is not a number' }]);
    const { citations } = (await started.get('/v1/events/ged-300380')).body;
    expect(citations[0].document.reportedBy).toBe('two\nlines, "quoted"');
  });

  test('a row with too few values, and a quotation mark that does not close', async () => {
    const file = ucdpFile([SYRIA]);
    writeFileSync(file, `${readFileSync(file, 'utf8')}1,2\n"3,4\n${'5,6\n'.repeat(400_000)}`);
    const { rejects, loaded, read } = await load([file]);
    expect(loaded).toBe(1);
    expect(rejects[0]).toEqual({
      file,
      line: 3,
      reason: 'has another number of values than the first line has columns',
    });
    expect(rejects.some(({ reason }) => reason.includes('quotation mark is probably not closed'))).toBe(true);
    expect(read).toBe(loaded + rejects.length);
  });

  test('a file in Windows-1252 is read as that when it is named, and else rejected', async () => {
    const file = ucdpFile([{ where_coordinates: 'Alepo Norté' }, ANGOLA]);
    writeFileSync(file, Buffer.from(readFileSync(file, 'utf8'), 'latin1'));
    const reason = 'where_coordinates is not utf-8 text: name the encoding of the file with --encoding';
    expect((await load([file])).rejects).toEqual([{ file, line: 2, reason }]);
    expect(await load([file], { encoding: 'windows-1252' })).toMatchObject({
      loaded: 1,
      unchanged: 1,
      rejects: [],
    });
    expect((await started.get('/v1/events/ged-300380')).body.place.name).toBe('Alepo Norté');
  });

  test('a country that is not known is counted, and none is guessed', async () => {
    const { unmapped } = await load([ucdpFile([{ country: 'Ruritania' }])]);
    expect([...unmapped]).toEqual([['country "Ruritania"', 1]]);
    expect((await started.get('/v1/events/ged-300380')).body.place.country).toBeNull();
  });

  test('a file of another format loads nothing and says what it lacks', async () => {
    const file = join(folder.path, 'other.csv');
    writeFileSync(file, 'date\tsource\n2014-01-01\tIran\n');
    await expect(load([file])).rejects.toThrow(
      /is not of this format: its first line lacks the columns id, year/,
    );
    await expect(load([join(folder.path, 'missing.csv')])).rejects.toThrow(ImportError);
  });
});

describe('again and again', () => {
  const rows = Array.from({ length: 3_500 }, (_, index) => ({
    id: String(index + 1),
    side_b: `Group ${index % 7}`,
    side_b_new_id: String(100_000 + (index % 7)),
  }));
  const state = async ({ store } = started) => {
    const datasets = await store.db
      .select({ id: tables.datasets.id, hash: tables.datasets.contentHash })
      .from(tables.datasets);
    return datasets.find(({ id }) => id === 'ged')?.hash;
  };

  test('importing twice changes nothing; a later file adds and changes', async () => {
    const file = ucdpFile([SYRIA, ANGOLA]);
    await load([file], { published: '2014' });
    const { sequence } = (await started.get('/v1/changes?limit=1&since=0')).body.items[0];
    const before = await text('/v1/changes?limit=200');
    const hash = await state();
    expect(sequence).toBeGreaterThan(0);
    expect(await load([file])).toMatchObject({ loaded: 0, unchanged: 2 });
    expect([await text('/v1/changes?limit=200'), await state()]).toEqual([before, hash]);

    // A mirror may follow imports by one row for each.
    const imports = async () =>
      (await started.get('/v1/changes?kind=dataset&limit=200')).body.items.filter(
        ({ id }: { id: string }) => id === 'ged',
      );
    expect(await imports()).toMatchObject([{ action: 'put', dataset: 'ged' }]);

    const later = ucdpFile(
      [
        { best: '4', high: '4' },
        { ...ANGOLA, id: '5' },
      ],
      'later.csv',
    );
    expect(await load([later])).toMatchObject({ loaded: 2, unchanged: 0 });
    expect(await imports()).toHaveLength(2);
    const { figures } = (await started.get('/v1/events/ged-300380')).body;
    expect(figures[0].value).toBe(4);
    expect((await started.get('/v1/events?dataset=ged&count=true')).body.total).toBe(3);
    expect((await started.get('/v1/sources/ged')).body.published.edtf).toBe('2014');
    expect(await state()).not.toBe(hash);
  });

  test('an import that ended in between is completed by another to the same contents', async () => {
    const whole = ucdpFile(rows);
    const half = ucdpFile(rows.slice(0, 2_200), 'half.csv');
    const broken = join(folder.path, 'broken.csv');
    writeFileSync(broken, 'nothing\n');
    const published = '2014';
    await expect(load([half, broken], { published })).rejects.toThrow(ImportError);
    // Transactions are of two thousand rows; what was read after the last one is not there.
    expect((await started.get('/v1/events?dataset=ged&count=true')).body.total).toBe(2_000);
    expect(await load([whole], { published })).toMatchObject({ loaded: 1_500, unchanged: 2_000 });

    const fresh = await startApp('bundled');
    await load([whole], { published }, fresh);
    expect(await state()).toBe(await state(fresh));
    await fresh.close();
  });

  test('a dry run counts and writes nothing', async () => {
    const before = await text('/v1/changes?limit=200');
    expect(await load([ucdpFile(rows)], { dryRun: true })).toMatchObject({ loaded: 3_500, rejected: 0 });
    expect(await text('/v1/changes?limit=200')).toBe(before);
    expect((await started.get('/v1/datasets/ged')).status).toBe(404);
  });

  test('the bundled dataset answers byte for byte as before, and is none to import into', async () => {
    const paths = ['events', 'statements', 'claims', 'sources'].flatMap((name) => [
      `/v1/${name}?dataset=cambodia-us&format=ndjson`,
      `/v1/${name}?dataset=cambodia-us&format=csv`,
    ]);
    const answers = async () => Promise.all(paths.map(text));
    const before = await answers();
    await load([ucdpFile([SYRIA, ANGOLA])]);
    expect(await answers()).toEqual(before);
    await expect(load([ucdpFile([SYRIA])], { dataset: 'cambodia-us' })).rejects.toThrow(/choose another id/);
  });

  test('imported records are in every format and on every page', async () => {
    await load([ucdpFile([SYRIA])]);
    for (const path of [
      '/v1/events?dataset=ged&format=csv',
      '/v1/events?dataset=ged&format=ndjson',
      '/v1/events?dataset=ged&format=geojson',
      '/v1/events/ged-300380?format=jsonld',
      '/v1/figures?source=ged&format=csv',
      '/v1/sources?dataset=ged&format=csv',
      '/v1/sources/ged?format=jsonld',
      '/events/ged-300380',
      '/sources/ged',
    ]) {
      const { statusCode, body } = await started.app.inject({
        method: 'GET',
        url: path,
        headers: { accept: path.startsWith('/v1') ? '*/*' : 'text/html' },
      });
      expect(statusCode, `${path}: ${body}`).toBe(200);
    }
    expect(await text('/v1/figures?source=ged&format=csv')).toContain('ged:300380');
    expect(
      (await started.app.inject({ url: '/events/ged-300380', headers: { accept: 'text/html' } })).body,
    ).toContain('record 300380');
    expect((await started.get('/v1/sources/ged')).body).toMatchObject({ kind: 'dataset', text: null });
  });
});

test('states have the ids that the bundled dataset gives them', async () => {
  const { body } = await started.get('/v1/actors?kind=state&limit=200');
  for (const { id, name } of body.items as { id: string; name: string }[]) {
    expect(stateActor(countryOf(name) ?? '').id).toBe(id);
  }
  expect(
    ['Russia (Soviet Union)', 'DR Congo (Zaire)', 'Bosnia-Herzegovina', 'Macedonia, FYR'].map(countryOf),
  ).toEqual(['RU', 'CD', 'BA', 'MK']);
});

describe('the command', () => {
  test('imports compressed files, and lists what it rejects', async () => {
    const file = ucdpFile([SYRIA, { id: '2', low: '9' }]);
    const packed = `${file}.gz`;
    writeFileSync(packed, gzipSync(readFileSync(file)));
    const url = `file:${folder.path}/attest.db`;
    const rejects = join(folder.path, 'rejects.csv');
    const args = ['--format', 'ucdp', '--dataset', 'ged', '--rejects', rejects, packed];
    const { exited, output } = run('src/cli/import.ts', args, { DATABASE_URL: url });
    expect([await exited, output()]).toEqual([
      0,
      `ged\n  2 rows read: 1 loaded, 0 unchanged, 1 rejected\n  the rejected rows are listed in ${rejects}\n`,
    ]);
    expect(readFileSync(rejects, 'utf8')).toBe(
      `file,line,reason\n${packed},3,low 9 is greater than high 2\n`,
    );
    const store = await openStore(url);
    expect(
      (await store.db.select({ id: tables.datasets.id }).from(tables.datasets)).map(({ id }) => id).sort(),
    ).toEqual(['cambodia-us', 'ged']);
    await store.close();
  });

  test.each([
    [['--dataset', 'ged', 'x.csv'], '--format "" is not one of'],
    [['--format', 'ucdp', '--dataset', 'G E', 'x.csv'], '--dataset "G E" is not an id'],
    [['--format', 'ucdp', '--dataset', 'ged'], 'name the FILE to import'],
    [['--format', 'ucdp', '--dataset', 'ged', '--published', 'now', 'x.csv'], '"now"'],
    [['--format', 'ucdp', '--dataset', 'ged', '--version', '1', 'x.csv'], '--version "1" is not a version'],
  ])('%j is refused', async (args, message) => {
    const { exited, output } = run('src/cli/import.ts', args, {
      DATABASE_URL: `file:${folder.path}/none.db`,
    });
    expect(await exited).toBe(1);
    expect(output()).toContain(message);
    expect(output()).toContain('Usage: npm run import');
  });
});
