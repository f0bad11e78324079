import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { asOf, query, recordPath } from '../../http/request/parameters.ts';
import { answerRecord } from '../../http/response/documents.ts';
import { answerList } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { statementFormats } from './formats.ts';
import { statementQueries } from './queries.ts';
import { statementQuery } from './schema.ts';

/** `/v1/statements` and `/v1/statements/{id}`. */
export function statementRoutes(app: App, store: Store): void {
  app.get(
    '/v1/statements',
    {
      schema: {
        operationId: 'listStatements',
        tags: ['Statements'],
        summary: 'List statements',
        description:
          'Statements by who makes them, about whom, when, on what and by whose report; each with its topics and citations. Newest first.',
        querystring: statementQuery.extend(statementFormats.list.parameters),
        response: {
          200: statementFormats.list.response('A page of statements'),
          ...listProblems,
        },
      },
    },
    async (request, reply) =>
      answerList(store, request, reply, request.query, statementQueries, statementFormats),
  );

  app.get(
    '/v1/statements/:id',
    {
      schema: {
        operationId: 'getStatement',
        tags: ['Statements'],
        summary: 'Get a statement',
        description: 'One statement, whole.',
        params: recordPath('statement', 'hun-sen-right-to-expand-navy'),
        querystring: query({ asOf, ...statementFormats.record.parameters }),
        response: {
          200: statementFormats.record.response('The statement'),
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(
        store.db,
        request,
        reply,
        statementQueries,
        { id: request.params.id, asOf: request.query.asOf },
        statementFormats.record,
      ),
  );
}
