import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from './support/store.ts';

let server: TestApp;
let document: OpenApi;

interface OpenApi {
  openapi: string;
  paths: Record<string, { get: Operation }>;
  components: { schemas: Record<string, unknown> };
}
interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: {
    name: string;
    in: string;
    description: string;
    required: boolean;
    schema: { examples?: unknown[] };
    example?: unknown;
  }[];
  responses: Record<string, { description: string; content: Record<string, { schema: { $ref?: string } }> }>;
}

beforeAll(async () => {
  server = await startApp('bundled');
  document = (await server.get('/openapi.json')).body;
});
afterAll(() => server.close());

test('the committed document is the one that is served', async () => {
  expect(JSON.parse(readFileSync('openapi/openapi.json', 'utf8'))).toEqual(document);
  const yaml = await server.app.inject('/openapi.yaml');
  expect(yaml.body).toBe(readFileSync('openapi/openapi.yaml', 'utf8'));
});

test('every route has the operation of the design, every parameter and response a description', () => {
  expect(document.openapi).toBe('3.1.0');
  const operations = Object.entries(document.paths).map(([path, { get }]) => [path, get.operationId]);
  expect(Object.fromEntries(operations)).toEqual({
    '/v1/events': 'listEvents',
    '/v1/events/{id}': 'getEvent',
    '/v1/statements': 'listStatements',
    '/v1/statements/{id}': 'getStatement',
    '/v1/claims': 'listClaims',
    '/v1/claims/{id}': 'getClaim',
    '/v1/actors': 'listActors',
    '/v1/actors/{id}': 'getActor',
    '/v1/topics': 'listTopics',
    '/v1/topics/{id}': 'getTopic',
    '/v1/sources': 'listSources',
    '/v1/sources/{id}': 'getSource',
    '/v1/search': 'search',
  });
  for (const { get } of Object.values(document.paths)) {
    expect(get.summary && get.description && get.tags.length).toBeTruthy();
    for (const parameter of get.parameters)
      expect([parameter.name, parameter.description]).not.toContain(undefined);
    for (const response of Object.values(get.responses)) {
      expect(response.description).toBeTruthy();
      for (const { schema } of Object.values(response.content))
        expect(schema.$ref).toMatch(/^#\/components\/schemas\//);
    }
  }
});

test('every reference leads to a component, and every component is used', () => {
  const text = JSON.stringify(document);
  const references = new Set(
    [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]),
  );
  expect(references).toEqual(new Set(Object.keys(document.components.schemas)));
  expect(Object.keys(document.components.schemas)).not.toContain('EventInput');
});

test('each example of a parameter is accepted by its route, and finds something', async () => {
  // With `actor`, as its description says.
  const companions: Record<string, string> = { role: '&actor=united-states' };
  // What a route cannot do without.
  const needed: Record<string, string> = { '/v1/search': 'q=embargo' };
  for (const [template, { get }] of Object.entries(document.paths)) {
    const id = get.parameters.find((parameter) => parameter.in === 'path')?.example;
    const path = template.replace('{id}', String(id));
    const { status } = await server.get(`${path}?${needed[path] ?? ''}`);
    expect([path, status]).toEqual([path, 200]);
    for (const { name, schema } of get.parameters) {
      for (const value of schema.examples ?? []) {
        const query = `${name}=${[value].flat().join(',')}${companions[name] ?? ''}${name === 'q' || !needed[path] ? '' : `&${needed[path]}`}`;
        const answer = await server.get(`${path}?${query}`);
        expect([path, query, answer.status]).toEqual([path, query, 200]);
        if (answer.body.items) expect([query, answer.body.items.length > 0]).toEqual([query, true]);
      }
    }
  }
});
