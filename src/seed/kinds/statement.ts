import { tables } from '../../db/tables.ts';
import { storedDays } from '../../domain/dates.ts';
import { withSource } from '../files/dataset.ts';
import { type Definition, eachReference, reference } from './definition.ts';
import { proof, rows } from './parts.ts';

const { statementAbout, statementTopics } = tables;

/** Statements: who said what. */
export const statement: Definition<'statement'> = {
  section: 'statements',
  shared: false,
  read: ({ statements = [], source }) => statements.map((record) => withSource(record, source)),
  references: ({ speaker, relayedBy, onBehalfOf, occasion, about, topics }) => [
    reference('actor', speaker, 'speaker'),
    reference('actor', relayedBy, 'relayedBy'),
    reference('actor', onBehalfOf, 'onBehalfOf'),
    reference('event', occasion, 'occasion'),
    ...eachReference('actor', about, 'about'),
    ...eachReference('topic', topics, 'topics'),
  ],
  row: (record, dataset) => ({
    id: record.id,
    dataset,
    speaker: record.speaker,
    relayedBy: record.relayedBy ?? null,
    onBehalfOf: record.onBehalfOf ?? null,
    form: record.form,
    medium: record.medium ?? null,
    said: record.said,
    ...storedDays(record.said),
    gist: record.gist,
    occasion: record.occasion ?? null,
    contentHash: record.contentHash,
  }),
  parts: [
    rows(statementAbout, statementAbout.statement, ({ id, about = [] }) =>
      about.map((actor, ordinal) => ({ statement: id, actor, ordinal })),
    ),
    rows(statementTopics, statementTopics.statement, ({ id, topics }) =>
      topics.map((topic, ordinal) => ({ statement: id, topic, ordinal })),
    ),
    proof('statement'),
  ],
  text: ({ gist, citations }) => ({ title: gist, body: [], citations }),
};
