import type { z } from 'zod';
import { type Stance, stances, words } from '../../domain/vocabularies.ts';
import { defineFormats } from '../../http/response/defineFormats.ts';
import { type Column, cell, citationData, csv, figureCell, parts } from '../../http/response/formats/csv.ts';
import { jsonld, type Thing } from '../../http/response/formats/jsonld.ts';
import { ndjson } from '../../http/response/formats/ndjson.ts';
import { actorThing, articlesOf, topicThing } from '../../http/response/formats/things.ts';
import { claim, claimList } from './schema.ts';

type Claim = z.infer<typeof claim>;

const tally = (stance: Stance): Column<Claim> => ({
  name: stance,
  field: 'stances',
  description: `Positions: ${stance}`,
  value: ({ stances }) => stances[stance],
});

const columns: readonly Column<Claim>[] = [
  { name: 'id', field: 'id', description: 'Id of the claim', value: ({ id }) => id },
  { name: 'dataset', field: 'dataset', description: 'Id of its dataset', value: (row) => row.dataset.id },
  {
    name: 'proposition',
    field: 'proposition',
    description: 'The proposition',
    value: (row) => row.proposition,
  },
  { name: 'kind', field: 'kind', description: 'What sort of proposition it is', value: ({ kind }) => kind },
  {
    name: 'about',
    field: 'about',
    description: 'Ids of the actors it is about',
    value: ({ about }) => cell(about.map(({ id }) => id)),
  },
  {
    name: 'event',
    field: 'event',
    description: 'Id of the event it is about',
    value: ({ event }) => event?.id ?? null,
  },
  {
    name: 'topics',
    field: 'topics',
    description: 'Ids of its topics',
    value: ({ topics }) => cell(topics.map(({ id }) => id)),
  },
  {
    name: 'standing',
    field: 'standing',
    description: 'What the positions amount to',
    value: (row) => row.standing,
  },
  ...words(stances).map(tally),
  {
    name: 'independentSources',
    field: 'independentSources',
    description:
      'Sources in which somebody asserts or supports it, without those that repeat another of them',
    value: ({ independentSources }) => independentSources,
  },
  {
    name: 'independentVoices',
    field: 'independentVoices',
    description: 'States, bodies and others that assert or support it',
    value: ({ independentVoices }) => independentVoices,
  },
  {
    name: 'contradicts',
    field: 'contradicts',
    description: 'Ids of the claims that cannot be true together with it',
    value: ({ contradicts }) => cell(contradicts.map(({ id }) => id)),
  },
  {
    name: 'figures',
    field: 'figures',
    description: 'Each as `measure:number:unit`, a range as `low/high`',
    value: ({ figures }) => cell(figures.map(figureCell)),
  },
  {
    name: 'positions',
    field: 'positions',
    description: 'Each as `actor:stance:since`',
    value: ({ positions }) =>
      cell(positions.map(({ actor, stance, since }) => parts(actor.id, stance, since.edtf))),
  },
  {
    name: 'positionsJson',
    field: 'positions',
    description:
      'The same as JSON, each with `actor`, `stance`, `since`, `statement` and its `citations` (`source`, `start`, `end`, `phrase`, `passage`)',
    value: ({ positions }) =>
      JSON.stringify(
        positions.map(({ actor, stance, since, statement, citations }) => ({
          actor: actor.id,
          stance,
          since: since.edtf,
          statement: statement?.id ?? null,
          citations: citationData(citations),
        })),
      ),
  },
];

function thing(record: Claim, base: string): Thing {
  const { id, proposition, about, event, topics, positions } = record;
  return {
    '@id': `${base}/v1/claims/${id}`,
    '@type': 'Claim',
    identifier: id,
    text: proposition,
    // Who merely passes a claim on, or denies it, is none of its authors.
    author: positions
      .filter(({ stance }) => stance === 'asserts')
      .map(({ actor }) => actorThing(actor, base)),
    about: [
      ...about.map((actor) => actorThing(actor, base)),
      ...(event ? [{ '@id': `${base}/v1/events/${event.id}`, '@type': 'Event', name: event.title }] : []),
      ...topics.map((topic) => topicThing(topic, base)),
    ],
    appearance: articlesOf(
      positions.flatMap(({ citations }) => citations),
      base,
    ),
  };
}

/** The formats of claims. */
export const claimFormats = defineFormats({
  path: '/v1/claims',
  title: 'Attest: claims',
  list: claimList,
  record: claim,
  formats: {
    csv: csv('ClaimTable', columns),
    ndjson,
    jsonld: jsonld(thing),
  },
});
