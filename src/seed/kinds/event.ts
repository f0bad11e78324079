import { tables } from '../../db/tables.ts';
import { storedDays } from '../../domain/dates.ts';
import { withSource } from '../files/dataset.ts';
import { type Definition, eachReference, reference } from './definition.ts';
import { figureParts } from './figures.ts';
import { proof, provedList, rows } from './parts.ts';

const { eventLinks, eventParticipants, eventTopics } = tables;

/** Events: what happened, or is said to. */
export const event: Definition<'event'> = {
  section: 'events',
  shared: false,
  read: ({ events = [], source }) =>
    events.map((record) => ({
      ...withSource(record, source),
      links: (record.links ?? []).map((link) =>
        withSource({ ...link, citations: link.citations ?? [] }, source),
      ),
      figures: (record.figures ?? []).map((figure) => withSource(figure, source)),
    })),
  references: ({ participants, topics, links }) => [
    ...participants.flatMap(({ actor, onBehalfOf }, index) => [
      reference('actor', actor, 'participants', index, 'actor'),
      reference('actor', onBehalfOf, 'participants', index, 'onBehalfOf'),
    ]),
    ...eachReference('topic', topics, 'topics'),
    ...links.map(({ event: other }, index) => reference('event', other, 'links', index, 'event')),
  ],
  faults: ({ id, links }) =>
    links.flatMap(({ relation, event: other }, index) => {
      const same = (link: (typeof links)[number]): boolean =>
        link.relation === relation && link.event === other;
      if (other === id) return [{ path: ['links', index], message: 'an event cannot be linked to itself' }];
      return links.findIndex(same) < index ? [{ path: ['links', index], message: 'is listed twice' }] : [];
    }),
  row: (record, dataset) => ({
    id: record.id,
    dataset,
    title: record.title,
    summary: record.summary,
    type: record.type ?? null,
    mode: record.mode ?? null,
    status: record.status,
    date: record.date,
    ...storedDays(record.date),
    placeName: record.place?.name ?? null,
    country: record.place?.country ?? null,
    latitude: record.place?.latitude ?? null,
    longitude: record.place?.longitude ?? null,
    contentHash: record.contentHash,
  }),
  parts: [
    rows(eventParticipants, eventParticipants.event, ({ id, participants }) =>
      participants.map(({ actor, role, onBehalfOf }, ordinal) => ({
        event: id,
        ordinal,
        actor,
        role,
        onBehalfOf: onBehalfOf ?? null,
      })),
    ),
    rows(eventTopics, eventTopics.event, ({ id, topics }) =>
      topics.map((topic, ordinal) => ({ event: id, topic, ordinal })),
    ),
    provedList({
      table: eventLinks,
      record: eventLinks.event,
      proved: 'link',
      field: 'links',
      items: ({ links }) => links,
      row: ({ relation, event: other, basis }, { id, record, ordinal }) => ({
        id,
        event: record,
        ordinal,
        relation,
        other,
        basis,
      }),
    }),
    figureParts('event', ({ date }) => storedDays(date)),
    proof('event'),
  ],
  text: ({ title, summary, place, citations }) => ({ title, body: [summary, place?.name], citations }),
};
