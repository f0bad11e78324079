import type { Store } from '../db/store.ts';
import type { App } from '../http/app.ts';
import { linkedData } from '../http/formats/jsonld.ts';
import { lines } from '../http/formats/ndjson.ts';
import { answerList, answerRecord } from '../http/lists.ts';
import { listBody, pageRequest } from '../http/paging.ts';
import { format, query, recordPath } from '../http/parameters.ts';
import { listProblems, recordProblems } from '../http/problems.ts';
import { actorFormats, actorTable } from './formats.ts';
import { allActors, countActorsBy, getActor, listActorPositions, listActors } from './queries.ts';
import { actor, actorList, actorPositionList, actorPositionQuery, actorQuery } from './schema.ts';

/** `/v1/actors`, `/v1/actors/{id}` and `/v1/actors/{id}/positions`. */
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
    async (request, reply) => {
      const { sort, limit, cursor, count, fields, facets, format: _format, bom, ...filter } = request.query;
      const parameters = { limit, cursor, count, fields, facets, bom };
      return answerList(
        store,
        request,
        reply,
        parameters,
        {
          page: (page) => listActors(store.db, filter, sort, page),
          whole: (db) => allActors(db, filter, sort),
          facets: (names) => countActorsBy(store.db, filter, names),
        },
        actorFormats,
      );
    },
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
      answerRecord(await getActor(store.db, request.params.id), request, reply, actorFormats),
  );

  app.get(
    '/v1/actors/:id/positions',
    {
      schema: {
        operationId: 'listActorPositions',
        tags: ['Actors'],
        summary: "List an actor's positions",
        description:
          'How the stances of one actor develop: each side it takes itself, on which claim, in which statement and on whose report. Earliest first, by the day since which it is known to take it. What is said on its behalf is found by `/v1/claims?actor=`.',
        params: recordPath('actor', 'cambodia'),
        querystring: actorPositionQuery,
        response: {
          200: {
            description: 'A page of positions',
            content: { 'application/json': { schema: actorPositionList } },
          },
          ...recordProblems,
        },
      },
    },
    async (request, reply) => {
      const { limit, cursor, count, ...filter } = request.query;
      const page = await listActorPositions(
        store.db,
        request.params.id,
        filter,
        pageRequest(request, { limit, cursor, count }),
      );
      return listBody(page, request, reply);
    },
  );
}
