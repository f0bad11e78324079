import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { query, recordPath } from '../../http/request/parameters.ts';
import { answerRecord } from '../../http/response/documents.ts';
import { answerList } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { actorFormats } from './formats.ts';
import { actorQueries } from './queries.ts';
import { actorQuery } from './schema.ts';

/** `/v1/actors` and `/v1/actors/{id}`. */
export function actorRoutes(app: App, store: Store): void {
  app.get(
    '/v1/actors',
    {
      schema: {
        operationId: 'listActors',
        tags: ['Actors'],
        summary: 'List actors',
        description:
          'Actors by name, kind and place in a hierarchy; each with its titles and every name that the sources use. By name.',
        querystring: actorQuery.extend(actorFormats.list.parameters),
        response: {
          200: actorFormats.list.response('A page of actors'),
          ...listProblems,
        },
      },
    },
    async (request, reply) => answerList(store, request, reply, request.query, actorQueries, actorFormats),
  );

  app.get(
    '/v1/actors/:id',
    {
      schema: {
        operationId: 'getActor',
        tags: ['Actors'],
        summary: 'Get an actor',
        description: 'One actor, whole.',
        params: recordPath('actor', 'daniel-kritenbrink'),
        querystring: query({ ...actorFormats.record.parameters }),
        response: {
          200: actorFormats.record.response('The actor'),
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(store.db, request, reply, actorQueries, { id: request.params.id }, actorFormats.record),
  );
}
