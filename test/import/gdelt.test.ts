import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ImportError } from '../../src/import/format.ts';
import { formats } from '../../src/import/formats.ts';
import { importFiles, type Reject } from '../../src/import/run.ts';
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

const { columns } = formats.gdelt.forms[0] ?? { columns: [] };

/** What the tests need of a row; the other columns are empty. */
const ROW: Record<string, string> = {
  GLOBALEVENTID: '881990861',
  SQLDATE: '20191024',
  Actor1Code: 'USAGOV',
  Actor1Name: 'PRESIDENT',
  Actor1CountryCode: 'USA',
  Actor1Type1Code: 'GOV',
  Actor2Code: 'GBR',
  Actor2Name: 'LONDON',
  Actor2CountryCode: 'GBR',
  EventCode: '043',
  GoldsteinScale: '2.8',
  NumMentions: '8',
  NumSources: '1',
  NumArticles: '8',
  AvgTone: '4.16666666666666',
  ActionGeo_Type: '4',
  ActionGeo_FullName: 'Berlin, Berlin, Germany',
  ActionGeo_CountryCode: 'GM',
  ActionGeo_Lat: '52.5167',
  ActionGeo_Long: '13.4',
  DATEADDED: '20191024143000',
  SOURCEURL: 'https://news.example/visit',
};
const lineOf = (row: Record<string, string>): string => {
  const whole = { ...ROW, ...row };
  return columns.map((column) => whole[column] ?? '').join('\t');
};

async function load(rows: Record<string, string>[], name = '20191024143000.export.CSV') {
  const path = join(folder.path, name);
  writeFileSync(path, `${rows.map(lineOf).join('\n')}\n`);
  return loadFile(path);
}

/** A row of a file of mentions. */
const mention = (event: string, source: string, url: string, offset: string, type = '1'): string =>
  [
    event,
    '20191024140000',
    '20191024143000',
    type,
    source,
    url,
    '4',
    '-1',
    '850',
    offset,
    '1',
    '100',
    '2579',
    '0.8',
    '',
    '',
  ].join('\t');

async function loadMentions(rows: string[]) {
  const path = join(folder.path, '20191024143000.mentions.CSV');
  writeFileSync(path, `${rows.join('\n')}\n`);
  return loadFile(path, 'gdelt-mentions');
}

async function loadFile(path: string, format: 'gdelt' | 'gdelt-mentions' = 'gdelt') {
  const rejects: string[] = [];
  const onReject = ({ line, reason }: Reject) => rejects.push(`${line}: ${reason}`);
  const summary = await importFiles(started.store, [path], {
    format: formats[format],
    dataset: 'gdelt',
    onReject,
  });
  return { ...summary, rejects };
}

const events = async (query: string): Promise<string[]> =>
  (await started.get(`/v1/events?dataset=gdelt&${query}`)).body.items.map(({ id }: { id: string }) => id);

test('a row becomes an event with its actors, place, scores and the report that it cites', async () => {
  expect(await load([{}])).toMatchObject({ read: 1, loaded: 1, rejects: [] });
  expect((await started.get('/v1/events/gdelt-881990861')).body).toMatchObject({
    title: 'PRESIDENT: Host a visit – LONDON',
    summary:
      'CAMEO 043 (Host a visit), Goldstein score 2.8; 8 mentions by 1 source in 8 articles when first seen, 2019-10-24 14:30 UTC; average tone 4.17; place known by its city',
    type: 'CONSULT',
    date: { edtf: '2019-10-24' },
    place: { name: 'Berlin, Berlin, Germany', country: 'DE', latitude: 52.5167, longitude: 13.4 },
    participants: [
      { actor: { id: 'gdelt-usagov-president', name: 'PRESIDENT' }, role: 'initiator' },
      { actor: { id: 'united-kingdom' }, role: 'recipient' },
    ],
    topics: [{ id: 'cameo-043' }],
    citations: [{ document: { id: '881990861', url: 'https://news.example/visit', reportedBy: null } }],
  });
  expect((await started.get('/v1/actors/cameo-actor-usagov')).body).toMatchObject({
    name: 'Government (United States)',
    parent: { id: 'united-states' },
  });
  expect(await events('actor=united-states')).toEqual(['gdelt-881990861']);
  expect(await events('actor=cameo-actor-usagov&actor=united-kingdom')).toEqual(['gdelt-881990861']);
  expect(await load([{}])).toMatchObject({ loaded: 0, unchanged: 1 });
});

