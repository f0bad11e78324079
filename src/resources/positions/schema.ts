import { z } from 'zod';
import { stances, words } from '../../domain/vocabularies.ts';
import { ids, vocabulary } from '../../http/request/groups.ts';
import {
  asOf,
  choice,
  dateWindow,
  facets,
  fields,
  paging,
  query,
  sort,
} from '../../http/request/parameters.ts';
import {
  actorReference,
  citation,
  claimReference,
  dateRange,
  facetCounts,
  listOf,
  statementReference,
  topicReference,
} from '../../http/response/schemas.ts';

export const actorPosition = z
  .object({
    actor: actorReference.describe(
      'Who takes it: the actor, or with `actorScope=bodies` a body that belongs to it',
    ),
    claim: claimReference,
    stance: z.enum(words(stances)).describe('Its position on the claim'),
    since: dateRange.describe('When it is first known to take it'),
    statement: statementReference.nullable().describe('The statement in which it takes it'),
    topics: z.array(topicReference).describe('What the claim is about'),
    citations: z.array(citation).describe('The passages that show it'),
  })
  .meta({ id: 'ActorPosition', description: 'A side that one actor takes, on whichever claim' });

/** What positions can be counted by. */
export const actorPositionFacets = ['stance', 'topic', 'source', 'publisher'] as const;

export const actorPositionList = listOf(
  actorPosition,
  'ActorPositionList',
  'A page of positions',
  facetCounts('ActorPositionFacets', actorPositionFacets),
);

export const actorPositionQuery = query({
  actorScope: choice(
    '`direct`: positions of the actor alone; `bodies`: also those of the bodies that belong to it, at any depth.',
    ['direct', 'bodies'],
    'direct',
  ),
  stance: vocabulary('Positions of this stance.', words(stances), 'denies'),
  topic: ids('topic', 'Positions on claims on this topic or a narrower one.', 'ream-naval-base'),
  source: ids('source', 'Positions that this source shows.', 'dw-2025-11-13'),
  publisher: ids('actor', 'Positions that a source of this publisher shows.', 'dw'),
  ...dateWindow,
  asOf,
  sort: sort(['date', '-date'], 'date'),
  ...paging,
  fields: fields(actorPosition, 'claim,stance,since'),
  facets: facets(actorPositionFacets, 'stance,topic'),
});
