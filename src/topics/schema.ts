import { z } from 'zod';
import { ids, paging, query, sort } from '../http/parameters.ts';
import { listOf, topicReference } from '../http/schemas.ts';

export const topic = z
  .object({
    id: z.string().describe('Id of the topic'),
    label: z.string().describe('Its label'),
    description: z.string().describe('What belongs to it'),
    broader: topicReference.nullable().describe('The topic above it'),
    narrower: z.array(topicReference).describe('The topics right beneath it'),
  })
  .meta({ id: 'Topic', description: 'A topic of the scheme by which records are tagged (after SKOS)' });

export const topicList = listOf(topic, 'TopicList', 'A page of topics');

export const topicQuery = query({
  broader: ids('Topics beneath this one, at any depth.', 'security'),
  sort: sort(['label', '-label', 'id', '-id'], 'label'),
  ...paging,
});
