import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { problemTypes } from '../../src/http/problems/types.ts';
import { closed } from '../support/closed.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;
let document: OpenApi;

interface OpenApi {
  openapi: string;
  paths: Record<string, { get: Operation }>;
  tags: { name: string; description: string }[];
  components: { schemas: Record<string, Schema>; headers: Record<string, unknown> };
}
interface Schema {
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  allOf?: Schema[];
  examples?: unknown[];
  default?: unknown;
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
    schema: Schema;
    example?: unknown;
  }[];
  responses: Record<
    string,
    {
      description: string;
      headers: Record<string, { $ref: string }>;
      content?: Record<string, { schema: { $ref?: string }; example?: unknown }>;
    }
  >;
}

const servers = [{ url: '/', description: 'This server' }];

beforeAll(async () => {
  server = await startApp('bundled');
  const served = (await server.get('/openapi.json')).body;
  // The one that is served names its own address (test/http/publicUrl.test.ts); a file has none.
  document = { ...served, servers };
});
afterAll(() => server.close());

/** Where an operation is found: with the examples of all that it cannot do without. */
function pathOf(template: string, { parameters }: (typeof document)['paths'][string]['get']): string {
  const path = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((whole, { name, example }) => whole.replace(`{${name}}`, String(example)), template);
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, example }) => `${name}=${String(example)}`);
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

test('the committed document is the one that is served', async () => {
  expect(JSON.parse(readFileSync('openapi/openapi.json', 'utf8'))).toEqual(document);
  const yaml = await server.app.inject('/openapi.yaml');
  expect({ ...parse(yaml.body), servers }).toEqual(document);
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
    '/v1/figures': 'listFigures',
    '/v1/claims/{id}': 'getClaim',
    '/v1/actors': 'listActors',
    '/v1/actors/{id}': 'getActor',
    '/v1/actors/{id}/positions': 'listActorPositions',
    '/v1/topics': 'listTopics',
    '/v1/topics/{id}': 'getTopic',
    '/v1/sources': 'listSources',
    '/v1/sources/{id}': 'getSource',
    '/v1/search': 'search',
    '/v1/timeline': 'getTimeline',
    '/v1/graph': 'getGraph',
    '/v1/datasets': 'listDatasets',
    '/v1/datasets/{id}': 'getDataset',
    '/v1/vocabularies': 'listVocabularies',
    '/v1/vocabularies/{name}': 'getVocabulary',
    '/v1/changes': 'listChanges',
  });
  for (const { get } of Object.values(document.paths)) {
    expect([get.operationId, /^[A-Z].*[^.]$/.test(get.summary)]).toEqual([get.operationId, true]);
    expect([get.operationId, /^[A-Z].*\.$/s.test(get.description)]).toEqual([get.operationId, true]);
    expect(document.tags.map(({ name }) => name)).toEqual(expect.arrayContaining(get.tags));
    expect(get.tags).toHaveLength(1);
    for (const { name, description, schema, example } of get.parameters) {
      const where = `${get.operationId} ${name}`;
      expect([where, description.length > 10]).toEqual([where, true]);
      // A cursor is opaque, and of one query.
      if (name === 'cursor') continue;
      const shown = example ?? schema.examples?.[0] ?? schema.default;
      expect([where, shown]).not.toContain(undefined);
    }
    for (const response of Object.values(get.responses)) {
      expect(response.description).toBeTruthy();
      for (const { schema } of Object.values(response.content ?? {}))
        expect(schema.$ref).toMatch(/^#\/components\/schemas\//);
    }
  }
});

