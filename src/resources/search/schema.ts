import { z } from 'zod';
import { searchableKinds } from '../../domain/vocabularies.ts';
import { vocabulary } from '../../http/request/groups.ts';
import { fullText, paging, query } from '../../http/request/parameters.ts';
import { listOf } from '../../http/response/schemas.ts';

export const searchResult = z
  .object({
    kind: z.enum(searchableKinds).describe('What sort of record it is'),
    id: z.string().describe('Id of the record'),
    title: z.string().describe('Its title, gist, proposition, name or label, on one line'),
    snippet: z
      .string()
      .describe('The words around the matches, as HTML: matches are in `<mark>`, everything else is escaped'),
    score: z
      .number()
      .describe(
        'How well it matches (BM25, and 1000 more where each word has the form that was asked for); to be compared with other results of the same query only',
      ),
  })
  .meta({
    id: 'SearchHit',
    description: 'A record found by full text',
    example: {
      kind: 'event',
      id: 'arms-embargo-lifted-2025',
      title: 'US lifts its arms embargo on Cambodia',
      snippet: 'US lifts its arms <mark>embargo</mark> on Cambodia',
      score: 1009.03,
    },
  });

export const searchList = listOf(searchResult, 'SearchHitList', 'A page of search results')
  .extend({
    didYouMean: z
      .string()
      .nullable()
      .optional()
      .describe(
        'Where nothing was found: the query with words of the store for those that are nowhere in it; null when none is like them',
      ),
  })
  .meta({ id: 'SearchHitList', description: 'A page of search results' });

export const searchQuery = query({
  q: fullText('Records whose words these are.', 'embargo'),
  kind: vocabulary('Records of this kind.', searchableKinds, 'event', 'record-kinds'),
  ...paging,
});
