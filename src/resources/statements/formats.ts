import type { z } from 'zod';
import type { Put } from '../../db/lists/paging.ts';
import type { StatementForm } from '../../domain/vocabularies.ts';
import { defineFormats } from '../../http/response/defineFormats.ts';
import { atom, type FeedEntry } from '../../http/response/formats/atom.ts';
import { type Column, cell, citationColumns, csv } from '../../http/response/formats/csv.ts';
import { jsonld, type Thing } from '../../http/response/formats/jsonld.ts';
import { ndjson } from '../../http/response/formats/ndjson.ts';
import { actorThing, articlesOf, dateOf, topicThing } from '../../http/response/formats/things.ts';
import { statement, statementList } from './schema.ts';

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
  ...citationColumns<Statement>(),
];

const TYPES: Record<StatementForm, string> = { quote: 'Quotation', paraphrase: 'Statement' };

function feedEntry(record: Statement, url: string, put: Put): FeedEntry {
  const { speaker, said, gist, topics, about } = record;
  return {
    title: speaker.name,
    summary: gist,
    url,
    authors: [speaker.name],
    categories: [
      ...topics.map(({ id, label }) => ({ term: `topic:${id}`, label })),
      ...about.map(({ id, name }) => ({ term: `actor:${id}`, label: name })),
    ],
    date: said.edtf,
    put,
  };
}

function thing(record: Statement, base: string): Thing {
  const { id, speaker, form, said, gist, occasion, about, topics, citations } = record;
  return {
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
  };
}

/** The formats of statements. */
export const statementFormats = defineFormats({
  path: '/v1/statements',
  title: 'Attest: statements',
  list: statementList,
  record: statement,
  formats: {
    csv: csv('StatementTable', columns),
    ndjson,
    atom: atom(feedEntry),
    jsonld: jsonld(thing),
  },
});
