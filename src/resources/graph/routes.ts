import type { Store } from '../../db/store.ts';
import { listProblems } from '../../http/problems/types.ts';
import { answerDocument } from '../../http/response/documents.ts';
import type { App } from '../../http/types.ts';
import { graphFormats } from './formats.ts';
import { getGraph } from './queries.ts';
import { graphQuery } from './schema.ts';

/** `/v1/graph`. */
export function graphRoutes(app: App, store: Store): void {
  app.get(
    '/v1/graph',
    {
      schema: {
        operationId: 'getGraph',
        tags: ['Analysis'],
        summary: 'Get who acts with whom',
        description:
          'The actors that share events, under the filters of the list of events: `status=occurred,ongoing` omits what is only planned, proposed or alleged. An edge counts each event once, and its cooperation and conflict by the quad class of the event type; no actor has an edge to itself. As JSON, or as GraphML for Gephi, NetworkX and igraph.',
        querystring: graphQuery.extend(graphFormats.parameters),
        response: {
          200: graphFormats.response('The graph'),
          ...listProblems,
        },
      },
    },
    async (request, reply) =>
      answerDocument(await getGraph(store.workers, request.query), request, reply, graphFormats),
  );
}
