import { z } from 'zod';
import { statementForms, statementMedia, words } from '../../domain/vocabularies.ts';
import { statementFilters } from '../../http/request/filters.ts';
import { facets, fields, paging, query, sort } from '../../http/request/parameters.ts';
import {
  actorReference,
  citation,
  datasetReference,
  dateRange,
  eventReference,
  facetCounts,
  listOf,
  topicReference,
} from '../../http/response/schemas.ts';

export const statement = z
  .object({
    id: z.string().describe('Id of the statement'),
    dataset: datasetReference,
    speaker: actorReference.describe('Whose words they are'),
    relayedBy: actorReference.nullable().describe('Who passes them on: a website, a post, a spokesman'),
    onBehalfOf: actorReference.nullable().describe('The state or body the speaker speaks for'),
    form: z.enum(words(statementForms)).describe('Whether the words themselves are quoted'),
    medium: z
      .enum(words(statementMedia))
      .nullable()
      .describe('Where it was made; null when the text does not say'),
    said: dateRange.describe(
      'When it was made; one day up to publication (`[..2025-11-13]`) when the text gives no date',
    ),
    gist: z.string().describe('What it says, in our own words'),
    occasion: eventReference.nullable().describe('The event at which it was made'),
    about: z.array(actorReference).describe('The actors it is about'),
    topics: z.array(topicReference).describe('What it is about'),
    citations: z.array(citation).describe('The passages that report it'),
  })
  .meta({ id: 'Statement', description: 'Something that somebody said' });

/** What statements can be counted by. */
export const statementFacets = [
  'actor',
  'about',
  'topic',
  'form',
  'medium',
  'occasion',
  'source',
  'publisher',
  'dataset',
] as const;

export const statementList = listOf(
  statement,
  'StatementList',
  'A page of statements',
  facetCounts('StatementFacets', statementFacets),
);

export const statementQuery = query({
  ...statementFilters,
  sort: sort(['-date', 'date', 'id', '-id', 'relevance'], '-date'),
  ...paging,
  fields: fields(statement, 'id,speaker,gist'),
  facets: facets(statementFacets, 'actor,form'),
});
