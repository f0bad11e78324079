import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { asOf, format, query, recordPath } from '../../http/request/parameters.ts';
import { feed } from '../../http/response/formats/atom.ts';
import { linkedData } from '../../http/response/formats/jsonld.ts';
import { lines } from '../../http/response/formats/ndjson.ts';
import { answerList, answerRecord } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { statementFormats, statementTable } from './formats.ts';
import { statementQueries } from './queries.ts';
import { statement, statementList, statementQuery } from './schema.ts';

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
        querystring: statementQuery,
        response: {
          200: {
            description: 'A page of statements',
            content: {
              'application/json': { schema: statementList },
              'text/csv': { schema: statementTable },
              'application/x-ndjson': { schema: lines },
              'application/atom+xml': { schema: feed },
              'application/ld+json': { schema: linkedData },
            },
          },
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
        querystring: query({ asOf, format: format(['json', 'jsonld']) }),
        response: {
          200: {
            description: 'The statement',
            content: {
              'application/json': { schema: statement },
              'application/ld+json': { schema: linkedData },
            },
          },
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(
        await statementQueries.get(store.db, request.params.id, request.query.asOf),
        request,
        reply,
        statementFormats,
      ),
  );
}
