import type { Json, OpenapiDocument } from './responses.ts';

const SCHEMAS = '#/components/schemas/';

/**
 * Says in a document that the items of lists which take `fields` can be records in part: each becomes a whole record, or
 * one of the same fields of which none is required. A client that checks answers then accepts both, and one that is generated
 * knows which fields a part can have.
 */
export function allowParts({ paths, components: { schemas } }: OpenapiDocument): void {
  for (const path of Object.values(paths)) {
    for (const { parameters = [], responses } of Object.values(path)) {
      if (!parameters.some(({ name }) => name === 'fields')) continue;
      const items = itemsOf(schemas, responses['200']?.content?.['application/json']);
      if (typeof items?.$ref !== 'string') continue;
      const name = items.$ref.slice(SCHEMAS.length);
      schemas[`${name}Part`] ??= partOf(name, schemas[name] ?? {});
      delete items.$ref;
      items.anyOf = [{ $ref: SCHEMAS + name }, { $ref: `${SCHEMAS}${name}Part` }];
    }
  }
}

/** The schema of the items of a list, which is its property `items`. */
function itemsOf(schemas: Record<string, Json>, content: { schema?: Json } | undefined): Json | undefined {
  const reference = content?.schema?.$ref;
  if (typeof reference !== 'string') return undefined;
  const list = schemas[reference.slice(SCHEMAS.length)]?.properties;
  // Cast: the schemas of lists are made by `listOf`, whose `items` is an array.
  return (list as { items?: { items?: Json } } | undefined)?.items?.items;
}

function partOf(name: string, record: Json): Json {
  const { required: _required, example: _example, ...rest } = record;
  return {
    ...rest,
    minProperties: 1,
    description: `The fields of ${name} that \`fields\` names, and no others`,
  };
}

/**
 * The text of a document for generators of clients: it speaks of requests without `fields`, so all records of lists are whole, and
 * types made from it do not say of each field that it may be missing.
 */
export function withoutParts(text: string): string {
  const document = JSON.parse(text, (_name, value: unknown) => {
    const options: unknown = isObject(value) ? value.anyOf : undefined;
    const [whole, part] = Array.isArray(options) ? options : [];
    return isObject(whole) && isObject(part) && part.$ref === `${String(whole.$ref)}Part` ? whole : value;
  }) as OpenapiDocument;
  const { schemas } = document.components;
  for (const name of Object.keys(schemas)) if (`${name}Part` in schemas) delete schemas[`${name}Part`];
  return JSON.stringify(document);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
