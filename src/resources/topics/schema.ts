import { z } from 'zod';
import { ids } from '../../http/request/groups.ts';
import { facets, fields, paging, query, sort } from '../../http/request/parameters.ts';
import { facetCounts, listOf, topicReference } from '../../http/response/schemas.ts';

export const topic = z
  .object({
    id: z.string().describe('Id of the topic'),
    label: z.string().describe('Its label'),
    description: z.string().describe('What belongs to it'),
    broader: topicReference.nullable().describe('The topic above it'),
    narrower: z.array(topicReference).describe('The topics one step narrower'),
  })
  .meta({ id: 'Topic', description: 'A topic of the scheme by which records are tagged (after SKOS)' });

/** What topics can be counted by. */
export const topicFacets = ['broader'] as const;

export const topicList = listOf(
  topic,
  'TopicList',
  'A page of topics',
  facetCounts('TopicFacets', topicFacets),
);

export const topicQuery = query({
  broader: ids('topic', 'Topics narrower than this one, at any depth.', 'security'),
  sort: sort(['label', '-label', 'id', '-id'], 'label'),
  ...paging,
  fields: fields(topic, 'id,label'),
  facets: facets(topicFacets, 'broader'),
});
