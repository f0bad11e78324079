import type { Store } from '../db/store.ts';
import type { App } from '../http/app.ts';
import { listBody, pageRequest } from '../http/paging.ts';
import { asOf, query, recordPath } from '../http/parameters.ts';
import { listProblems, recordProblems } from '../http/problems.ts';
import { getClaim, listClaims } from './queries.ts';
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
          200: { description: 'A page of claims', content: { 'application/json': { schema: claimList } } },
          ...listProblems,
        },
      },
    },
    async (request, reply) => {
      const { sort, limit, cursor, count, ...filter } = request.query;
      const page = await listClaims(store.db, filter, sort, pageRequest(request, { limit, cursor, count }));
      return listBody(page, request, reply);
    },
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
        querystring: query({ asOf }),
        response: {
          200: { description: 'The claim', content: { 'application/json': { schema: claim } } },
          ...recordProblems,
        },
      },
    },
    async (request) => getClaim(store.db, request.params.id, request.query.asOf),
  );
}
