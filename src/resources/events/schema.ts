import { z } from 'zod';
import {
  eventStatuses,
  eventTypes,
  linkBases,
  modes,
  participantRoles,
  relations,
  words,
} from '../../domain/vocabularies.ts';
import { eventFilterQuery } from '../../http/request/filters.ts';
import { facets, fields, paging, sort } from '../../http/request/parameters.ts';
import {
  actorReference,
  citation,
  datasetReference,
  dateRange,
  eventReference,
  facetCounts,
  figure,
  listOf,
  topicReference,
} from '../../http/response/schemas.ts';

export const participant = z
  .object({
    actor: actorReference,
    role: z.enum(words(participantRoles)).describe('What it does in the event'),
    onBehalfOf: actorReference.nullable().describe('The state or body it represents there'),
  })
  .meta({
    id: 'Participant',
    description: 'An actor in a role',
    example: {
      actor: { id: 'lloyd-austin', name: 'Lloyd Austin' },
      role: 'participant',
      onBehalfOf: { id: 'united-states', name: 'United States' },
    },
  });

export const place = z
  .object({
    name: z.string().describe('Name of the place'),
    country: z.string().nullable().describe('ISO 3166-1 alpha-2 code'),
    latitude: z.number().nullable().describe('Degrees north (WGS 84)'),
    longitude: z.number().nullable().describe('Degrees east (WGS 84)'),
  })
  .meta({
    id: 'Place',
    description: 'Where it took or takes place',
    example: { name: 'Kuala Lumpur', country: 'MY', latitude: null, longitude: null },
  });

export const eventLink = z
  .object({
    relation: z.enum(relations).describe('How it is linked to the other event'),
    event: eventReference.describe('The other event'),
    basis: z.enum(words(linkBases)).describe('Whether a text says so'),
    citations: z.array(citation).describe('The passages that say so; none where it is inferred'),
  })
  .meta({ id: 'EventLink', description: 'A link from one event to another' });

export const event = z
  .object({
    id: z.string().describe('Id of the event'),
    dataset: datasetReference,
    title: z.string().describe('What it is, in a few words'),
    summary: z.string().describe('What happened, in our own words'),
    type: z
      .enum(words(eventTypes))
      .nullable()
      .describe('PLOVER event type; null when no interaction took place'),
    mode: z.enum(modes).nullable().describe('PLOVER mode; null when none applies'),
    status: z.enum(words(eventStatuses)).describe('How far it has come, by the latest report'),
    date: dateRange,
    place: place.nullable(),
    participants: z.array(participant).describe('Who took part, in which role'),
    topics: z.array(topicReference).describe('What it is about'),
    links: z.array(eventLink).describe('How it is linked to other events, from its own end'),
    figures: z.array(figure).describe('The numbers that the texts give of it'),
    citations: z.array(citation).describe('The passages that report it'),
  })
  .meta({ id: 'Event', description: 'Something that happened, is planned, or is said to have happened' });

/** What events can be counted by. */
export const eventFacets = [
  'actor',
  'topic',
  'type',
  'mode',
  'status',
  'country',
  'relation',
  'measure',
  'source',
  'publisher',
  'dataset',
] as const;

export const eventList = listOf(
  event,
  'EventList',
  'A page of events',
  facetCounts('EventFacets', eventFacets),
);

export const eventQuery = eventFilterQuery({
  sort: sort(['-date', 'date', 'id', '-id', 'relevance'], '-date'),
  ...paging,
  fields: fields(event, 'id,title,date'),
  facets: facets(eventFacets, 'actor,type'),
});