test('no schema has the name that generators give to what belongs to an operation', () => {
  // orval, hey-api, openapi-generator and swagger-typescript-api name the answer and the parameters of an operation so.
  const suffixes = [
    '',
    'Result',
    'Response',
    'Responses',
    'Data',
    'Params',
    'Request',
    'Error',
    'Errors',
    'Options',
    'Query',
  ];
  const taken = Object.values(document.paths).flatMap(({ get: { operationId } }) =>
    suffixes.map((suffix) => `${operationId[0]?.toUpperCase()}${operationId.slice(1)}${suffix}`),
  );
  expect(Object.keys(document.components.schemas).filter((name) => taken.includes(name))).toEqual([]);
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
  // With `actor`, as its description says; and over what has such a filter.
  const companions: Record<string, string> = {
    role: '&actor=united-states',
    bom: '&format=csv',
    '/v1/timeline about': '&of=statements',
    '/v1/timeline form': '&of=statements',
    '/v1/timeline medium': '&of=statements',
    '/v1/timeline occasion': '&of=statements',
  };
  for (const [template, { get }] of Object.entries(document.paths)) {
    const path = pathOf(template, get);
    expect([path, (await server.get(path)).status]).toEqual([path, 200]);
    for (const { name, schema } of get.parameters.filter((parameter) => parameter.in === 'query')) {
      for (const value of schema.examples ?? []) {
        const query = `${name}=${[value].flat().join(',')}${companions[`${template} ${name}`] ?? companions[name] ?? ''}`;
        const url = path.includes(`?${name}=`) ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
        const { statusCode, headers, body: text } = await server.app.inject(url);
        expect([url, statusCode]).toEqual([url, 200]);
        const body = /json;/.test(String(headers['content-type']))
          ? JSON.parse(text)
          : { items: text.split('\n', 2) };
        // One record has neither.
        const found = body.items ?? body.nodes ?? [body];
        expect([url, found.length > 0]).toEqual([url, true]);
      }
    }
  }
});

describe('responses', () => {
  const responses = () =>
    Object.values(document.paths).flatMap(({ get }) =>
      Object.entries(get.responses).map(([status, response]) => ({ get, status, response })),
    );

  test('every operation declares what HTTP itself may answer', () => {
    for (const { get } of Object.values(document.paths)) {
      expect(Object.keys(get.responses)).toEqual(
        expect.arrayContaining(['200', '304', '400', '406', '414', '429', '431', '500', '503']),
      );
    }
  });

  test('every response declares its headers, and no header is declared in vain', () => {
    const used = new Set<string>();
    for (const { get, status, response } of responses()) {
      const names = Object.keys(response.headers);
      for (const [name, { $ref }] of Object.entries(response.headers)) {
        expect($ref).toBe(`#/components/headers/${name}`);
        used.add(name);
      }
      expect(names).toEqual(expect.arrayContaining(['X-Request-Id', 'RateLimit', 'RateLimit-Policy']));
      if (status === '200' || status === '304')
        expect(names).toEqual(expect.arrayContaining(['ETag', 'Last-Modified', 'Cache-Control', 'Vary']));
      if (status === '429' || status === '503') expect(names).toContain('Retry-After');
      if (status === '308') expect(names).toContain('Location');
      if (status === '200' && get.operationId.startsWith('list')) expect(names).toContain('Link');
    }
    expect(used).toEqual(new Set(Object.keys(document.components.headers)));
  });

  test('the headers of an answer are those that are declared', async () => {
    for (const [path, { get }] of Object.entries(document.paths)) {
      const { headers } = await server.get(pathOf(path, get));
      // A limit, a next page, a total and a file's name are not always there.
      for (const name of Object.keys(get.responses[200]?.headers ?? {}).filter(
        (each) => !/^(RateLimit|Link|X-Total-Count|Content-Disposition)/.test(each),
      ))
        expect([path, name, typeof headers[name.toLowerCase()]]).toEqual([path, name, 'string']);
    }
  });

  test('every example is valid against its schema, one for every JSON body and every named schema', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    ajv.addSchema(closed({ $id: 'document', components: document.components }));
    const faults = (schema: string, example: unknown): unknown => {
      const validate = ajv.getSchema(`document${schema}`);
      if (!validate) throw new Error(`no schema ${schema}`);
      return validate(example) ? null : validate.errors;
    };
    for (const { get, status, response } of responses()) {
      for (const [media, { schema, example }] of Object.entries(response.content ?? {})) {
        const where = `${get.operationId} ${status} ${media}`;
        expect([where, typeof example]).toEqual([where, /[/+]json$/.test(media) ? 'object' : 'string']);
        expect([where, faults(String(schema.$ref), example)]).toEqual([where, null]);
        if (media === 'application/problem+json')
          expect([where, (example as { status: number }).status]).toEqual([where, Number(status)]);
      }
    }
    // Each in a schema, at any depth: of a component, of its fields, of a parameter and its values.
    let count = 0;
    const walk = (where: string, value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const { examples, default: preset } = value as Schema;
      const given = [...(Array.isArray(examples) ? examples : []), ...(preset === undefined ? [] : [preset])];
      if (given.length > 0) {
        const validate = ajv.compile(closed(absolute(value)));
        for (const example of given) {
          count += 1;
          expect([where, example, validate(example) ? null : validate.errors]).toEqual([
            where,
            example,
            null,
          ]);
        }
      }
      for (const [name, part] of Object.entries(value))
        if (name !== 'examples' && name !== 'default') walk(`${where}/${name}`, part);
    };
    const absolute = (schema: object): object =>
      JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#', '"$ref":"document#'));
    walk('schemas', document.components.schemas);
    for (const { get } of Object.values(document.paths)) {
      for (const { name, schema, example } of get.parameters) {
        const where = `${get.operationId} ${name}`;
        walk(where, schema);
        if (example !== undefined) walk(where, { ...schema, examples: [example] });
      }
    }
    expect(count).toBeGreaterThan(200);
  });

  test('every schema of an answer leaves room for fields to come', () => {
    expect(JSON.stringify(document.components.schemas)).not.toContain('"additionalProperties":false');
  });

  test('every schema and every field says what it means', () => {
    const described = (schema: Schema): boolean => {
      if (schema.description) return true;
      if (schema.$ref)
        return described(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
      return [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].some(described);
    };
    const missing: string[] = [];
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      if (!described(schema)) missing.push(name);
      for (const [field, property] of Object.entries(schema.properties ?? {}))
        if (!described(property)) missing.push(`${name}.${field}`);
    }
    expect(missing).toEqual([]);
  });
});

