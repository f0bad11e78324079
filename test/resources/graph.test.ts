import { DOMParser, type Element } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actor, event, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

const AWKWARD = '“Dan” <O\'Neil> & "Söhne" \u0001]]> 李';

beforeAll(async () => {
  server = await startApp(
    world({
      actors: [actor('dan', { name: AWKWARD, kind: 'group' })],
      events: [
        event('summit', {
          type: 'CONSULT',
          date: '2025-06-15',
          participants: [
            { actor: 'alice', role: 'initiator', onBehalfOf: 'freedonia' },
            { actor: 'alice', role: 'signatory', onBehalfOf: 'freedonia' },
            { actor: 'bob', role: 'recipient', onBehalfOf: 'sylvania' },
            { actor: 'carol', role: 'witness', onBehalfOf: 'freedonia' },
          ],
        }),
        event('drill', {
          type: 'COOPERATE',
          date: '2024-03',
          participants: [
            { actor: 'bob', role: 'participant', onBehalfOf: 'sylvania' },
            { actor: 'freedonia', role: 'participant' },
            { actor: 'alice', role: 'participant', onBehalfOf: 'freedonia' },
          ],
          topics: ['security'],
        }),
        event('rebuke', {
          type: 'ACCUSE',
          date: '[..2025-08-01]',
          status: 'alleged',
          participants: [
            { actor: 'sylvania', role: 'initiator' },
            { actor: 'freedonia', role: 'recipient' },
          ],
        }),
        event('blockade', {
          type: 'SANCTION',
          date: '../..',
          participants: [
            { actor: 'sylvania', role: 'initiator' },
            { actor: 'freedonia', role: 'recipient' },
          ],
        }),
        event('change', {
          date: '2020',
          participants: [
            { actor: 'dan', role: 'affected' },
            { actor: 'carol', role: 'affected' },
          ],
        }),
        event('lonely', { type: 'AGREE', participants: [{ actor: 'dan', role: 'initiator' }] }),
      ],
    }),
  );
});
afterAll(() => server.close());

const get = async (query: string) => {
  const { status, body } = await server.get(`/v1/graph?${query}`);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body;
};
type Edge = { source: string; target: string; weight: number };
const edges = async (query: string) =>
  (await get(query)).edges.map(({ source, target, weight }: Edge) => `${source} ${target} ${weight}`);

test('all who share an event, each pair once, the heaviest first', async () => {
  const body = await get('');
  expect(body).toMatchObject({ as: 'participants', directed: false, truncated: false });
  expect(body.edges.map(({ source, target, weight }: Edge) => `${source} ${target} ${weight}`)).toEqual([
    // Alice has two roles at the summit: still one event.
    'alice bob 2',
    'freedonia sylvania 2',
    'alice carol 1',
    'alice freedonia 1',
    'bob carol 1',
    'bob freedonia 1',
    'carol dan 1',
  ]);
  expect(body.edges[0]).toEqual({
    source: 'alice',
    target: 'bob',
    weight: 2,
    cooperation: { verbal: 1, material: 1 },
    conflict: { verbal: 0, material: 0 },
    first: '2024-03-01',
    last: '2025-06-15',
  });
  // An event of which no day is known counts, but sets no first and last day.
  expect(body.edges[1]).toEqual({
    source: 'freedonia',
    target: 'sylvania',
    weight: 2,
    cooperation: { verbal: 0, material: 0 },
    conflict: { verbal: 1, material: 1 },
    // The only event of the two is of some day up to that one.
    first: null,
    last: null,
  });
  // Without a type it is neither cooperation nor conflict.
  expect(body.edges.at(-1)).toMatchObject({
    weight: 1,
    cooperation: { verbal: 0, material: 0 },
    conflict: { verbal: 0, material: 0 },
  });
  expect(body.nodes).toEqual([
    { id: 'freedonia', name: 'Name of freedonia', kind: 'state', events: 3 },
    { id: 'alice', name: 'Alice Ångström', kind: 'person', events: 2 },
    { id: 'bob', name: 'Name of bob', kind: 'person', events: 2 },
    { id: 'carol', name: 'Name of carol', kind: 'person', events: 2 },
    { id: 'dan', name: AWKWARD, kind: 'group', events: 2 },
    { id: 'sylvania', name: 'Name of sylvania', kind: 'state', events: 2 },
  ]);
});

test.each([
  ['directed=true', ['sylvania freedonia 2', 'alice bob 1']],
  ['as=principals', ['freedonia sylvania 4', 'carol dan 1']],
  ['as=principals&directed=true', ['sylvania freedonia 2', 'freedonia sylvania 1']],
  ['directed=true&status=occurred&type=SANCTION,CONSULT', ['alice bob 1', 'sylvania freedonia 1']],
  ['topic=security', ['alice bob 1', 'alice freedonia 1', 'bob freedonia 1']],
  ['from=2025&to=2025&dateMatch=certain&as=principals', ['freedonia sylvania 1']],
  ['actor=dan', ['carol dan 1']],
  ['actor=bob&role=recipient&as=principals', ['freedonia sylvania 1']],
  ['type=AGREE', []],
])('%s', async (query, expected) => {
  expect(await edges(query)).toEqual(expected);
});

test('folded into principals, an event counts once for its pair and its nodes', async () => {
  const body = await get('as=principals&topic=security');
  expect(body.edges).toMatchObject([
    { source: 'freedonia', target: 'sylvania', weight: 1, cooperation: { verbal: 0, material: 1 } },
  ]);
  expect(body.nodes.map(({ id, events }: { id: string; events: number }) => [id, events])).toEqual([
    ['freedonia', 1],
    ['sylvania', 1],
  ]);
});

