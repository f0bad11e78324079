import XMLBuilder from 'fast-xml-builder';
import { z } from 'zod';
import type { DocumentFormat } from './format.ts';
import { plainText } from './plainText.ts';

type Value = string | number | null;
export interface Attribute {
  name: string;
  type: 'string' | 'int';
}

/** A graph and the attributes of its nodes and edges; an attribute that is null is omitted. */
export interface GraphMl {
  directed: boolean;
  attributes: Record<'node' | 'edge', readonly Attribute[]>;
  nodes: readonly { id: string; values: Record<string, Value> }[];
  edges: readonly { source: string; target: string; values: Record<string, Value> }[];
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: 'text',
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
});

const schema = z
  .string()
  .meta({ id: 'GraphML', description: 'The graph as GraphML (http://graphml.graphdrawing.org)' });

/** A document as GraphML, which Gephi, NetworkX and igraph read; `graph` says what it is as a graph. */
export function graphMl<T>(graph: (document: T) => GraphMl): DocumentFormat<T> {
  return { mediaType: 'application/graphml+xml', schema, write: (document) => written(graph(document)) };
}

function written({ directed, attributes, nodes, edges }: GraphMl): string {
  const data = (owner: keyof typeof attributes, of: Record<string, Value>) =>
    attributes[owner].flatMap(({ name }) => {
      const value = of[name] ?? null;
      const text = typeof value === 'string' ? plainText(value) : value;
      return text === null ? [] : [{ '@key': `${owner}-${name}`, text }];
    });
  const keys = (['node', 'edge'] as const).flatMap((owner) =>
    attributes[owner].map(({ name, type }) => ({
      '@id': `${owner}-${name}`,
      '@for': owner,
      '@attr.name': name,
      '@attr.type': type,
    })),
  );
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    graphml: {
      '@xmlns': 'http://graphml.graphdrawing.org/xmlns',
      key: keys,
      graph: {
        '@edgedefault': directed ? 'directed' : 'undirected',
        node: nodes.map((node) => ({ '@id': node.id, data: data('node', node.values) })),
        edge: edges.map(({ source, target, values: of }) => ({
          '@source': source,
          '@target': target,
          data: data('edge', of),
        })),
      },
    },
  });
}