test('every type of problem has its page, and its status is declared somewhere or met on no operation', async () => {
  // 405 and 501 answer methods that the document does not have, 417 a header that no client sends.
  const declared = new Set(
    Object.values(document.paths).flatMap(({ get }) => [...Object.keys(get.responses), '405', '417', '501']),
  );
  const index = await server.app.inject('/problems');
  for (const [type, { status, title }] of Object.entries(problemTypes)) {
    expect(index.body).toContain(`/problems/${type}\n    ${status} ${title}\n`);
    const page = await server.app.inject(`/problems/${type}`);
    expect([type, page.statusCode]).toEqual([type, 200]);
    expect(page.body).toContain(`${status} ${title}`);
    expect([type, declared.has(String(status))]).toEqual([type, true]);
  }
});

test('a client that checks answers accepts every list trimmed to each of its fields; generators see whole records', async () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({
    $id: 'document',
    $defs: JSON.parse(
      JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', 'document#/$defs/'),
    ),
  });
  const sdk = (await server.get('/openapi-sdk.json')).body as OpenApi;
  let lists = 0;
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get.parameters.some(({ name }) => name === 'fields')) continue;
    lists += 1;
    const name = get.responses[200]?.content?.['application/json']?.schema.$ref?.split('/').at(-1) ?? '';
    const items = (schemas: OpenApi['components']['schemas']) =>
      schemas[name]?.properties?.items as { items?: Schema };
    const [whole, part] = items(document.components.schemas).items?.anyOf ?? [];
    expect(part?.$ref).toBe(`${whole?.$ref}Part`);
    expect(items(sdk.components.schemas).items).toEqual(whole);
    const record = document.components.schemas[whole?.$ref?.split('/').at(-1) ?? ''];
    const validate = ajv.compile({ $ref: `document#/$defs/${name}` });
    for (const field of Object.keys(record?.properties ?? {})) {
      const { status, body } = await server.get(
        `${path.replace('{id}', 'cambodia')}?limit=3&fields=${field}`,
      );
      expect([path, field, status, validate(body), validate.errors]).toEqual([path, field, 200, true, null]);
    }
  }
  expect(lists).toBe(9);
  expect(JSON.stringify(sdk)).not.toMatch(/schemas\/\w+Part"/);
});
