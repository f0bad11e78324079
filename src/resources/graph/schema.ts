import { z } from 'zod';
import { actorKinds, words } from '../../domain/vocabularies.ts';
import { eventFilterQuery } from '../../http/request/filters.ts';
import { choice, flag, wholeNumber } from '../../http/request/parameters.ts';

const folds = ['participants', 'principals'] as const;

const tally = z
  .object({
    verbal: z.int().describe('Events of it in words'),
    material: z.int().describe('Events of it in deeds'),
  })
  .meta({ id: 'QuadTally', description: 'Events of cooperation or of conflict, by the class of their type' });

const graphNode = z
  .object({
    id: z.string().describe('Id of the actor'),
    name: z.string().describe('Its preferred name'),
    kind: z.enum(words(actorKinds)).describe('What sort of actor it is'),
    events: z.int().describe('Matching events in which it takes part, alone or with others'),
  })
  .meta({
    id: 'GraphNode',
    description: 'An actor',
    example: { id: 'cambodia', name: 'Cambodia', kind: 'state', events: 41 },
  });

const graphEdge = z
  .object({
    source: z.string().describe('Id of one actor; with `directed`, of the initiator'),
    target: z.string().describe('Id of the other; with `directed`, of the recipient'),
    weight: z.int().describe('Events that they share'),
    cooperation: tally.describe('Those among them of cooperation'),
    conflict: tally.describe('Those among them of conflict; an event without a type is neither'),
    first: z
      .string()
      .nullable()
      .describe('Day of the first of them that is dated; null when no day is known'),
    last: z.string().nullable().describe('Day of the last of them that is dated; null when no day is known'),
  })
  .meta({
    id: 'GraphEdge',
    description: 'Two actors and the events they share',
    example: {
      source: 'cambodia',
      target: 'united-states',
      weight: 23,
      cooperation: { verbal: 12, material: 5 },
      conflict: { verbal: 3, material: 2 },
      first: '1950-07-11',
      last: '2025-11-13',
    },
  });

export const graph = z
  .object({
    as: z.enum(folds).describe('Whether nodes are the actors themselves or those for whom they act'),
    directed: z.boolean().describe('Whether edges lead from initiator to recipient'),
    nodes: z.array(graphNode).describe('The actors at the ends of the edges, most events first'),
    edges: z.array(graphEdge).describe('The edges, heaviest first; each pair once'),
    truncated: z.boolean().describe('Whether there are more edges than `limit`, none heavier than the last'),
  })
  .meta({ id: 'Graph', description: 'Who acts with whom' });

export const graphQuery = eventFilterQuery({
  as: choice(
    '`participants`: each actor is a node. `principals`: an actor that takes part on behalf of a state or body is counted as that state or body.',
    folds,
    'participants',
  ),
  directed: flag(
    'Only edges from each initiator to each recipient of an event (`true`), instead of between all who take part in it.',
  ),
  limit: wholeNumber('Edges, the heaviest first.', { min: 1, max: 1000, preset: 200 }),
});
