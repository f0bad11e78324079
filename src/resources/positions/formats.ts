import type { z } from 'zod';
import { defineFormats } from '../../http/response/defineFormats.ts';
import { type Column, cell, citationColumns, csv } from '../../http/response/formats/csv.ts';
import { ndjson } from '../../http/response/formats/ndjson.ts';
import { actorPosition, actorPositionList } from './schema.ts';

type ActorPosition = z.infer<typeof actorPosition>;

const columns: readonly Column<ActorPosition>[] = [
  {
    name: 'actor',
    field: 'actor',
    description: 'Id of the actor who takes it',
    value: ({ actor }) => actor.id,
  },
  { name: 'claim', field: 'claim', description: 'Id of the claim', value: ({ claim }) => claim.id },
  {
    name: 'proposition',
    field: 'claim',
    description: 'Its proposition',
    value: ({ claim }) => claim.proposition,
  },
  { name: 'stance', field: 'stance', description: 'The side taken', value: ({ stance }) => stance },
  {
    name: 'since',
    field: 'since',
    description: 'Since when, as the text gives it (EDTF)',
    value: ({ since }) => since.edtf,
  },
  {
    name: 'earliest',
    field: 'since',
    description: 'First day that can mean',
    value: ({ since }) => since.earliest,
  },
  { name: 'latest', field: 'since', description: 'Last day it can mean', value: ({ since }) => since.latest },
  {
    name: 'statement',
    field: 'statement',
    description: 'Id of the statement in which it is taken',
    value: ({ statement }) => statement?.id ?? null,
  },
  {
    name: 'topics',
    field: 'topics',
    description: "Ids of the claim's topics",
    value: ({ topics }) => cell(topics.map(({ id }) => id)),
  },
  ...citationColumns<ActorPosition>(),
];

/** The formats of positions. */
export const actorPositionFormats = defineFormats({
  path: '/v1/actors/{id}/positions',
  title: 'Attest: positions',
  list: actorPositionList,
  record: actorPosition,
  formats: {
    csv: csv('ActorPositionTable', columns),
    ndjson,
  },
});
