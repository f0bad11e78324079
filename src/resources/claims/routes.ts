import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { asOf, format, query, recordPath } from '../../http/request/parameters.ts';
import { linkedData } from '../../http/response/formats/jsonld.ts';
import { lines } from '../../http/response/formats/ndjson.ts';
import { answerList, answerRecord } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { claimFormats, claimTable } from './formats.ts';
import { claimQueries } from './queries.ts';
import { claim, claimList, claimQuery } from './schema.ts';

/** `/v1/claims` and `/v1/claims/{id}`. */
export function claimRoutes(app: App, store: Store): void {
  app.get(
    '/v1/claims',
    {
      schema: {
        operationId: 'listClaims',
        tags: ['Claims'],
        summary: 'List claims',
        description:
          'Claims by who takes which side, about whom, on what and by whose report; each with all its positions and what they amount to. Newest first.',
        querystring: claimQuery,
        response: {
          200: {
            description: 'A page of claims',
            content: {
              'application/json': { schema: claimList },
              'text/csv': { schema: claimTable },
              'application/x-ndjson': { schema: lines },
              'application/ld+json': { schema: linkedData },
            },
          },
          ...listProblems,
        },
      },
    },
    async (request, reply) => answerList(store, request, reply, request.query, claimQueries, claimFormats),
  );

  app.get(
    '/v1/claims/:id',
    {
      schema: {
        operationId: 'getClaim',
        tags: ['Claims'],
        summary: 'Get a claim',
        description: 'One claim, with every position on it.',
        params: recordPath('claim', 'ream-chinese-military-access'),
        querystring: query({ asOf, format: format(['json', 'jsonld']) }),
        response: {
          200: {
            description: 'The claim',
            content: { 'application/json': { schema: claim }, 'application/ld+json': { schema: linkedData } },
          },
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(
        await claimQueries.get(store.db, request.params.id, request.query.asOf),
        request,
        reply,
        claimFormats,
      ),
  );
}
