import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/store.ts';

// A proxy that checks every request and every answer against the OpenAPI document alone: requests of all operations in all
// formats, with each field, and errors.

interface Schema {
  type?: string;
  enum?: string[];
  pattern?: string;
  items?: Schema;
  examples?: unknown[];
}
interface Parameter {
  name: string;
  in: 'query' | 'path';
  required?: boolean;
  example?: unknown;
  schema: Schema;
}
interface Operation {
  path: string;
  parameters: Parameter[];
  responses: Record<
    string,
    { headers?: Record<string, { $ref: string }>; content?: Record<string, { schema: { $ref: string } }> }
  >;
}

let server: TestApp;
let operations: Operation[];
let validator: (reference: string) => ValidateFunction;
beforeAll(async () => {
  server = await startApp('bundled');
  const { body: document } = await server.get('/openapi.json');
  operations = Object.entries(document.paths as Record<string, { get: Omit<Operation, 'path'> }>).map(
    ([path, { get }]) => ({ ...get, path }),
  );
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
  formats.default(ajv);
  // What OpenAPI adds to JSON Schema.
  ajv.addVocabulary(['example', 'discriminator', 'components']);
  ajv.addSchema({ $id: 'document', components: document.components });
  validator = (reference) => {
    const validate = ajv.getSchema(`document${reference}`);
    if (!validate) throw new Error(`the document has no ${reference}`);
    return validate;
  };
});
afterAll(() => server.close());

/** The URL of an operation with all that it requires, a query, and an id in the place of the example. */
function urlOf({ path, parameters }: Operation, query: readonly string[] = [], id?: string): string {
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((whole, { name, example }) => whole.replace(`{${name}}`, id ?? String(example)), path);
  const required = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .filter(({ name }) => !query.some((pair) => pair.startsWith(`${name}=`)))
    .map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`);
  return `${filled}?${[...required, ...query].join('&')}`;
}

/** What the document does not say of an answer; null when it says all of it. */
async function findings(operation: Operation, url: string, accept?: string): Promise<unknown> {
  const { statusCode, headers, body } = await server.app.inject({ url, headers: accept ? { accept } : {} });
  const declared = operation.responses[statusCode];
  if (!declared) return `the status ${statusCode} is not declared: ${body}`;
  for (const [name, { $ref }] of Object.entries(declared.headers ?? {})) {
    const value = headers[name.toLowerCase()];
    const validate = validator(`${$ref}/schema`);
    const given = Number.isNaN(Number(value)) ? value : Number(value);
    if (value !== undefined && !validate(value) && !validate(given)) return { [name]: validate.errors };
  }
  const media = String(headers['content-type']).split(';')[0] ?? '';
  const content = declared.content?.[media];
  if (!content) return `${media} is not declared for ${statusCode}`;
  const validate = validator(content.schema.$ref);
  const value: unknown = /[/+]json$/.test(media) ? JSON.parse(body) : body;
  return validate(value) ? null : validate.errors;
}

const parameter = ({ parameters }: Operation, name: string): Parameter | undefined =>
  parameters.find((each) => each.name === name);
/** The words of a parameter that takes some out of a list: `^(a|b)(,(a|b))*$`. */
const wordsOf = (given: Parameter | undefined): string[] =>
  /^\^\(([^()]+)\)/.exec(given?.schema.pattern ?? '')?.[1]?.split('|') ?? [];

test('finds nothing in any format of any operation, however it is chosen', async () => {
  let formatsSeen = 0;
  for (const operation of operations) {
    for (const format of parameter(operation, 'format')?.schema.enum ?? ['']) {
      const url = urlOf(operation, format ? [`format=${format}`] : []);
      expect([url, await findings(operation, url)]).toEqual([url, null]);
      formatsSeen += 1;
    }
    for (const accept of Object.keys(operation.responses[200]?.content ?? {})) {
      const url = urlOf(operation);
      expect([url, accept, await findings(operation, url, accept)]).toEqual([url, accept, null]);
    }
  }
  expect(formatsSeen).toBeGreaterThan(50);
});

test('finds nothing in lists of which each field is left, of all records', async () => {
  let fieldsSeen = 0;
  for (const operation of operations) {
    const names = wordsOf(parameter(operation, 'fields'));
    const halves = [names.filter((_, index) => index % 2 === 0), names.filter((_, index) => index % 2 === 1)];
    for (const fields of [...names, ...halves.map((half) => half.join()), names.join()].filter(Boolean)) {
      const pages = ['limit=200', 'limit=200&format=json'];
      for (const rest of parameter(operation, 'bom') ? [...pages, 'format=csv', 'format=ndjson'] : pages) {
        if (/format/.test(rest) && !parameter(operation, 'format')) continue;
        const url = urlOf(operation, [`fields=${fields}`, rest]);
        expect([url, await findings(operation, url)]).toEqual([url, null]);
        fieldsSeen += 1;
      }
    }
  }
  expect(fieldsSeen).toBeGreaterThan(200);
});

test('finds nothing where each parameter is given as its example and its words say', async () => {
  for (const operation of operations) {
    for (const { name, in: where, schema } of operation.parameters) {
      if (where !== 'query') continue;
      const words = [schema.enum ?? schema.items?.enum ?? [], wordsOf({ name, in: where, schema })].flat();
      for (const value of [...(schema.examples ?? []), ...(schema.items?.examples ?? []), ...words]) {
        const url = urlOf(operation, [`${name}=${encodeURIComponent([value].flat().join())}`]);
        expect([url, await findings(operation, url)]).toEqual([url, null]);
      }
    }
  }
});

test('finds nothing in errors', async () => {
  for (const operation of operations) {
    const queries = operation.parameters
      .filter((each) => each.in === 'query')
      .flatMap(({ name }) => [`${name}=`, `${name}=no-such-${name}`, `${name}=%FF`]);
    for (const query of ['colour=red', ...queries]) {
      const url = urlOf(operation, [query]);
      expect([url, await findings(operation, url)]).toEqual([url, null]);
    }
    const url = urlOf(operation);
    expect([url, await findings(operation, url, 'image/png')]).toEqual([url, null]);
    if (url.startsWith(operation.path)) continue;
    for (const id of ['no-such-record', 'arms-embargo-lifted', 'Hun%20Manet']) {
      const missing = urlOf(operation, [], id);
      expect([missing, await findings(operation, missing)]).toEqual([missing, null]);
    }
  }
});
