import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { asOf, query, recordPath } from '../../http/request/parameters.ts';
import { answerRecord } from '../../http/response/documents.ts';
import { answerList } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { claimFormats } from './formats.ts';
import { claimQueries } from './queries.ts';
import { claimQuery } from './schema.ts';

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
        querystring: claimQuery.extend(claimFormats.list.parameters),
        response: {
          200: claimFormats.list.response('A page of claims'),
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
        querystring: query({ asOf, ...claimFormats.record.parameters }),
        response: {
          200: claimFormats.record.response('The claim'),
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(
        store.db,
        request,
        reply,
        claimQueries,
        { id: request.params.id, asOf: request.query.asOf },
        claimFormats.record,
      ),
  );
}
