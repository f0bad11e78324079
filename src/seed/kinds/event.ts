import { tables } from '../../db/tables.ts';
import { storedDays } from '../../domain/dates.ts';
import { withSource } from '../files/dataset.ts';
import { type Definition, eachReference, reference } from './definition.ts';
import { proof, rows } from './parts.ts';

const { eventParticipants, eventTopics } = tables;

/** Events: what happened, or is said to. */
export const event: Definition<'event'> = {
  section: 'events',
  shared: false,
  read: ({ events = [], source }) => events.map((record) => withSource(record, source)),
  references: ({ participants, topics }) => [
    ...participants.flatMap(({ actor, onBehalfOf }, index) => [
      reference('actor', actor, 'participants', index, 'actor'),
      reference('actor', onBehalfOf, 'participants', index, 'onBehalfOf'),
    ]),
    ...eachReference('topic', topics, 'topics'),
  ],
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
    proof('event'),
  ],
  text: ({ title, summary, place }) => ({ title, body: [summary, place?.name] }),
};
