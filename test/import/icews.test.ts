import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { modesOf } from '../../src/domain/vocabularies.ts';
import { cameoCodes } from '../../src/import/formats/cameo.ts';
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

/** Imports rows under a header into the dataset `icews`, and returns the summary with what was rejected. */
async function load(header: string[], rows: string[][]) {
  const file = join(folder.path, 'icews.tsv');
  writeFileSync(file, `${[header, ...rows].map((row) => row.join('\t')).join('\n')}\n`);
  const rejects: Reject[] = [];
  const summary = await importFiles(started.store, [file], {
    format: formats.icews,
    dataset: 'icews',
    onReject: (reject) => rejects.push(reject),
  });
  return { ...summary, rejects: rejects.map(({ line, reason }) => `${line}: ${reason}`) };
}

interface Listed {
  id: string;
  title: string;
  type: string | null;
  mode: string | null;
  date: { edtf: string };
  place: unknown;
  participants: { actor: { id: string; name: string }; role: string }[];
  topics: { id: string }[];
  citations: { document: unknown }[];
}
const listed = async (query = ''): Promise<Listed[]> =>
  (await started.get(`/v1/events?dataset=icews&sort=id&limit=200${query}`)).body.items;

const RESEARCH = ['date', 'source', 'event', 'target'];
// As published, in its documented columns; the rows are made up.
const PUBLISHED = [
  'Event ID',
  'Event Date',
  'Source Name',
  'Source Sectors',
  'Source Country',
  'Event Text',
  'CAMEO Code',
  'Intensity',
  'Target Name',
  'Target Sectors',
  'Target Country',
  'Story ID',
  'Sentence Number',
  'Publisher',
  'City',
  'District',
  'Province',
  'Country',
  'Latitude',
  'Longitude',
];
const ROW = {
  'Event ID': '20718170',
  'Event Date': '2014-01-01',
  'Source Name': 'Police (Thailand)',
  'Event Text': 'Arrest, detain, or charge with legal action',
  'CAMEO Code': '173',
  Intensity: '-5.0',
  'Target Name': 'Protester (Thailand)',
  'Story ID': '31234567',
  'Sentence Number': '4',
  Publisher: 'The "Daily',
  City: 'Bangkok',
  Country: 'Thailand',
  Latitude: '13.75',
  Longitude: '100.52',
};
const published = (row: Record<string, string> = {}): string[] => {
  const values: Record<string, string> = { ...ROW, ...row };
  return PUBLISHED.map((column) => values[column] ?? '');
};

