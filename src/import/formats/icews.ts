import { remembered } from '../../domain/remembered.ts';
import type { Actor, Event } from '../../seed/files/dataset.ts';
import { sha256 } from '../../seed/files/passages.ts';
import { countryOf, stateActor } from '../countries.ts';
import {
  coordinates,
  day,
  given,
  type ImportedEvent,
  type ImportFormat,
  type Row,
  RowError,
} from '../format.ts';
import { idOfName } from '../names.ts';
import { type CameoCode, cameoCode, cameoNamed, cameoTopics } from './cameo.ts';

const FORM = { delimiter: '\t', quotes: false, header: true } as const;

/**
 * Events of the Integrated Crisis Early Warning System: as published, with twenty columns, and the four columns in use for research
 * on knowledge graphs.
 */
export const icews: ImportFormat = {
  describes: {
    title: 'ICEWS Coded Event Data',
    description:
      'Events between actors, coded by machine from news stories in the Integrated Crisis Early Warning System.',
    licence: 'LicenseRef-ICEWS',
    citation:
      'Boschee, Elizabeth, Jennifer Lautenschlager, Sean O’Brien, Steve Shellman, James Starz, and Michael Ward. 2015. ICEWS Coded Event Data. Harvard Dataverse. https://doi.org/10.7910/DVN/28075.',
  },
  forms: [
    { ...FORM, columns: ['date', 'source', 'event', 'target'] },
    {
      ...FORM,
      columns: [
        'Event ID',
        'Event Date',
        'Source Name',
        'Event Text',
        'CAMEO Code',
        'Target Name',
        'Publisher',
        'City',
        'Province',
        'Country',
        'Latitude',
        'Longitude',
      ],
    },
  ],
  read: (row, dataset) => eventOf('Event ID' in row ? published(row) : research(row), dataset),
};

/** What a row says, in either form. */
interface Coded {
  id: string;
  date: string;
  initiator: string;
  recipient: string;
  cameo: CameoCode;
  reportedBy: string | null;
  place: Event['place'];
  unmapped: string[];
}

/** A row of the research form, which has no ids: that of the event is made of the whole row. */
function research(row: Row): Coded {
  const columns = ['date', 'source', 'event', 'target'].map((column) => given(row, column));
  const name = given(row, 'event');
  const cameo = cameoNamed(name);
  if (!cameo) throw new RowError(`event "${name}" is not the name of a CAMEO code`);
  return {
    id: sha256(columns.join('\t')).slice(0, 16),
    date: day(row, 'date'),
    initiator: given(row, 'source'),
    recipient: given(row, 'target'),
    cameo,
    reportedBy: null,
    place: undefined,
    unmapped: [],
  };
}

/** A row of the published form. */
function published(row: Row): Coded {
  const id = given(row, 'Event ID');
  if (!/^\d+$/.test(id)) throw new RowError(`Event ID "${id}" is not a number`);
  const code = given(row, 'CAMEO Code');
  const cameo = cameoCode(code);
  if (!cameo) throw new RowError(`CAMEO Code "${code}" is not a code of CAMEO`);
  const country = row.Country?.trim() ?? '';
  const iso = countryOf(country);
  return {
    id,
    date: day(row, 'Event Date'),
    initiator: given(row, 'Source Name'),
    recipient: given(row, 'Target Name'),
    cameo,
    reportedBy: row.Publisher?.trim() || null,
    place: placeOf(row, iso),
    unmapped: country === '' || iso !== undefined ? [] : [`country "${country}"`],
  };
}

function placeOf(row: Row, country: string | undefined): Event['place'] {
  const at = coordinates(row, 'Latitude', 'Longitude');
  const name = [row.City, row.Province, row.Country]
    .map((text) => text?.trim() ?? '')
    .find((text) => text !== '');
  if (name !== undefined) return { name, ...(country !== undefined && { country }), ...at };
  if (at) throw new RowError('Latitude and Longitude are of no City, Province or Country');
  return undefined;
}

function eventOf(coded: Coded, dataset: string): ImportedEvent {
  const { id, date, initiator, recipient, cameo, reportedBy, place } = coded;
  const [from, to] = [actorsOf(initiator), actorsOf(recipient)];
  const topics = cameoTopics(cameo);
  const event: Event = {
    id: `${dataset}-${id}`,
    title: `${initiator}: ${cameo.name} – ${recipient}`,
    summary: `CAMEO ${cameo.code} (${cameo.name}), Goldstein score ${cameo.goldstein}`,
    ...(cameo.type && { type: cameo.type }),
    ...(cameo.mode && { mode: cameo.mode }),
    status: 'occurred',
    date,
    ...(place && { place }),
    participants: [
      { actor: from.id, role: 'initiator' },
      { actor: to.id, role: 'recipient' },
    ],
    topics: [`cameo-${cameo.code}`],
    links: [],
    figures: [],
    citations: [{ source: dataset, document: { id, url: null, reportedBy } }],
  };
  const unmapped = cameo.type === undefined ? [`CAMEO ${cameo.code} (${cameo.name}) in PLOVER`] : [];
  return {
    event,
    actors: [...from.actors, ...to.actors],
    topics,
    unmapped: [...coded.unmapped, ...unmapped],
  };
}

/** The actor with a name, after what is above it: a state, a sector of a state such as `Police (Kenya)`, or another one. */
const actorsOf = remembered((name): { id: string; actors: Actor[] } => {
  const code = countryOf(name);
  if (code !== undefined && !name.includes('(')) {
    const state = stateActor(code);
    return { id: state.id, actors: [state] };
  }
  const above = countryOf(/\(([^()]+)\)$/.exec(name)?.[1] ?? '');
  const state = above === undefined ? undefined : stateActor(above);
  const actor: Actor = {
    id: idOfName('icews', name, state !== undefined),
    name,
    // ICEWS does not say in its events whether a name is that of a person, a body or a group.
    kind: 'unspecified',
    description: state ? `A sector of ${state.name} in ICEWS.` : 'An actor of ICEWS.',
    ...(state && { parent: state.id }),
    aliases: [],
    affiliations: [],
  };
  return { id: actor.id, actors: state ? [state, actor] : [actor] };
});
