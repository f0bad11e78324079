import type { Actor, Event, Figure, Topic } from '../../seed/files/dataset.ts';
import { countryOf, stateActor } from '../countries.ts';
import {
  coordinates,
  day,
  given,
  type ImportedEvent,
  type ImportFormat,
  type Row,
  RowError,
  wholeNumber,
} from '../format.ts';

/** The Georeferenced Event Dataset of the Uppsala Conflict Data Program, as its codebook describes the columns. */
export const ucdp: ImportFormat = {
  describes: {
    title: 'UCDP Georeferenced Event Dataset',
    description:
      'Events of organized violence with at least one death, coded by the Uppsala Conflict Data Program, Uppsala University.',
    licence: 'CC-BY-4.0',
    citation:
      'Sundberg, Ralph, and Erik Melander. 2013. Introducing the UCDP Georeferenced Event Dataset. Journal of Peace Research 50(4): 523–532.',
  },
  forms: [
    {
      delimiter: ',',
      quotes: true,
      header: true,
      columns: [
        'id',
        'year',
        'type_of_violence',
        'conflict_new_id',
        'conflict_name',
        'side_a_new_id',
        'side_a',
        'side_b_new_id',
        'side_b',
        'latitude',
        'longitude',
        'country',
        'date_prec',
        'date_start',
        'date_end',
        'deaths_a',
        'deaths_b',
        'deaths_civilians',
        'deaths_unknown',
        'best',
        'high',
        'low',
      ],
    },
  ],
  read,
};

/** UCDP's types of violence, each a topic. All are of PLOVER's type ASSAULT. */
const TYPES: Readonly<Record<string, { slug: string; label: string; description: string }>> = {
  1: {
    slug: 'state-based-violence',
    label: 'State-based violence',
    description:
      'Armed force between two sides of which at least one is the government of a state (UCDP type 1).',
  },
  2: {
    slug: 'non-state-violence',
    label: 'Non-state violence',
    description: 'Armed force between two organized groups, neither of them a government (UCDP type 2).',
  },
  3: {
    slug: 'one-sided-violence',
    label: 'One-sided violence',
    description: 'Armed force by a government or an organized group against civilians (UCDP type 3).',
  },
};

const ROOT: Topic = {
  id: 'ucdp-organized-violence',
  label: 'Organized violence',
  description: 'Events of the UCDP Georeferenced Event Dataset, by its types of violence and its conflicts.',
};

function read(row: Row, dataset: string): ImportedEvent {
  const number = given(row, 'id');
  if (!/^\d+$/.test(number)) throw new RowError(`id "${number}" is not a number`);
  const type = TYPES[given(row, 'type_of_violence')];
  if (!type) throw new RowError(`type_of_violence "${row.type_of_violence}" is not 1, 2 or 3`);
  const topics = topicsOf(row, type);
  const [sideA, sideB] = [side(row, 'a'), side(row, 'b')];
  const country = countryOf(given(row, 'country'));
  const citation = {
    source: dataset,
    document: { id: number, url: null, reportedBy: row.source_original?.trim() || null },
  };
  const place = placeOf(row, country);
  const [a, b] = [given(row, 'side_a'), given(row, 'side_b')];
  const event: Event = {
    id: `${dataset}-${number}`,
    title: `${a} – ${b}: ${type.label.toLowerCase()}, ${place.name}`,
    summary: summaryOf(row, type.label),
    type: 'ASSAULT',
    status: 'occurred',
    date: dateOf(row),
    place,
    participants: [
      // Between two sides UCDP does not say who attacked; in one-sided violence side B are the victims.
      { actor: sideA.actor.id, role: type === TYPES[3] ? 'initiator' : 'participant' },
      { actor: sideB.actor.id, role: type === TYPES[3] ? 'recipient' : 'participant' },
    ],
    topics: topics.slice(1).map(({ id }) => id),
    links: [],
    figures: figuresOf(row).map((figure) => ({ ...figure, citations: [citation] })),
    citations: [citation],
  };
  return {
    event,
    actors: [...sideA.above, sideA.actor, ...sideB.above, sideB.actor],
    topics,
    unmapped: country === undefined ? [`country "${row.country}"`] : [],
  };
}

