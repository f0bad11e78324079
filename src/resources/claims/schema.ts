import { z } from 'zod';
import { claimKinds, measures, stances, standings, words } from '../../domain/vocabularies.ts';
import { ids, vocabulary } from '../../http/request/groups.ts';
import {
  actorScope,
  asOf,
  dateWindow,
  facets,
  fields,
  fullText,
  paging,
  query,
  sort,
} from '../../http/request/parameters.ts';
import {
  actorReference,
  citation,
  claimReference,
  datasetReference,
  dateRange,
  eventReference,
  facetCounts,
  figure,
  listOf,
  statementReference,
  topicReference,
} from '../../http/response/schemas.ts';

export const position = z
  .object({
    actor: actorReference,
    stance: z.enum(words(stances)).describe('Its position'),
    statement: statementReference.nullable().describe('The statement in which it takes it'),
    since: dateRange.describe('When the actor is first known to take this position'),
    citations: z.array(citation).describe('The passages that show it'),
  })
  .meta({ id: 'Position', description: 'The side an actor takes on a claim' });

export const claim = z
  .object({
    id: z.string().describe('Id of the claim'),
    dataset: datasetReference,
    proposition: z.string().describe('The proposition, in our own words'),
    kind: z.enum(words(claimKinds)).describe('What sort of proposition it is'),
    about: z.array(actorReference).describe('The actors it is about'),
    event: eventReference.nullable().describe('The event it is about'),
    topics: z.array(topicReference).describe('What it is about'),
    standing: z.enum(words(standings)).describe('What the positions amount to; derived from them'),
    stances: z
      .object({
        asserts: z.int().describe('Positions that assert it'),
        supports: z.int().describe('Positions that support it'),
        reports: z.int().describe('Positions that pass it on'),
        doubts: z.int().describe('Positions that doubt it'),
        denies: z.int().describe('Positions that deny it'),
      })
      .meta({ id: 'StanceTally', description: 'Positions by stance' }),
    independentSources: z
      .int()
      .describe(
        'Sources in which somebody asserts or supports it, without those that repeat another of them',
      ),
    independentVoices: z
      .int()
      .describe('States, bodies and others that assert or support it, each with all that speak for it'),
    contradicts: z.array(claimReference).describe('Claims that cannot be true together with it'),
    positions: z.array(position).describe('Who asserts, supports, reports, doubts or denies it'),
    figures: z.array(figure).describe('The numbers in the proposition'),
  })
  .meta({ id: 'Claim', description: 'A proposition that actors assert, deny or doubt' });

/** What claims can be counted by. */
export const claimFacets = [
  'actor',
  'about',
  'stance',
  'topic',
  'kind',
  'standing',
  'event',
  'measure',
  'source',
  'publisher',
  'dataset',
] as const;

export const claimList = listOf(
  claim,
  'ClaimList',
  'A page of claims',
  facetCounts('ClaimFacets', claimFacets),
);

export const claimQuery = query({
  q: fullText('Claims whose proposition or citations have these words.', 'ream').optional(),
  actor: ids('actor', 'Claims on which this actor has a position.', 'cambodia'),
  actorScope,
  about: ids('actor', 'Claims about this actor or a body that belongs to it.', 'united-states'),
  stance: vocabulary(
    'Claims on which somebody (with `actor`: that actor) takes this stance.',
    words(stances),
    'denies',
    'stances',
  ),
  topic: ids('topic', 'Claims on this topic or a narrower one.', 'ream-naval-base'),
  source: ids(
    'source',
    'Claims on which this source shows a position. With `standing=disputed`, also claims that contradict one of these: two sources find the disputes between them.',
    'dw-2025-11-13',
  ),
  publisher: ids('actor', 'A position cites a source of this publisher.', 'khmer-times'),
  dataset: ids('dataset', 'Claims of this dataset.', 'cambodia-us'),
  kind: vocabulary('Claims of this kind.', words(claimKinds), 'causal', 'claim-kinds'),
  standing: vocabulary('Claims of this standing.', words(standings), 'disputed', 'standings'),
  event: ids('event', 'Claims about this event.', 'arms-embargo-lifted-2025'),
  measure: vocabulary('Claims with a figure of this measure.', words(measures), 'lost', 'measures'),
  ...dateWindow,
  asOf,
  sort: sort(['-date', 'date', 'id', '-id', 'relevance'], '-date'),
  ...paging,
  fields: fields(claim, 'id,proposition,standing'),
  facets: facets(claimFacets, 'standing,stance'),
});
