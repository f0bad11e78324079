import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { revalidate } from './caching.ts';
import { acceptable } from './negotiation.ts';
import { completeResponses, type Examples } from './responses.ts';

/** The version of Attest. */
export const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as {
  version: string;
};

/** Answers of the bundled dataset, by operation and status; `npm run openapi` writes them. */
export const EXAMPLES = new URL('../../openapi/examples.json', import.meta.url);

const DESCRIPTION = `Political events, statements and claims, each tied to the passage of the article that proves it.

Every list takes the same filters: by **actor**, **date**, **topic** and **source**. Repeat a parameter to require
all of its values; separate values by commas to accept any of them. Lists are paged by an opaque cursor. Dates are
EDTF: they keep the precision the text gives, with the earliest and the latest day they can mean.

Errors are problems (RFC 9457) that name each parameter that is wrong and what was probably meant.`;

const TAGS = [
  {
    name: 'Events',
    description: 'What happened, is planned, or is said to have happened, and who took part.',
  },
  { name: 'Statements', description: 'Who said what, where and when, and who passed it on.' },
  { name: 'Claims', description: 'Propositions on which somebody takes a side, with every side.' },
  { name: 'Actors', description: 'People, bodies, states and groups, under all the names the sources use.' },
  {
    name: 'Topics',
    description: 'The scheme by which records are tagged; a topic includes those beneath it.',
  },
  { name: 'Sources', description: 'The articles that prove the records.' },
  { name: 'Search', description: 'Records of every kind by the words in them.' },
  {
    name: 'Analysis',
    description: 'Counts over time, and who acts with whom, under the filters of the lists.',
  },
  { name: 'Datasets', description: 'What the store holds, from when to when, and how to cite it.' },
  { name: 'Vocabularies', description: 'The words that fields and filters take, each with its definition.' },
  { name: 'Changes', description: 'What loads added, changed, withdrew and merged, for mirrors to follow.' },
];

// Swagger UI sets style attributes, and loads pictures from data: URLs; no script but the server's own runs.
const DOCS_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Json = Record<string, unknown>;
interface Operation {
  parameters?: { schema: Json }[];
}

/** Adds `/openapi.json`, `/openapi.yaml` and Swagger UI at `/docs`. To be registered before the routes. */
export async function registerOpenapi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Attest',
        version,
        summary: 'Political events, statements and claims, each with its proof',
        description: DESCRIPTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'This server' }],
      security: [],
      tags: TAGS,
    },
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: (document) => tidy(jsonSchemaTransformObject(document) as unknown as Json) as never,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'list', deepLinking: true, validatorUrl: null, displayRequestDuration: true },
    theme: { title: 'Attest' },
    staticCSP: DOCS_CSP,
  });
  documentRoute(app, '/openapi.json', 'application/json', () => JSON.stringify(app.swagger()));
  documentRoute(app, '/openapi.yaml', 'application/yaml', () => app.swagger({ yaml: true }));
}

function documentRoute(app: FastifyInstance, path: string, media: string, write: () => string): void {
  let text: string | undefined;
  app.get(path, { schema: { hide: true } }, async (request, reply) => {
    void reply.header('Vary', 'accept, accept-encoding');
    acceptable(request, [media]);
    text ??= write();
    return revalidate(request, reply, [text], null) ?? reply.type(`${media}; charset=utf-8`).send(text);
  });
}

/**
 * The document as SDK generators want it: no component that nothing refers to (zod's copies for
 * input among them). The examples of optional parameters go into their schemas, where Swagger UI
 * shows them: beside the schema it would send all of them at once, and find nothing. Zod drops the
 * standard keywords of what it transforms, so they come under names of our own. Every response gets
 * its headers and its example.
 */
function tidy(document: Json): Json {
  for (const path of Object.values(document.paths as Record<string, Record<string, Operation>>)) {
    for (const { parameters } of Object.values(path)) {
      for (const { schema } of parameters ?? []) {
        move(schema, 'x-example', 'examples', (example) => [example]);
        move(schema, 'x-default', 'default', (preset) => preset);
      }
    }
  }
  completeResponses(document, JSON.parse(readFileSync(EXAMPLES, 'utf8')) as Examples);
  const components = document.components as { schemas: Record<string, Json> };
  // OpenAPI 3.1 takes the list of JSON Schema.
  for (const schema of Object.values(components.schemas))
    move(schema, 'example', 'examples', (example) => [example]);
  components.schemas = Object.fromEntries(
    Object.entries(components.schemas)
      .filter(([name]) => isUsed(name, document))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return document;
}

function move(schema: Json, from: string, to: string, change: (value: unknown) => unknown): void {
  if (!(from in schema)) return;
  schema[to] = change(schema[from]);
  delete schema[from];
}

function isUsed(name: string, document: Json): boolean {
  const { paths, components } = document as { paths: Json; components: { schemas: Json } };
  const reference = `"#/components/schemas/${name}"`;
  if (JSON.stringify(paths).includes(reference)) return true;
  return Object.entries(components.schemas).some(
    ([other, schema]) =>
      other !== name && JSON.stringify(schema).includes(reference) && isUsed(other, document),
  );
}
