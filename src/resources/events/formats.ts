import { z } from 'zod';
import type { Put } from '../../db/lists/paging.ts';
import { isoEnds } from '../../domain/dates.ts';
import type { EventStatus, ParticipantRole } from '../../domain/vocabularies.ts';
import { defineFormats } from '../../http/response/defineFormats.ts';
import { atom, type FeedEntry } from '../../http/response/formats/atom.ts';
import {
  type Column,
  cell,
  citationColumns,
  csv,
  figureCell,
  parts,
} from '../../http/response/formats/csv.ts';
import { type Feature, geojson } from '../../http/response/formats/geojson.ts';
import { type CalendarEntry, icalendar } from '../../http/response/formats/icalendar.ts';
import { jsonld, type Thing } from '../../http/response/formats/jsonld.ts';
import { ndjson } from '../../http/response/formats/ndjson.ts';
import { actorThing, articlesOf, topicThing } from '../../http/response/formats/things.ts';
import { event, eventList } from './schema.ts';

type Event = z.infer<typeof event>;

const columns: readonly Column<Event>[] = [
  { name: 'id', field: 'id', description: 'Id of the event', value: ({ id }) => id },
  { name: 'dataset', field: 'dataset', description: 'Id of its dataset', value: (row) => row.dataset.id },
  { name: 'title', field: 'title', description: 'What it is, in a few words', value: ({ title }) => title },
  { name: 'summary', field: 'summary', description: 'What happened', value: ({ summary }) => summary },
  { name: 'type', field: 'type', description: 'PLOVER event type', value: ({ type }) => type },
  { name: 'mode', field: 'mode', description: 'PLOVER mode', value: ({ mode }) => mode },
  { name: 'status', field: 'status', description: 'How far it has come', value: ({ status }) => status },
  {
    name: 'date',
    field: 'date',
    description: 'Date as the text gives it (EDTF)',
    value: (row) => row.date.edtf,
  },
  {
    name: 'earliest',
    field: 'date',
    description: 'First day it can mean',
    value: (row) => row.date.earliest,
  },
  { name: 'latest', field: 'date', description: 'Last day it can mean', value: (row) => row.date.latest },
  {
    name: 'period',
    field: 'date',
    description: 'Whether it lasted from the one to the other; otherwise it is one day out of these',
    value: (row) => String(row.date.period),
  },
  {
    name: 'approximate',
    field: 'date',
    description: 'Whether the date is approximate or inferred',
    value: (row) => String(row.date.approximate),
  },
  {
    name: 'place',
    field: 'place',
    description: 'Name of the place',
    value: ({ place }) => place?.name ?? null,
  },
  {
    name: 'country',
    field: 'place',
    description: 'ISO 3166-1 alpha-2 code',
    value: ({ place }) => place?.country ?? null,
  },
  {
    name: 'latitude',
    field: 'place',
    description: 'Degrees north',
    value: ({ place }) => place?.latitude ?? null,
  },
  {
    name: 'longitude',
    field: 'place',
    description: 'Degrees east',
    value: ({ place }) => place?.longitude ?? null,
  },
  {
    name: 'participants',
    field: 'participants',
    description: 'Each as `actor:role` or `actor:role:onBehalfOf`',
    value: ({ participants }) =>
      cell(participants.map(({ actor, role, onBehalfOf }) => parts(actor.id, role, onBehalfOf?.id))),
  },
  {
    name: 'topics',
    field: 'topics',
    description: 'Ids of its topics',
    value: ({ topics }) => cell(topics.map(({ id }) => id)),
  },
  {
    name: 'links',
    field: 'links',
    description: 'Each as `relation:event:basis`',
    value: ({ links }) => cell(links.map(({ relation, event, basis }) => parts(relation, event.id, basis))),
  },
  {
    name: 'figures',
    field: 'figures',
    description: 'Each as `measure:number:unit`, a range as `low/high`',
    value: ({ figures }) => cell(figures.map(figureCell)),
  },
  ...citationColumns<Event>(),
];

const CALENDAR_STATUS: Record<EventStatus, CalendarEntry['status']> = {
  occurred: 'CONFIRMED',
  ongoing: 'CONFIRMED',
  planned: 'TENTATIVE',
  proposed: 'TENTATIVE',
  alleged: 'TENTATIVE',
  cancelled: 'CANCELLED',
};

/** The status in terms of schema.org, which has words for events to come only. */
const SCHEMA_STATUS: Record<EventStatus, string | null> = {
  occurred: null,
  ongoing: null,
  planned: 'https://schema.org/EventScheduled',
  proposed: null,
  alleged: null,
  cancelled: 'https://schema.org/EventCancelled',
};

type ParticipantProperty = 'organizer' | 'attendee' | 'about';

/** The property of schema.org that lists the participants of each role. */
const LISTED_AS: Record<ParticipantRole, ParticipantProperty> = {
  initiator: 'organizer',
  recipient: 'attendee',
  participant: 'attendee',
  host: 'organizer',
  mediator: 'attendee',
  witness: 'attendee',
  signatory: 'attendee',
  affected: 'about',
};

