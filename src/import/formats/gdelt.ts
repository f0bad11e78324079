import type { Event } from '../../seed/files/dataset.ts';
import {
  compactDay,
  coordinates,
  given,
  type ImportedEvent,
  type ImportFormat,
  type Row,
  RowError,
  wholeNumber,
} from '../format.ts';
import { cameoCode, cameoTopics } from './cameo.ts';
import { countryOfFips, gdeltActor } from './gdeltActors.ts';

const ACTOR = [
  'Code',
  'Name',
  'CountryCode',
  'KnownGroupCode',
  'EthnicCode',
  'Religion1Code',
  'Religion2Code',
  'Type1Code',
  'Type2Code',
  'Type3Code',
];
const GEO = ['Type', 'FullName', 'CountryCode', 'ADM1Code', 'ADM2Code', 'Lat', 'Long', 'FeatureID'];

/** The 61 columns of the event export of GDELT 2.0, whose files have no header. */
const COLUMNS = [
  'GLOBALEVENTID',
  'SQLDATE',
  'MonthYear',
  'Year',
  'FractionDate',
  ...ACTOR.map((column) => `Actor1${column}`),
  ...ACTOR.map((column) => `Actor2${column}`),
  'IsRootEvent',
  'EventCode',
  'EventBaseCode',
  'EventRootCode',
  'QuadClass',
  'GoldsteinScale',
  'NumMentions',
  'NumSources',
  'NumArticles',
  'AvgTone',
  ...GEO.map((column) => `Actor1Geo_${column}`),
  ...GEO.map((column) => `Actor2Geo_${column}`),
  ...GEO.map((column) => `ActionGeo_${column}`),
  'DATEADDED',
  'SOURCEURL',
];

/** The events of the GDELT Project: its export of events, version 2.0. */
export const gdelt: ImportFormat = {
  describes: {
    title: 'GDELT 2.0 Event Database',
    description: 'Events between actors, coded by machine from news in many languages by the GDELT Project.',
    licence: 'LicenseRef-GDELT',
    citation:
      'Leetaru, Kalev, and Philip A. Schrodt. 2013. GDELT: Global Data on Events, Location and Tone, 1979–2012. ISA Annual Convention. https://www.gdeltproject.org',
  },
  forms: [{ delimiter: '\t', quotes: false, header: false, columns: COLUMNS }],
  read,
};

/** How exactly the place of an event is known, by `ActionGeo_Type`. */
const PRECISIONS: Readonly<Record<string, string>> = {
  1: 'country',
  2: 'US state',
  3: 'US city',
  4: 'city',
  5: 'state',
};

function read(row: Row, dataset: string): ImportedEvent {
  const number = given(row, 'GLOBALEVENTID');
  if (!/^\d+$/.test(number)) throw new RowError(`GLOBALEVENTID "${number}" is not a number`);
  const code = given(row, 'EventCode');
  const cameo = cameoCode(code);
  if (!cameo) throw new RowError(`EventCode "${code}" is not a code of CAMEO`);
  const [first, second] = [gdeltActor(row, 'Actor1'), gdeltActor(row, 'Actor2')];
  if (!first && !second) throw new RowError('Actor1Code and Actor2Code are both missing');
  const { place, precision, unmapped } = placeOf(row);
  const event: Event = {
    id: `${dataset}-${number}`,
    title: `${first?.name ?? 'unnamed'}: ${cameo.name} – ${second?.name ?? 'unnamed'}`,
    summary: summaryOf(row, `CAMEO ${code} (${cameo.name})`, precision),
    ...(cameo.type && { type: cameo.type }),
    ...(cameo.mode && { mode: cameo.mode }),
    status: 'occurred',
    date: compactDay(row, 'SQLDATE'),
    ...(place && { place }),
    participants: [
      ...(first ? [{ actor: first.id, role: 'initiator' as const }] : []),
      ...(second ? [{ actor: second.id, role: 'recipient' as const }] : []),
    ],
    topics: [`cameo-${code}`],
    links: [],
    figures: [],
    citations: [
      {
        source: dataset,
        document: { id: number, url: row.SOURCEURL?.trim() || null, reportedBy: null },
      },
    ],
  };
  return {
    event,
    actors: [...(first?.actors ?? []), ...(second?.actors ?? [])],
    topics: cameoTopics(cameo),
    unmapped: [
      ...(first?.unmapped ?? []),
      ...(second?.unmapped ?? []),
      ...unmapped,
      ...(cameo.type === undefined ? [`CAMEO ${code} (${cameo.name}) in PLOVER`] : []),
    ],
  };
}

function placeOf(row: Row): {
  place: Event['place'];
  precision: string | undefined;
  unmapped: string[];
} {
  const type = given(row, 'ActionGeo_Type');
  const precision = PRECISIONS[type];
  if (precision === undefined && type !== '0')
    throw new RowError(`ActionGeo_Type "${type}" is not a number from 0 to 5`);
  const name = row.ActionGeo_FullName?.trim() ?? '';
  const at = coordinates(row, 'ActionGeo_Lat', 'ActionGeo_Long');
  if (name === '') {
    if (at) throw new RowError('ActionGeo_Lat and ActionGeo_Long are of no ActionGeo_FullName');
    return { place: undefined, precision: undefined, unmapped: [] };
  }
  const fips = row.ActionGeo_CountryCode?.trim() ?? '';
  const country = countryOfFips(fips);
  return {
    place: { name, ...(country !== undefined && { country }), ...at },
    precision,
    unmapped: country === undefined && fips !== '' ? [`FIPS country ${fips}`] : [],
  };
}

/** What GDELT counts of an event when it first sees it, and how exact its place is. */
function summaryOf(row: Row, code: string, precision: string | undefined): string {
  const counted = (column: string, one: string): string => {
    const number = wholeNumber(row, column);
    return `${number} ${one}${number === 1 ? '' : 's'}`;
  };
  const added = given(row, 'DATEADDED');
  const moment = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)\d\d$/.exec(added);
  if (!moment) throw new RowError(`DATEADDED "${added}" is not a moment such as 20191024143000`);
  const [, year, month, day, hour, minute] = moment;
  return [
    `${code}, Goldstein score ${decimal(row, 'GoldsteinScale')}`,
    `${counted('NumMentions', 'mention')} by ${counted('NumSources', 'source')} in ${counted('NumArticles', 'article')} when first seen, ${year}-${month}-${day} ${hour}:${minute} UTC`,
    `average tone ${decimal(row, 'AvgTone')}`,
    ...(precision === undefined ? [] : [`place known by its ${precision}`]),
  ].join('; ');
}

/** A column as a number with at most two decimals. Throws a RowError when it is none. */
function decimal(row: Row, column: string): number {
  const value = given(row, column);
  if (!/^[+-]?\d+(\.\d+)?(E-?\d+)?$/i.test(value)) throw new RowError(`${column} "${value}" is not a number`);
  const rounded = Math.round(Number(value) * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}