test('one side is enough; regions, groups and unknown codes are actors of their code', async () => {
  const nobody = { Actor2Code: '', Actor2Name: '', Actor2CountryCode: '' };
  const side = (code: string, name: string, rest: Record<string, string> = {}) => ({
    ...nobody,
    Actor1CountryCode: '',
    Actor1Type1Code: '',
    Actor1Code: code,
    Actor1Name: name,
    ...rest,
  });
  const { rejects, unmapped } = await load([
    { ...side('AFR', 'AFRICA', { Actor1CountryCode: 'AFR' }), GLOBALEVENTID: '1' },
    {
      ...side('IGOUNODEVWBK', 'WORLD BANK', {
        Actor1KnownGroupCode: 'UNO',
        Actor1Type1Code: 'IGO',
        Actor1Type2Code: 'DEV',
      }),
      GLOBALEVENTID: '2',
    },
    {
      ...side('ROMCOP', 'ROMANIA', { Actor1CountryCode: 'ROM', Actor1Type1Code: 'COP' }),
      GLOBALEVENTID: '3',
    },
    {
      ...side('XYZQQQ', 'SOMEBODY', { Actor1CountryCode: 'XYZ', Actor1Type1Code: 'QQQ' }),
      GLOBALEVENTID: '4',
    },
  ]);
  expect(rejects).toEqual([]);
  expect([...unmapped]).toEqual([
    ['country code XYZ', 1],
    ['actor type QQQ', 1],
  ]);
  const actor = async (id: string) => (await started.get(`/v1/actors/${id}`)).body;
  expect(await actor('cameo-actor-afr')).toMatchObject({ name: 'Africa', parent: null });
  expect(await actor('cameo-actor-igounodevwbk')).toMatchObject({
    name: 'Intergovernmental organization, Development, UNO',
  });
  expect(await actor('gdelt-igounodevwbk-world-bank')).toMatchObject({
    parent: { id: 'cameo-actor-igounodevwbk' },
  });
  expect(await actor('cameo-actor-romcop')).toMatchObject({ parent: { id: 'romania' } });
  expect((await started.get('/v1/events/gdelt-3')).body.participants).toMatchObject([
    { actor: { id: 'cameo-actor-romcop' }, role: 'initiator' },
  ]);
});

test('a place without a country of ISO 3166-1 is counted, an unknown place is none', async () => {
  const { unmapped, loaded } = await load([
    { ActionGeo_FullName: 'Oceans', ActionGeo_CountryCode: 'OS' },
    {
      GLOBALEVENTID: '2',
      ActionGeo_Type: '0',
      ActionGeo_FullName: '',
      ActionGeo_CountryCode: '',
      ActionGeo_Lat: '',
      ActionGeo_Long: '',
    },
  ]);
  expect([loaded, [...unmapped]]).toEqual([2, [['FIPS country OS', 1]]]);
  expect((await started.get('/v1/events/gdelt-881990861')).body.place.country).toBeNull();
  expect((await started.get('/v1/events/gdelt-2')).body.place).toBeNull();
});

