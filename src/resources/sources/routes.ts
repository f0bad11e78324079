import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { format, query, recordPath } from '../../http/request/parameters.ts';
import { linkedData } from '../../http/response/formats/jsonld.ts';
import { lines } from '../../http/response/formats/ndjson.ts';
import { answerList, answerRecord } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { sourceFormats, sourceTable } from './formats.ts';
import { sourceQueries } from './queries.ts';
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
          200: {
            description: 'A page of sources',
            content: {
              'application/json': { schema: sourceList },
              'text/csv': { schema: sourceTable },
              'application/x-ndjson': { schema: lines },
              'application/ld+json': { schema: linkedData },
            },
          },
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
        querystring: query({ format: format(['json', 'jsonld']) }),
        response: {
          200: {
            description: 'The source',
            content: {
              'application/json': { schema: source },
              'application/ld+json': { schema: linkedData },
            },
          },
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(await sourceQueries.get(store.db, request.params.id), request, reply, sourceFormats),
  );
}
