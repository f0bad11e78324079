import type { z } from 'zod';
import type { Store } from '../../db/store.ts';
import { listProblems } from '../../http/problems/types.ts';
import { formats, mediaType } from '../../http/request/negotiation.ts';
import { graphMl as written } from '../../http/response/formats/graphml.ts';
import type { App } from '../../http/types.ts';
import { getGraph } from './queries.ts';
import { graph, graphMl, graphQuery } from './schema.ts';

const GRAPHML = formats.graphml;

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
          'The actors that share events, under the filters of the list of events: `status=occurred,ongoing` leaves out what is only planned, proposed or alleged. An edge counts each event once, and its cooperation and conflict by the quad class of the event type; nobody has an edge to itself. As JSON, or as GraphML for Gephi, NetworkX and igraph.',
        querystring: graphQuery,
        response: {
          200: {
            description: 'The graph',
            content: { 'application/json': { schema: graph }, [GRAPHML]: { schema: graphMl } },
          },
          ...listProblems,
        },
      },
    },
    async (request, reply) => {
      const { format: _format, ...query } = request.query;
      const found = await getGraph(store.workers, query);
      if (mediaType(request) !== GRAPHML) return found;
      return reply.type(`${GRAPHML}; charset=utf-8`).send(asGraphMl(found));
    },
  );
}

function asGraphMl({ as, directed, nodes, edges, truncated }: z.infer<typeof graph>): string {
  const string = (name: string) => ({ name, type: 'string' as const });
  const int = (name: string) => ({ name, type: 'int' as const });
  return written({
    directed,
    attributes: {
      graph: [string('as'), { name: 'truncated', type: 'boolean' }],
      node: [string('name'), string('kind'), int('events')],
      edge: [
        int('weight'),
        int('verbalCooperation'),
        int('materialCooperation'),
        int('verbalConflict'),
        int('materialConflict'),
        string('first'),
        string('last'),
      ],
    },
    values: { as, truncated },
    nodes: nodes.map(({ id, ...values }) => ({ id, values })),
    edges: edges.map(({ source, target, cooperation, conflict, ...values }) => ({
      source,
      target,
      values: {
        ...values,
        verbalCooperation: cooperation.verbal,
        materialCooperation: cooperation.material,
        verbalConflict: conflict.verbal,
        materialConflict: conflict.material,
      },
    })),
  });
}
