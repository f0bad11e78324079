import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { format, query, recordPath } from '../../http/request/parameters.ts';
import { linkedData } from '../../http/response/formats/jsonld.ts';
import { lines } from '../../http/response/formats/ndjson.ts';
import { answerList, answerRecord } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { actorFormats, actorTable } from './formats.ts';
import { actorQueries } from './queries.ts';
import { actor, actorList, actorQuery } from './schema.ts';

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
          'Actors by name, kind and place in a hierarchy; each with every name the sources use for it and the titles it holds. By name.',
        querystring: actorQuery,
        response: {
          200: {
            description: 'A page of actors',
            content: {
              'application/json': { schema: actorList },
              'text/csv': { schema: actorTable },
              'application/x-ndjson': { schema: lines },
              'application/ld+json': { schema: linkedData },
            },
          },
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
        querystring: query({ format: format(['json', 'jsonld']) }),
        response: {
          200: {
            description: 'The actor',
            content: { 'application/json': { schema: actor }, 'application/ld+json': { schema: linkedData } },
          },
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(await actorQueries.get(store.db, request.params.id), request, reply, actorFormats),
  );
}
