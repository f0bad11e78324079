import type { Store } from '../../db/store.ts';
import { recordProblems } from '../../http/problems/types.ts';
import { recordPath } from '../../http/request/parameters.ts';
import { answerList } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { actorPositionFormats } from './formats.ts';
import { positionQueries } from './queries.ts';
import { actorPositionQuery } from './schema.ts';

/** `/v1/actors/{id}/positions`. */
export function positionRoutes(app: App, store: Store): void {
  app.get(
    '/v1/actors/:id/positions',
    {
      schema: {
        operationId: 'listActorPositions',
        tags: ['Actors'],
        summary: "List an actor's positions",
        description:
          'How the stances of one actor develop: each side it takes itself, or with `actorScope=bodies` also the bodies that belong to it, on which claim, in which statement and on whose report. Earliest first, by the day since which it is known to take it. What is said on its behalf is found by `/v1/claims?actor=`.',
        params: recordPath('actor', 'cambodia'),
        querystring: actorPositionQuery.extend(actorPositionFormats.list.parameters),
        response: {
          200: actorPositionFormats.list.response('A page of positions'),
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerList(
        store,
        request,
        reply,
        { ...request.query, holder: request.params.id },
        positionQueries,
        actorPositionFormats,
      ),
  );
}
