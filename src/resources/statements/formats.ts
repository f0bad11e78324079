import type { z } from 'zod';
import type { StatementForm } from '../../domain/vocabularies.ts';
import { type Column, cell, csvOf } from '../../http/response/formats/csv.ts';
import { actorThing, articlesOf, dateOf, topicThing } from '../../http/response/formats/things.ts';
import type { RecordFormats } from '../../http/response/recordFormats.ts';
import type { statement } from './schema.ts';

type Statement = z.infer<typeof statement>;

const columns: readonly Column<Statement>[] = [
  { name: 'id', field: 'id', description: 'Id of the statement', value: ({ id }) => id },
  { name: 'dataset', field: 'dataset', description: 'Id of its dataset', value: (row) => row.dataset.id },
  {
    name: 'speaker',
    field: 'speaker',
    description: 'Id of the actor whose words they are',
    value: (row) => row.speaker.id,
  },
  {
    name: 'speakerName',
    field: 'speaker',
    description: 'Name of that actor',
    value: (row) => row.speaker.name,
  },
  {
    name: 'relayedBy',
    field: 'relayedBy',
    description: 'Id of the actor who passes them on',
    value: ({ relayedBy }) => relayedBy?.id ?? null,
  },
  {
    name: 'onBehalfOf',
    field: 'onBehalfOf',
    description: 'Id of the state or body spoken for',
    value: ({ onBehalfOf }) => onBehalfOf?.id ?? null,
  },
  { name: 'form', field: 'form', description: 'Quoted or paraphrased', value: ({ form }) => form },
  { name: 'medium', field: 'medium', description: 'Where it was made', value: ({ medium }) => medium },
  { name: 'said', field: 'said', description: 'When it was made (EDTF)', value: (row) => row.said.edtf },
  {
    name: 'earliest',
    field: 'said',
    description: 'First day that can mean',
    value: (row) => row.said.earliest,
  },
  { name: 'latest', field: 'said', description: 'Last day that can mean', value: (row) => row.said.latest },
  { name: 'gist', field: 'gist', description: 'What it says, in our own words', value: ({ gist }) => gist },
  {
    name: 'occasion',
    field: 'occasion',
    description: 'Id of the event at which it was made',
    value: ({ occasion }) => occasion?.id ?? null,
  },
  {
    name: 'about',
    field: 'about',
    description: 'Ids of the actors it is about',
    value: ({ about }) => cell(about.map(({ id }) => id)),
  },
  {
    name: 'topics',
    field: 'topics',
    description: 'Ids of its topics',
    value: ({ topics }) => cell(topics.map(({ id }) => id)),
  },
  {
    name: 'citations',
    field: 'citations',
    description: 'Each as `source:start-end`',
    value: ({ citations }) => cell(citations.map(({ source, start, end }) => `${source.id}:${start}-${end}`)),
  },
];

export const statementTable = csvOf('StatementTable', columns);

const TYPES: Record<StatementForm, string> = { quote: 'Quotation', paraphrase: 'Statement' };

/** How statements read in the formats that they have beside JSON. */
export const statementFormats: RecordFormats<Statement> = {
  path: '/v1/statements',
  title: 'Attest: statements',
  columns,
  feedEntry: ({ speaker, said, gist, topics, about }, url, changed) => ({
    title: `${speaker.name}, ${said.edtf}`,
    summary: gist,
    url,
    authors: [speaker.name],
    categories: [
      ...topics.map(({ id, label }) => ({ term: `topic:${id}`, label })),
      ...about.map(({ id, name }) => ({ term: `actor:${id}`, label: name })),
    ],
    changed,
  }),
  thing: ({ id, speaker, form, said, gist, occasion, about, topics, citations }, base) => ({
    '@id': `${base}/v1/statements/${id}`,
    '@type': TYPES[form],
    identifier: id,
    // Not `text`: those are the speaker's words, these are ours.
    abstract: gist,
    creator: actorThing(speaker, base),
    dateCreated: dateOf(said),
    about: [
      ...about.map((actor) => actorThing(actor, base)),
      ...topics.map((topic) => topicThing(topic, base)),
    ],
    isPartOf: articlesOf(citations, base),
    mentions: occasion && {
      '@id': `${base}/v1/events/${occasion.id}`,
      '@type': 'Event',
      name: occasion.title,
    },
  }),
};
