import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
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

// In ACLED's documented columns; its terms do not allow its data to be passed on, so the rows are made up.
const ROW = {
  event_id_cnty: 'KEN1001',
  event_date: '05 January 2024',
  year: '2024',
  time_precision: '1',
  disorder_type: 'Political violence',
  event_type: 'Violence against civilians',
  sub_event_type: 'Abduction/forced disappearance',
  actor1: 'Police Forces of Kenya (2022-)',
  assoc_actor_1: '',
  actor2: 'Civilians (Kenya)',
  assoc_actor_2: 'Farmers (Kenya); Labor Group (Kenya)',
  iso: '404',
  country: 'Kenya',
  admin1: 'Nakuru',
  location: 'Naivasha',
  latitude: '-0.7167',
  longitude: '36.4359',
  geo_precision: '1',
  source: 'Example Daily; Example Weekly',
  notes: 'Made up for a test,\nin two lines.',
  fatalities: '0',
};

async function load(rows: Partial<typeof ROW>[]) {
  const file = join(folder.path, 'acled.csv');
  writeFileSync(file, stringify([Object.keys(ROW), ...rows.map((row) => Object.values({ ...ROW, ...row }))]));
  const rejects: Reject[] = [];
  const summary = await importFiles(started.store, [file], {
    format: formats.acled,
    dataset: 'acled',
    onReject: (reject) => rejects.push(reject),
  });
  return { ...summary, rejects: rejects.map(({ reason }) => reason) };
}
const event = async (id = 'acled-ken1001') => (await started.get(`/v1/events/${id}`)).body;

test('a row becomes an event with its type, actors, place and deaths', async () => {
  expect(await load([ROW])).toMatchObject({ loaded: 1, rejects: [] });
  const body = await event();
  expect(body).toMatchObject({
    title: 'Abduction/forced disappearance: Naivasha, Kenya',
    summary: 'Made up for a test,\nin two lines.',
    type: 'ASSAULT',
    mode: 'abduct',
    date: { edtf: '2024-01-05' },
    place: { name: 'Naivasha', country: 'KE', latitude: -0.7167, longitude: 36.4359 },
    topics: [{ label: 'Abduction/forced disappearance' }],
    figures: [{ measure: 'killed', value: 0 }],
    citations: [{ document: { id: 'KEN1001', url: null, reportedBy: 'Example Daily; Example Weekly' } }],
  });
  expect(
    body.participants.map(({ actor, role }: { actor: { name: string }; role: string }) => [actor.name, role]),
  ).toEqual([
    ['Police Forces of Kenya (2022-)', 'initiator'],
    ['Civilians (Kenya)', 'recipient'],
    ['Farmers (Kenya)', 'recipient'],
    ['Labor Group (Kenya)', 'recipient'],
  ]);
  const beneath = await started.get(
    '/v1/events?dataset=acled&actor=kenya&topic=acled-violence-against-civilians&role=initiator',
  );
  expect(beneath.body.items).toHaveLength(1);
});

test('precision of time, sides without a second actor, types that PLOVER lacks', async () => {
  const { unmapped } = await load([
    { event_id_cnty: 'KEN1', time_precision: '2', event_date: '2024-01-05' },
    { event_id_cnty: 'KEN2', time_precision: '3' },
    {
      event_id_cnty: 'KEN3',
      event_type: 'Protests',
      sub_event_type: 'Peaceful protest',
      actor2: '',
      assoc_actor_2: '',
    },
    { event_id_cnty: 'KEN4', event_type: 'Strategic developments', sub_event_type: 'Other' },
  ]);
  expect((await event('acled-ken1')).date.edtf).toBe('2024-01-05~');
  expect((await event('acled-ken2')).date.edtf).toBe('2024-01');
  expect(await event('acled-ken3')).toMatchObject({
    type: 'PROTEST',
    mode: 'demo',
    participants: [{ role: 'participant' }],
  });
  expect((await event('acled-ken4')).type).toBeNull();
  expect([...unmapped]).toEqual([['sub-event type "Other" in PLOVER', 1]]);
});

test.each([
  [{ event_id_cnty: '12' }, 'event_id_cnty "12" is not three letters and a number'],
  [
    { event_date: '31 February 2024' },
    'event_date "31 February 2024" is not a day such as 2024-01-05 or 05 January 2024',
  ],
  [
    { event_date: '05 Januar 2024' },
    'event_date "05 Januar 2024" is not a day such as 2024-01-05 or 05 January 2024',
  ],
  [{ event_date: '0025-01-05' }, 'event_date "0025-01-05" lies before 1990: the year is probably wrong'],
  [{ time_precision: '' }, 'time_precision is missing'],
  [
    { sub_event_type: 'Attack!' },
    'event_type "Violence against civilians" with sub_event_type "Attack!" is not one of ACLED\'s',
  ],
  [{ actor1: '' }, 'actor1 is missing'],
  [{ fatalities: 'many' }, 'fatalities "many" is not a whole number'],
  [{ latitude: '0', longitude: '0' }, 'latitude and longitude are both 0, which is no place on land'],
])('%j is rejected', async (row, reason) => {
  expect(await load([row])).toMatchObject({ loaded: 0, rejects: [reason] });
});