describe('rows that cannot be loaded', () => {
  test.each<[Record<string, string>, string]>([
    [{ GLOBALEVENTID: 'x' }, 'GLOBALEVENTID "x" is not a number'],
    [{ SQLDATE: '00251024' }, 'SQLDATE "00251024" lies before 1900: the year is probably wrong'],
    [{ SQLDATE: '20190230' }, 'SQLDATE "20190230" is not a day such as 20140513'],
    [{ EventCode: '---' }, 'EventCode "---" is not a code of CAMEO'],
    [{ Actor1Code: '', Actor2Code: '' }, 'Actor1Code and Actor2Code are both missing'],
    [
      { ActionGeo_Lat: '-0', ActionGeo_Long: '0' },
      'ActionGeo_Lat and ActionGeo_Long are both 0, which is no place on land',
    ],
    [{ ActionGeo_FullName: '' }, 'ActionGeo_Lat and ActionGeo_Long are of no ActionGeo_FullName'],
    [{ ActionGeo_Type: '7' }, 'ActionGeo_Type "7" is not a number from 0 to 5'],
    [{ GoldsteinScale: '' }, 'GoldsteinScale is missing'],
    [{ AvgTone: 'NaN' }, 'AvgTone "NaN" is not a number'],
    [{ DATEADDED: '20191024' }, 'DATEADDED "20191024" is not a moment such as 20191024143000'],
    [{ SQLDATE: '20191024\tmore' }, 'has another number of values than 61'],
  ])('%j', async (row, reason) => {
    expect(await load([{ GLOBALEVENTID: '1' }, row])).toMatchObject({ loaded: 1, rejects: [`2: ${reason}`] });
  });

  test('a file of GDELT 1.0, which has fewer columns, or of something else, loads nothing', async () => {
    const path = join(folder.path, 'other.csv');
    writeFileSync(path, `${lineOf({}).split('\t').slice(0, 58).join('\t')}\n`);
    await expect(loadFile(path)).rejects.toThrow(ImportError);
    await expect(loadFile(path)).rejects.toThrow('its first line has not 61 values separated by tabs');
  });
});

describe('mentions', () => {
  const cited = async (id: string) =>
    (await started.get(`/v1/events/gdelt-${id}`)).body.citations.map(
      ({ document }: { document: object }) => document,
    );
  const own = { id: '881990861', url: 'https://news.example/visit', reportedBy: null };

  test('reports are cited by the events that they mention, with where they tell of them', async () => {
    await load([{}, { GLOBALEVENTID: '2' }]);
    const rows = [
      mention('881990861', 'b.example', 'https://b.example/1', '988'),
      mention('881990861', 'a.example', 'https://a.example/1', '-1'),
      mention('881990861', 'JSTOR', '10.2307/1', '12', '5'),
      mention('7', 'a.example', 'https://a.example/1', '12'),
      mention('881990861', 'a.example', 'https://a.example/1', '-1'),
      mention('881990861', 'a.example', 'https://a.example/1', '1.5'),
    ];
    expect(await loadMentions(rows)).toMatchObject({
      loaded: 3,
      rejects: [
        '5: repeats a mention that an earlier row has',
        '6: actioncharoffset "1.5" is not a whole number or -1',
        '4: the dataset gdelt has no event gdelt-7 that it could mention',
      ],
    });
    const all = [
      own,
      { id: '881990861', url: null, reportedBy: 'JSTOR: 10.2307/1', offset: 12 },
      { id: '881990861', url: 'https://a.example/1', reportedBy: 'a.example', offset: null },
      { id: '881990861', url: 'https://b.example/1', reportedBy: 'b.example', offset: 988 },
    ];
    expect(await cited('881990861')).toEqual(all);
    expect(await cited('2')).toHaveLength(1);
    // Neither the same file nor the events again change anything; a later file adds.
    expect(await loadMentions(rows)).toMatchObject({ loaded: 0, unchanged: 3 });
    expect(await load([{}])).toMatchObject({ loaded: 0, unchanged: 1 });
    await loadMentions([mention('881990861', 'c.example', 'https://c.example/1', '5')]);
    await load([{ NumMentions: '9' }]);
    expect(await cited('881990861')).toEqual([
      ...all,
      { id: '881990861', url: 'https://c.example/1', reportedBy: 'c.example', offset: 5 },
    ]);
    expect((await started.get('/v1/events/gdelt-881990861')).body.summary).toContain('; 9 mentions by');
  });

  test('a table of the database has a header and commas', async () => {
    await load([{}]);
    const path = join(folder.path, 'mentions.csv');
    const { columns: header = [] } = formats['gdelt-mentions'].forms[1] ?? {};
    writeFileSync(
      path,
      `${header.join(',')}\n${mention('881990861', 'a.example', 'https://a.example/1', '9').replaceAll('\t', ',')}\n`,
    );
    expect(await loadFile(path, 'gdelt-mentions')).toMatchObject({ loaded: 1, rejects: [] });
    expect(await cited('881990861')).toHaveLength(2);
  });
});
