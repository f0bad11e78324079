import type { z } from 'zod';
import { operationFormats } from '../../http/response/defineFormats.ts';
import { type Attribute, type GraphMl, graphMl } from '../../http/response/formats/graphml.ts';
import { graph } from './schema.ts';

/** The formats of the graph. */
export const graphFormats = operationFormats(graph, { graphml: graphMl(asGraphMl) });

function asGraphMl({ directed, nodes, edges }: z.infer<typeof graph>): GraphMl {
  const string = (name: string): Attribute => ({ name, type: 'string' });
  const int = (name: string): Attribute => ({ name, type: 'int' });
  return {
    directed,
    attributes: {
      node: [string('label'), string('kind'), int('events')],
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
    // Gephi shows `label`.
    nodes: nodes.map(({ id, name, ...values }) => ({ id, values: { label: name, ...values } })),
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
  };
}