function participantThings(
  participants: Event['participants'],
  property: ParticipantProperty,
  base: string,
): Thing[] {
  return participants
    .filter(({ role }) => LISTED_AS[role] === property)
    .map(({ actor }) => actorThing(actor, base));
}

/** The events to which an event has links of one kind. */
function linkedThings(
  links: Event['links'],
  relation: Event['links'][number]['relation'],
  base: string,
): Thing[] {
  return links
    .filter((link) => link.relation === relation)
    .map(({ event: { id, title } }) => ({ '@id': `${base}/v1/events/${id}`, '@type': 'Event', name: title }));
}

/** What a map shows of an event: texts and numbers only. */
const eventOnMap = z
  .object({
    id: z.string().describe('Id of the event'),
    title: z.string().describe('Its title'),
    summary: z.string().describe('What happened'),
    type: z.string().nullable().describe('PLOVER event type'),
    mode: z.string().nullable().describe('PLOVER mode of that type'),
    status: z.string().describe('How far it has come'),
    date: z.string().describe('When (EDTF)'),
    earliest: z.string().nullable().describe('First day that can mean'),
    latest: z.string().nullable().describe('Last day that can mean'),
    place: z.string().describe('Name of the place'),
    country: z.string().nullable().describe('ISO 3166-1 alpha-2 code'),
    actors: z.string().describe('Names of those who take part, separated by `; `'),
    topics: z.string().describe('Labels of its topics, separated by `; `'),
    sources: z.string().describe('Ids of the sources that report it, separated by `; `'),
    url: z.string().describe('The event in the API'),
  })
  .meta({ id: 'EventOnMap', description: 'An event as programs for maps can show it' });

function feature(record: Event, url: string): Feature<z.infer<typeof eventOnMap>> {
  const { id, title, summary, type, mode, status, date, place, participants, topics, citations } = record;
  const joined = (texts: string[]): string => [...new Set(texts)].join('; ');
  return {
    id,
    // The query returns only those that have both.
    longitude: place?.longitude ?? 0,
    latitude: place?.latitude ?? 0,
    properties: {
      id,
      title,
      summary,
      type,
      mode,
      status,
      date: date.edtf,
      earliest: date.earliest,
      latest: date.latest,
      place: place?.name ?? '',
      country: place?.country ?? null,
      actors: joined(participants.map(({ actor }) => actor.name)),
      topics: joined(topics.map(({ label }) => label)),
      sources: joined(citations.map(({ source }) => source.id)),
      url,
    },
  };
}

function calendarEntry(record: Event, url: string, changed: Date): CalendarEntry {
  const { id, title, summary, date, place, status, topics } = record;
  return {
    uid: `${id}@attest`,
    title,
    description: `${summary}\n\n${status}, ${date.edtf}`,
    // The query returns only those that have both.
    first: date.earliest ?? '',
    last: date.latest ?? '',
    location: place?.name ?? null,
    coordinates:
      place && place.latitude !== null && place.longitude !== null
        ? { latitude: place.latitude, longitude: place.longitude }
        : null,
    status: CALENDAR_STATUS[status],
    categories: topics.map(({ label }) => label),
    url,
    changed,
  };
}

function feedEntry(record: Event, url: string, put: Put): FeedEntry {
  const { title, summary, date, participants, topics } = record;
  return {
    title,
    summary,
    url,
    authors: [],
    categories: [
      ...topics.map(({ id, label }) => ({ term: `topic:${id}`, label })),
      ...participants.map(({ actor }) => ({ term: `actor:${actor.id}`, label: actor.name })),
    ],
    date: date.edtf,
    put,
  };
}

function thing(record: Event, base: string): Thing {
  const { id, title, summary, status, date, place, participants, topics, links, citations } = record;
  return {
    '@id': `${base}/v1/events/${id}`,
    '@type': 'Event',
    identifier: id,
    name: title,
    description: summary,
    startDate: isoEnds(date.edtf).start,
    endDate: isoEnds(date.edtf).end,
    eventStatus: SCHEMA_STATUS[status],
    location: place && {
      '@type': 'Place',
      name: place.name,
      address: place.country && { '@type': 'PostalAddress', addressCountry: place.country },
      geo:
        place.latitude === null
          ? null
          : { '@type': 'GeoCoordinates', latitude: place.latitude, longitude: place.longitude },
    },
    organizer: participantThings(participants, 'organizer', base),
    attendee: participantThings(participants, 'attendee', base),
    about: [
      ...topics.map((topic) => topicThing(topic, base)),
      ...participantThings(participants, 'about', base),
    ],
    superEvent: linkedThings(links, 'partOf', base),
    subEvent: linkedThings(links, 'hasPart', base),
    subjectOf: articlesOf(citations, base),
  };
}

/** The formats of events. */
export const eventFormats = defineFormats({
  path: '/v1/events',
  title: 'Attest: events',
  list: eventList,
  record: event,
  formats: {
    csv: csv('EventTable', columns),
    ndjson,
    geojson: geojson('EventFeatureCollection', eventOnMap, feature),
    icalendar: icalendar(calendarEntry),
    atom: atom(feedEntry),
    jsonld: jsonld(thing),
  },
});
