import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { query, recordPath } from '../../http/request/parameters.ts';
import { answerRecord } from '../../http/response/documents.ts';
import { answerList } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { sourceFormats } from './formats.ts';
import { sourceQueries } from './queries.ts';
import { sourceQuery } from './schema.ts';

/** `/v1/sources` and `/v1/sources/{id}`. */
export function sourceRoutes(app: App, store: Store): void {
  app.get(
    '/v1/sources',
    {
      schema: {
        operationId: 'listSources',
        tags: ['Sources'],
        summary: 'List sources',
        description: 'The articles that prove the records, by publisher, kind and date. Newest first.',
        querystring: sourceQuery.extend(sourceFormats.list.parameters),
        response: {
          200: sourceFormats.list.response('A page of sources'),
          ...listProblems,
        },
      },
    },
    async (request, reply) => answerList(store, request, reply, request.query, sourceQueries, sourceFormats),
  );

  app.get(
    '/v1/sources/:id',
    {
      schema: {
        operationId: 'getSource',
        tags: ['Sources'],
        summary: 'Get a source',
        description: 'One source, whole.',
        params: recordPath('source', 'dw-2025-11-13'),
        querystring: query({ ...sourceFormats.record.parameters }),
        response: {
          200: sourceFormats.record.response('The source'),
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(store.db, request, reply, sourceQueries, { id: request.params.id }, sourceFormats.record),
  );
}
