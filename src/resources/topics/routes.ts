import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { query, recordPath } from '../../http/request/parameters.ts';
import { answerRecord } from '../../http/response/documents.ts';
import { answerList } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { topicQueries } from './queries.ts';
import { topic, topicList, topicQuery } from './schema.ts';

/** `/v1/topics` and `/v1/topics/{id}`. */
export function topicRoutes(app: App, store: Store): void {
  app.get(
    '/v1/topics',
    {
      schema: {
        operationId: 'listTopics',
        tags: ['Topics'],
        summary: 'List topics',
        description:
          'The topics by which records are tagged, each with its broader and narrower topics, one step each. By label.',
        querystring: topicQuery,
        response: {
          200: { description: 'A page of topics', content: { 'application/json': { schema: topicList } } },
          ...listProblems,
        },
      },
    },
    async (request, reply) => answerList(store, request, reply, request.query, topicQueries),
  );

  app.get(
    '/v1/topics/:id',
    {
      schema: {
        operationId: 'getTopic',
        tags: ['Topics'],
        summary: 'Get a topic',
        description: 'One topic.',
        params: recordPath('topic', 'arms-embargo'),
        querystring: query({}),
        response: {
          200: { description: 'The topic', content: { 'application/json': { schema: topic } } },
          ...recordProblems,
        },
      },
    },
    async (request, reply) => answerRecord(store.db, request, reply, topicQueries, { id: request.params.id }),
  );
}
