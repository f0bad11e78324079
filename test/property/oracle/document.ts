import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { closed } from '../../support/closed.ts';

// The OpenAPI document, read as a client would read it.

/** The part of JSON Schema by which the document says what a parameter takes. */
export interface ParameterSchema {
  type?: string;
  enum?: string[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  default?: string | number | boolean;
  examples?: unknown[];
  items?: ParameterSchema;
}

export interface Parameter {
  name: string;
  description?: string;
  in: 'query' | 'path';
  required: boolean;
  schema: ParameterSchema;
  example?: unknown;
}

interface DeclaredResponse {
  headers: Record<string, unknown>;
  content?: Record<string, { schema: { $ref: string } }>;
}

/** A method of a path. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  parameters: Parameter[];
  responses: Record<string, DeclaredResponse>;
}

type Schema = {
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  required?: string[];
};

/** What the document promises. */
export interface Contract {
  operations: Operation[];
  operation(id: string): Operation;
  /** The operation that a path leads to, and the values of the path's parameters; none where it leads nowhere. */
  find(pathname: string): { operation: Operation; path: Record<string, string> } | undefined;
  /** A schema that something declared refers to. */
  schema(reference: string): Schema;
  /** What is wrong with a value by a schema; null when nothing is. `fields`: of a list, all that its items have. */
  faults(reference: string, value: unknown, fields?: readonly string[]): unknown;
  /** The same for one item of a list. */
  itemFaults(listReference: string, value: unknown, fields?: readonly string[]): unknown;
}

const PREFIX = '#/components/schemas/';

interface Paths {
  [path: string]: { [method: string]: Omit<Operation, 'id' | 'method' | 'path'> & { operationId: string } };
}

/** Reads a document. */
export function contractOf(document: {
  paths: Paths;
  components: { schemas: Record<string, Schema> };
}): Contract {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId, parameters, responses }]): Operation => ({
        id: operationId,
        method: method.toUpperCase(),
        path,
        parameters: parameters ?? [],
        responses,
      }),
    ),
  );
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  formats.default(ajv);
  const definitions = closed(
    JSON.parse(JSON.stringify(document.components.schemas).replaceAll(PREFIX, 'document#/$defs/')),
  ) as Record<string, Schema>;
  ajv.addSchema({ $id: 'document', $defs: definitions });
  const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
  const defined = (reference: string): Schema => {
    const found = definitions[nameOf(reference)];
    if (!found) throw new Error(`the document has no schema ${reference}`);
    return found;
  };
  const recordOf = (list: string): string => {
    const { properties } = defined(list);
    const { items } = properties?.items ?? {};
    // Where the list takes `fields`, a whole record or a part of one.
    const reference = items?.$ref ?? items?.anyOf?.[0]?.$ref;
    if (reference === undefined) throw new Error(`${list} is no list of records`);
    return reference;
  };

  const compiled = new Map<string, ValidateFunction>();
  const validator = (key: string, schema: () => object): ValidateFunction => {
    const known = compiled.get(key) ?? ajv.compile(schema());
    compiled.set(key, known);
    return known;
  };
  const whole = (reference: string): ValidateFunction =>
    validator(reference, () => ({ $ref: `document#/$defs/${nameOf(reference)}` }));
  // With `fields`, items lack what their schema requires, as the parameter's description says: they have just those.
  const trimmedItem = (list: string, fields: readonly string[]): ValidateFunction =>
    validator(`${list} item ${fields.join()}`, () => trimmed(defined(recordOf(list)), fields));
  const trimmedList = (list: string, fields: readonly string[]): ValidateFunction =>
    validator(`${list} ${fields.join()}`, () => {
      const schema = defined(list);
      const items = { ...schema.properties?.items, items: trimmed(defined(recordOf(list)), fields) };
      return { ...schema, properties: { ...schema.properties, items } };
    });
  // Without `fields`, a record lacks nothing, though the document allows lists to have parts of records.
  const wholeItems = (name: string): ValidateFunction => {
    const schema = defined(name);
    const { items } = schema.properties ?? {};
    if (items?.items?.anyOf === undefined) return whole(name);
    const record = { ...items, items: { $ref: recordOf(name) } };
    return validator(`${name} of whole records`, () => ({
      ...schema,
      properties: { ...schema.properties, items: record },
    }));
  };
  const run = (validate: ValidateFunction, value: unknown): unknown =>
    validate(value) ? null : validate.errors;

  return {
    operations,
    operation(id) {
      const found = operations.find((operation) => operation.id === id);
      if (!found) throw new Error(`the document has no operation ${id}`);
      return found;
    },
    find(pathname) {
      for (const operation of operations) {
        const path = pathParameters(operation.path, pathname);
        if (path) return { operation, path };
      }
      return undefined;
    },
    schema: defined,
    // What is trimmed also meets the document as any client reads it, without knowing the request.
    faults: (reference, value, fields) =>
      (fields && run(trimmedList(nameOf(reference), fields), value)) ??
      (fields ? run(whole(reference), value) : run(wholeItems(nameOf(reference)), value)),
    itemFaults: (list, value, fields) =>
      run(fields ? trimmedItem(nameOf(list), fields) : whole(recordOf(list)), value),
  };
}

function trimmed(record: Schema, fields: readonly string[]): Schema {
  const properties = Object.fromEntries(
    Object.entries(record.properties ?? {}).filter(([name]) => fields.includes(name)),
  );
  return { ...record, properties, required: [...fields] };
}

function pathParameters(template: string, pathname: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decoded(given[index] ?? '');
    if (value === undefined) return undefined;
    const name = /^\{(?<name>\w+)\}$/.exec(part)?.groups?.name;
    if (name === undefined ? value !== part : value === '') return undefined;
    if (name !== undefined) parameters[name] = value;
  }
  return parameters;
}

/** A part of a URL without its escapes; undefined where they are broken. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The words of a pattern such as `^(a|b)(,(a|b))*$`; undefined when it is of another form. */
export function wordsOf(pattern: string | undefined): string[] | undefined {
  const words = /^\^\((?<words>[^()]+)\)\(,\(\k<words>\)\)\*\$$/.exec(pattern ?? '')?.groups?.words;
  return words?.split('|');
}