describe('the research form', () => {
  const rows = [
    ['2014-05-13', 'South Korea', 'Criticize or denounce', 'North Korea'],
    ['2014-02-02', 'Iran', 'Express intent to meet or negotiate', 'China'],
    ['2014-05-13', 'Civic Group (Kenya)', 'Make an appeal or request', 'François Hollande'],
    ['2014-08-28', 'Xi Jinping', 'Make statement', 'Xi Jinping'],
  ];

  test('a row becomes an event of the PLOVER type of its CAMEO code', async () => {
    const { loaded, unmapped } = await load(RESEARCH, rows);
    expect(loaded).toBe(4);
    expect([...unmapped]).toEqual([['CAMEO 010 (Make statement) in PLOVER', 1]]);
    const events = await listed();
    const of = (title: string) => events.find((event) => event.title === title);
    expect(of('South Korea: Criticize or denounce – North Korea')).toMatchObject({
      type: 'ACCUSE',
      mode: 'disapprove',
      date: { edtf: '2014-05-13' },
      place: null,
      participants: [
        { actor: { id: 'south-korea', name: 'South Korea' }, role: 'initiator' },
        { actor: { id: 'north-korea', name: 'North Korea' }, role: 'recipient' },
      ],
      topics: [{ id: 'cameo-111' }],
    });
    expect(of('Xi Jinping: Make statement – Xi Jinping')).toMatchObject({ type: null, mode: null });
    expect((await started.get('/v1/topics/cameo-111')).body).toMatchObject({
      label: 'Criticize or denounce',
      description: 'CAMEO code 111, with the Goldstein score -2.',
      broader: { id: 'cameo-11' },
    });
  });

  test('sectors are beneath their states; a topic has the codes beneath it', async () => {
    await load(RESEARCH, rows);
    const titles = async (query: string) => (await listed(query)).map(({ title }) => title);
    const appeal = 'Civic Group (Kenya): Make an appeal or request – François Hollande';
    expect(await titles('&actor=kenya')).toEqual([appeal]);
    expect(await titles('&actor=icews-sector-civic-group-kenya')).toEqual([appeal]);
    expect(await titles('&topic=cameo-02')).toEqual([appeal]);
    expect((await started.get('/v1/actors/icews-xi-jinping')).body).toMatchObject({ kind: 'unspecified' });
    expect((await started.get('/v1/actors/icews-xi-jinping?format=jsonld')).body['@type']).toBe('Thing');
  });

  test('names that differ only in accents and punctuation stay two actors', async () => {
    const names = [
      'Transport Canada',
      'Transport (Canada)',
      'Francois Hollande',
      'François Hollande',
      "O'Neill",
      'ONeill',
    ];
    await load(
      RESEARCH,
      names.map((name) => ['2014-01-01', name, 'Consult', 'Iran']),
    );
    const actors = (await listed()).map(({ participants }) => participants[0]?.actor);
    expect(new Set(actors.map((actor) => actor?.id)).size).toBe(names.length);
    expect(new Set(actors.map((actor) => actor?.name))).toEqual(new Set(names));
  });

  test('rows that cannot be loaded are rejected with the reason, also when they are repeated', async () => {
    const [row = []] = rows;
    const { rejects, loaded } = await load(RESEARCH, [
      row,
      row,
      ['0025-01-01', 'Iran', 'Consult', 'China'],
      ['2014-01-01', '', 'Consult', 'China'],
      ['2014-01-01', 'Iran', 'Chat', 'China'],
      ['2014-01-01', 'Iran', 'Consult'],
    ]);
    expect(loaded).toBe(1);
    expect(rejects).toEqual([
      expect.stringMatching(/^3: repeats the id [0-9a-f]{16} of an earlier row$/),
      '4: date "0025-01-01" lies before 1900: the year is probably wrong',
      '5: source is missing',
      '6: event "Chat" is not the name of a CAMEO code',
      '7: has another number of values than the first line has columns',
    ]);
  });
});

describe('the published form', () => {
  test('a row has its id, place and publisher; quotation marks are part of values', async () => {
    expect(await load(PUBLISHED, [published()])).toMatchObject({ loaded: 1, rejects: [] });
    expect(await listed('&actor=thailand')).toMatchObject([
      {
        id: 'icews-20718170',
        title: 'Police (Thailand): Arrest, detain, or charge with legal action – Protester (Thailand)',
        type: 'COERCE',
        mode: 'arrest',
        place: { name: 'Bangkok', country: 'TH', latitude: 13.75, longitude: 100.52 },
        citations: [{ document: { id: '20718170', url: null, reportedBy: 'The "Daily' } }],
      },
    ]);
  });

  test.each([
    [{ 'Event ID': '' }, 'Event ID is missing'],
    [{ 'CAMEO Code': '999' }, 'CAMEO Code "999" is not a code of CAMEO'],
    [{ 'Event Date': '01/02/2014' }, 'Event Date "01/02/2014" is not a day such as 2014-05-13'],
    [{ Latitude: '0', Longitude: '-0.0' }, 'Latitude and Longitude are both 0, which is no place on land'],
    [{ City: '', Country: '' }, 'Latitude and Longitude are of no City, Province or Country'],
  ])('%j is rejected', async (row, reason) => {
    expect((await load(PUBLISHED, [published(row)])).rejects).toEqual([`2: ${reason}`]);
  });

  test('an event without a place has none', async () => {
    await load(PUBLISHED, [published({ City: '', Country: '', Latitude: '', Longitude: '' })]);
    expect((await listed())[0]?.place).toBeNull();
  });
});

test('the table of CAMEO codes has a parent for each code, and modes that their types have', () => {
  const codes = new Set(cameoCodes.map(({ code }) => code));
  expect(codes.size).toBe(readFileSync('src/import/formats/cameo.csv', 'utf8').trim().split('\n').length - 1);
  for (const { code, type, mode } of cameoCodes) {
    if (code.length > 2) expect(codes).toContain(code.slice(0, -1));
    if (mode !== undefined) expect(type && modesOf(type)).toContain(mode);
  }
});
