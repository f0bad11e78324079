import type { Store } from '../db/store.ts';
import type { App } from '../http/app.ts';
import { listBody, pageRequest } from '../http/paging.ts';
import { query, recordPath } from '../http/parameters.ts';
import { listProblems, recordProblems } from '../http/problems.ts';
import { getSource, listSources } from './queries.ts';
import { source, sourceList, sourceQuery } from './schema.ts';

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
        querystring: sourceQuery,
        response: {
          200: { description: 'A page of sources', content: { 'application/json': { schema: sourceList } } },
          ...listProblems,
        },
      },
    },
    async (request, reply) => {
      const { sort, limit, cursor, count, ...filter } = request.query;
      const page = await listSources(store.db, filter, sort, pageRequest(request, { limit, cursor, count }));
      return listBody(page, request, reply);
    },
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
        querystring: query({}),
        response: {
          200: { description: 'The source', content: { 'application/json': { schema: source } } },
          ...recordProblems,
        },
      },
    },
    async (request) => getSource(store.db, request.params.id),
  );
}
