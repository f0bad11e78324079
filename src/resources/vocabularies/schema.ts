import { z } from 'zod';
import { eventTypes, modes, quadClasses, words } from '../../domain/vocabularies.ts';
import { paging, query } from '../../http/request/parameters.ts';
import { listOf } from '../../http/response/schemas.ts';

/** The vocabularies by the names under which they are asked for. */
export const vocabularyNames = [
  'event-types',
  'event-modes',
  'event-statuses',
  'quad-classes',
  'participant-roles',
  'link-relations',
  'link-bases',
  'measures',
  'actor-kinds',
  'statement-forms',
  'statement-media',
  'claim-kinds',
  'stances',
  'standings',
  'source-kinds',
  'contributor-roles',
  'record-kinds',
  'change-actions',
] as const;

const term = z
  .object({
    term: z.string().describe('The word, as fields and filters have it'),
    definition: z.string().describe('What it means, in our own words'),
    quadClass: z
      .enum(words(quadClasses))
      .optional()
      .describe('The class of interaction; on event types only'),
    modes: z.array(z.enum(modes)).optional().describe('The modes it can have; on event types only'),
    types: z
      .array(z.enum(words(eventTypes)))
      .optional()
      .describe('The event types that can have it; on event modes only'),
  })
  .meta({
    id: 'Term',
    description: 'A word of a vocabulary',
    example: {
      term: 'MOBILIZE',
      definition: 'Raise, move or build up forces or military capability without a fight.',
      quadClass: 'material-conflict',
      modes: ['troops', 'weapons', 'police', 'militia'],
    },
  });

export const vocabulary = z
  .object({
    name: z.enum(vocabularyNames).describe('Name of the vocabulary'),
    description: z.string().describe('What its words describe'),
    terms: z.array(term).describe('Its words, all of them'),
  })
  .meta({ id: 'Vocabulary', description: 'The words that a field takes, each with its definition' });

export const vocabularySummary = z
  .object({
    name: vocabulary.shape.name,
    description: vocabulary.shape.description,
    count: z.int().describe('How many words it has'),
  })
  .meta({
    id: 'VocabularySummary',
    description: 'A vocabulary without its words',
    example: {
      name: 'event-statuses',
      description: 'How far an event has come, by the latest report.',
      count: 6,
    },
  });

export const vocabularyList = listOf(vocabularySummary, 'VocabularyList', 'A page of vocabularies');

export const vocabularyQuery = query(paging);

export const vocabularyPath = z.strictObject({
  name: z.string().meta({
    description: 'Name of the vocabulary',
    enum: vocabularyNames,
    examples: ['event-types'],
  }),
});