function topicsOf(row: Row, type: (typeof TYPES)[string]): Topic[] {
  const { slug, label, description } = type as { slug: string; label: string; description: string };
  const above: Topic = { id: `ucdp-${slug}`, label, description, broader: ROOT.id };
  const number = wholeNumber(row, 'conflict_new_id');
  const conflict: Topic = {
    id: `ucdp-conflict-${number}`,
    label: given(row, 'conflict_name'),
    description: `Conflict ${number} of UCDP.`,
    // Without a broader topic: the violence of one conflict can be of several types.
    broader: ROOT.id,
  };
  return [ROOT, above, conflict];
}

/** One side of an event, and the state that is above it where it is that state's government. */
function side(row: Row, letter: 'a' | 'b'): { actor: Actor; above: Actor[] } {
  const number = wholeNumber(row, `side_${letter}_new_id`);
  const name = given(row, `side_${letter}`);
  const government = /^Government of (.+)$/.exec(name)?.[1];
  const code = government === undefined ? undefined : countryOf(government);
  const state = code === undefined ? undefined : stateActor(code);
  const actor: Actor = {
    id: `ucdp-actor-${number}`,
    name,
    kind: name === 'Civilians' ? 'group' : 'organization',
    description: `Actor ${number} of UCDP.`,
    ...(state && { parent: state.id }),
    aliases: [],
    affiliations: [],
  };
  return { actor, above: state ? [state] : [] };
}

function placeOf(row: Row, country: string | undefined): NonNullable<Event['place']> {
  const at = coordinates(row, 'latitude', 'longitude');
  return {
    name: row.where_coordinates?.trim() || given(row, 'country'),
    ...(country !== undefined && { country }),
    ...at,
  };
}

/** The day, or what is known of it: one day out of several, unless UCDP says that each of them is right. */
function dateOf(row: Row): string {
  const [start, end] = [day(row, 'date_start'), day(row, 'date_end')];
  const precision = given(row, 'date_prec');
  if (!/^[1-5]$/.test(precision)) throw new RowError(`date_prec "${precision}" is not 1 to 5`);
  if (start > end) throw new RowError(`date_start ${start} lies after date_end ${end}`);
  const year = given(row, 'year');
  if (!start.startsWith(`${year}-`) && !end.startsWith(`${year}-`))
    throw new RowError(`year "${year}" is not the year of date_start ${start} or date_end ${end}`);
  if (start === end) return start;
  return precision === '1' ? `${start}/${end}` : `[${start}..${end}]`;
}

/** The deaths: UCDP's best estimate, the range of its low and high one, and the part of each side. */
function figuresOf(row: Row): Omit<Figure, 'citations'>[] {
  const [best, low, high] = [wholeNumber(row, 'best'), wholeNumber(row, 'low'), wholeNumber(row, 'high')];
  if (low > high) throw new RowError(`low ${low} is greater than high ${high}`);
  const killed = { measure: 'killed', unit: 'people' } as const;
  const parts = [
    ['deaths_a', `Killed of ${given(row, 'side_a')}`],
    ['deaths_b', `Killed of ${given(row, 'side_b')}`],
    ['deaths_civilians', 'Killed civilians'],
    ['deaths_unknown', 'Killed of unknown side'],
  ] as const;
  return [
    { ...killed, value: best, of: 'Killed, best estimate' },
    ...rangeOf(best, low, high).map((range) => ({ ...killed, ...range, of: 'Killed, low to high estimate' })),
    ...parts
      .map(([column, of]) => ({ ...killed, value: wholeNumber(row, column), of }))
      .filter(({ value }) => value > 0),
  ];
}

/** UCDP's low and high estimate, where they say more than the best one. */
function rangeOf(best: number, low: number, high: number): Pick<Figure, 'value' | 'low' | 'high'>[] {
  if (low < high) return [{ low, high }];
  return low === best ? [] : [{ value: low }];
}

function summaryOf(row: Row, type: string): string {
  const precision = row.where_prec?.trim();
  return [
    `${type} in the conflict ${given(row, 'conflict_name')}`,
    row.where_description?.trim(),
    [row.adm_2, row.adm_1, row.country].flatMap((name) => name?.trim() || []).join(', '),
    precision ? `precision of the place ${precision} of 7` : undefined,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('; ');
}
