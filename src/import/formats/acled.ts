import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { remembered } from '../../domain/remembered.ts';
import { eventTypes, modes, words } from '../../domain/vocabularies.ts';
import type { Actor, Event, Topic } from '../../seed/files/dataset.ts';
import { countryOf, slugOf, stateActor } from '../countries.ts';
import {
  coordinates,
  given,
  type ImportedEvent,
  type ImportFormat,
  isDay,
  type Row,
  RowError,
  wholeNumber,
} from '../format.ts';
import { idOfName } from '../names.ts';
import { acledNumber } from './acledNumber.ts';

/** The Armed Conflict Location & Event Data, as its codebook describes the columns. */
export const acled: ImportFormat = {
  describes: {
    title: 'Armed Conflict Location & Event Data (ACLED)',
    description:
      'Political violence, demonstrations and strategic developments, coded by the Armed Conflict Location & Event Data project.',
    licence: 'LicenseRef-ACLED',
    citation:
      'Raleigh, Clionadh, Roudabeh Kishi, and Andrew Linke. 2023. Political instability patterns are obscured by conflict dataset scope conditions, sources, and coding choices. Humanities and Social Sciences Communications 10: 74.',
  },
  forms: [
    {
      delimiter: ',',
      quotes: true,
      header: true,
      columns: [
        'event_id_cnty',
        'event_date',
        'time_precision',
        'event_type',
        'sub_event_type',
        'actor1',
        'assoc_actor_1',
        'actor2',
        'assoc_actor_2',
        'country',
        'location',
        'latitude',
        'longitude',
        'source',
        'notes',
        'fatalities',
      ],
    },
  ],
  read,
};

const omitted = z.literal('').transform(() => undefined);

/** The table `acled.csv`: the PLOVER type and mode that each sub-event type of ACLED becomes. */
const TYPES = new Map(
  z
    .array(
      z.strictObject({
        event_type: z.string(),
        sub_event_type: z.string(),
        type: omitted.or(z.enum(words(eventTypes))),
        mode: omitted.or(z.enum(modes)),
      }),
    )
    .parse(parse(readFileSync(new URL('./acled.csv', import.meta.url)), { columns: true }))
    .map((row) => [`${row.event_type}: ${row.sub_event_type}`, row]),
);

function read(row: Row, dataset: string): ImportedEvent {
  const number = acledNumber(row);
  const [kind, sub] = [given(row, 'event_type'), given(row, 'sub_event_type')];
  const mapped = TYPES.get(`${kind}: ${sub}`);
  if (!mapped) throw new RowError(`event_type "${kind}" with sub_event_type "${sub}" is not one of ACLED's`);
  const { type, mode } = mapped;
  const topics = topicsOf(kind, sub);
  const sides = participantsOf(row, kind);
  const country = given(row, 'country');
  const iso = countryOf(country);
  const citation = {
    source: dataset,
    document: { id: number, url: null, reportedBy: row.source?.trim() || null },
  };
  const killed = wholeNumber(row, 'fatalities');
  const event: Event = {
    id: `${dataset}-${number.toLowerCase()}`,
    title: `${sub}: ${given(row, 'location')}, ${country}`,
    summary: row.notes?.trim() || `${kind}: ${sub}`,
    ...(type && { type }),
    ...(mode && { mode }),
    status: 'occurred',
    date: dateOf(row),
    place: {
      name: given(row, 'location'),
      ...(iso !== undefined && { country: iso }),
      ...coordinates(row, 'latitude', 'longitude'),
    },
    participants: sides.participants,
    topics: topics.slice(-1).map(({ id }) => id),
    links: [],
    figures: [
      { measure: 'killed', value: killed, unit: 'people', of: 'Killed, as reported', citations: [citation] },
    ],
    citations: [citation],
  };
  const unmapped = [
    ...(iso === undefined ? [`country "${country}"`] : []),
    ...(type === undefined ? [`sub-event type "${sub}" in PLOVER`] : []),
  ];
  return { event, actors: sides.actors, topics, unmapped };
}

function topicsOf(kind: string, sub: string): Topic[] {
  const above: Topic = {
    id: `acled-${slugOf(kind)}`,
    label: kind,
    description: 'An event type of ACLED.',
  };
  const topic: Topic = {
    id: `${above.id}-${slugOf(sub)}`,
    label: sub,
    description: `A sub-event type of ACLED, of the type ${kind}.`,
    broader: above.id,
  };
  return [above, topic];
}

/** The actors of a row with their roles: who attacks is known where civilians are attacked, in the rest all take part. */
function participantsOf(row: Row, kind: string): { participants: Event['participants']; actors: Actor[] } {
  const named = (column: string): string[] =>
    (row[column] ?? '')
      .split(';')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  given(row, 'actor1');
  const isOneSided = kind === 'Violence against civilians';
  const sides = [
    ...[...named('actor1'), ...named('assoc_actor_1')].map(
      (name) => [name, isOneSided ? 'initiator' : 'participant'] as const,
    ),
    ...[...named('actor2'), ...named('assoc_actor_2')].map(
      (name) => [name, isOneSided ? 'recipient' : 'participant'] as const,
    ),
  ];
  const known = sides.map(([name, role]) => ({ ...actorsOf(name), role }));
  return {
    participants: known.map(({ id, role }) => ({ actor: id, role })),
    actors: known.flatMap(({ actors }) => actors),
  };
}

/** The actor with a name, after the state above it where the name says so: `Police Forces of Kenya (2013-2022)`, `Protesters (Kenya)`. */
const actorsOf = remembered((name): { id: string; actors: Actor[] } => {
  const forces = /^(?:Military Forces|Police Forces|Government) of ([^()]+) \(\d{4}-(?:\d{4})?\)/.exec(
    name,
  )?.[1];
  const sector = /\(([^()]+)\)$/.exec(name)?.[1];
  const code = countryOf(forces ?? sector ?? '');
  const state = code === undefined ? undefined : stateActor(code);
  const actor: Actor = {
    id: idOfName('acled', name, state !== undefined),
    name,
    kind: 'unspecified',
    description: 'An actor of ACLED.',
    ...(state && { parent: state.id }),
    aliases: [],
    affiliations: [],
  };
  return { id: actor.id, actors: state ? [state, actor] : [actor] };
});

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** The day; where ACLED chose one of a week, about then, and where it chose one of a month, that month. */
function dateOf(row: Row): string {
  const value = given(row, 'event_date');
  const written = /^(\d\d?) ([A-Z][a-z]+) (\d{4})$/.exec(value);
  const month = MONTHS.indexOf(written?.[2] ?? '') + 1;
  const day = written
    ? `${written[3]}-${String(month).padStart(2, '0')}-${written[1]?.padStart(2, '0')}`
    : value;
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !isDay(day))
    throw new RowError(`event_date "${value}" is not a day such as 2024-01-05 or 05 January 2024`);
  if (day < '1990') throw new RowError(`event_date "${value}" lies before 1990: the year is probably wrong`);
  const precision = given(row, 'time_precision');
  if (precision === '1') return day;
  if (precision === '2') return `${day}~`;
  if (precision === '3') return day.slice(0, 7);
  throw new RowError(`time_precision "${precision}" is not 1, 2 or 3`);
}