test('limit keeps the heaviest edges and their actors, and says that there are more', async () => {
  const body = await get('limit=2');
  expect(body.truncated).toBe(true);
  expect(body.edges.map(({ source }: Edge) => source)).toEqual(['alice', 'freedonia']);
  expect(body.nodes.map(({ id }: { id: string }) => id).sort()).toEqual([
    'alice',
    'bob',
    'freedonia',
    'sylvania',
  ]);
  expect((await get('limit=7')).truncated).toBe(false);
});

describe('GraphML', () => {
  const parse = (xml: string) => {
    const faults: string[] = [];
    const document = new DOMParser({ onError: (_level, message) => faults.push(message) }).parseFromString(
      xml,
      'application/xml',
    );
    expect(faults).toEqual([]);
    const all = (name: string, within: Element | typeof document = document): Element[] => [
      ...within.getElementsByTagNameNS('http://graphml.graphdrawing.org/xmlns', name),
    ];
    const keys = new Map(all('key').map((key) => [key.getAttribute('id'), key]));
    const data = (element: Element) =>
      Object.fromEntries(
        all('data', element)
          .filter((item) => item.parentNode === element)
          .map((item) => {
            const key = keys.get(item.getAttribute('key'));
            expect(key?.getAttribute('for')).toBe(element.localName);
            const text = item.textContent ?? '';
            const isInt = key?.getAttribute('attr.type') === 'int';
            return [key?.getAttribute('attr.name'), isInt ? Number(text) : text];
          }),
      );
    return { document, all, data };
  };

  test('holds what the JSON holds', async () => {
    for (const query of ['', 'directed=true', 'as=principals', 'limit=2', 'type=AGREE']) {
      const json = await get(query);
      const response = await server.app.inject(`/v1/graph?${query}&format=graphml`);
      expect(response.statusCode).toBe(200);
      expect(response.headers['content-type']).toMatch(/^application\/graphml\+xml/);
      const { document, all, data } = parse(response.body);
      expect(document.documentElement?.localName).toBe('graphml');
      const [graph] = all('graph');
      if (!graph) throw new Error('no graph');
      expect(graph.getAttribute('edgedefault')).toBe(json.directed ? 'directed' : 'undirected');
      // Gephi refuses keys of the graph itself.
      expect(data(graph)).toEqual({});
      expect(all('key').map((key) => key.getAttribute('for'))).not.toContain('graph');
      expect(all('node').map((node) => ({ id: node.getAttribute('id'), ...data(node) }))).toEqual(
        // The control character in a name cannot be written in XML.
        json.nodes.map(({ name, ...node }: { name: string }) => ({
          ...node,
          // Gephi shows `label`.
          label: name.replace('\u0001', ''),
        })),
      );
      expect(
        all('edge').map((edge) => ({
          source: edge.getAttribute('source'),
          target: edge.getAttribute('target'),
          ...data(edge),
        })),
      ).toEqual(
        json.edges.map(
          ({ cooperation, conflict, first, last, ...edge }: Record<string, Record<string, number>>) => ({
            ...edge,
            ...(first === null ? {} : { first, last }),
            verbalCooperation: cooperation?.verbal,
            materialCooperation: cooperation?.material,
            verbalConflict: conflict?.verbal,
            materialConflict: conflict?.material,
          }),
        ),
      );
    }
  });

  test.each([
    ['application/graphml+xml', '', 'application/graphml+xml'],
    ['application/json;q=0.5, application/graphml+xml', '', 'application/graphml+xml'],
    ['application/graphml+xml;q=0.5, application/json', '', 'application/json'],
    ['*/*', '', 'application/json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', '', 'application/json'],
    // What the link says goes over what the client accepts.
    ['application/json', 'format=graphml', 'application/graphml+xml'],
    ['application/graphml+xml', 'format=json', 'application/json'],
  ])('Accept: %s with "%s" is answered in %s', async (accept, query, expected) => {
    const response = await server.app.inject({ url: `/v1/graph?${query}`, headers: { accept } });
    expect(response.statusCode).toBe(200);
    expect(String(response.headers['content-type']).split(';')[0]).toBe(expected);
    expect(String(response.headers.vary).toLowerCase()).toContain('accept');
  });

  test('an error is a problem, whatever is accepted', async () => {
    const response = await server.app.inject('/v1/graph?format=graphml&actor=nobody-at-all');
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  });
});

test.each([
  ['as=states', 'as', '"states" is not one of participants, principals', []],
  ['directed=maybe', 'directed', 'is neither true nor false', []],
  ['limit=1001', 'limit', 'must be a whole number from 1 to 1000', []],
  ['format=xml', 'format', '"xml" is no format of this route: it has json, graphml', []],
  ['actor=alic', 'actor', 'there is no actor "alic"', ['alice']],
  ['role=host', 'role', 'needs `actor`', []],
  ['cursor=x', 'cursor', 'there is no such parameter', []],
])('%s is refused', async (query, parameter, detail, suggestions) => {
  const { status, body } = await server.get(`/v1/graph?${query}`);
  expect(status).toBe(400);
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0]).toMatchObject({ parameter, location: 'query' });
  expect(body.errors[0].detail).toContain(detail);
  expect(body.errors[0].suggestions.slice(0, suggestions.length || undefined)).toEqual(suggestions);
});
