import type { Store } from '../../db/store.ts';
import { listProblems } from '../../http/problems/types.ts';
import { answerList } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { figureFormats } from './formats.ts';
import { figureQueries } from './queries.ts';
import { figureQuery } from './schema.ts';

/** `/v1/figures`. */
export function figureRoutes(app: App, store: Store): void {
  app.get(
    '/v1/figures',
    {
      schema: {
        operationId: 'listFigures',
        tags: ['Figures'],
        summary: 'List figures',
        description:
          'The numbers that the articles give about the world: people killed or displaced, money lost or seized, rates, shares, durations, counts; each with its unit, the event or claim it belongs to, and the passages that give it. Those of the newest events and claims first.',
        querystring: figureQuery.extend(figureFormats.list.parameters),
        response: { 200: figureFormats.list.response('A page of figures'), ...listProblems },
      },
    },
    async (request, reply) => answerList(store, request, reply, request.query, figureQueries, figureFormats),
  );
}
