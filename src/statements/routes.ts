import type { Store } from '../db/store.ts';
import type { App } from '../http/app.ts';
import { listBody, pageRequest } from '../http/paging.ts';
import { asOf, query, recordPath } from '../http/parameters.ts';
import { listProblems, recordProblems } from '../http/problems.ts';
import { getStatement, listStatements } from './queries.ts';
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
            content: { 'application/json': { schema: statementList } },
          },
          ...listProblems,
        },
      },
    },
    async (request, reply) => {
      const { sort, limit, cursor, count, ...filter } = request.query;
      const page = await listStatements(
        store.db,
        filter,
        sort,
        pageRequest(request, { limit, cursor, count }),
      );
      return listBody(page, request, reply);
    },
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
        querystring: query({ asOf }),
        response: {
          200: { description: 'The statement', content: { 'application/json': { schema: statement } } },
          ...recordProblems,
        },
      },
    },
    async (request) => getStatement(store.db, request.params.id, request.query.asOf),
  );
}
