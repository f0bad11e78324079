import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { stringify } from 'yaml';
import { revalidate } from '../hooks/caching.ts';
import { acceptable } from '../request/negotiation.ts';
import { basePath, baseUrl } from '../request/urls.ts';
import { allowParts, withoutParts } from './parts.ts';
import { completeResponses, type Examples, type Json, type OpenapiDocument } from './responses.ts';
import { registerDocs } from './swaggerUi.ts';

/** The version of Attest. */
export const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
);

/** Answers of the bundled dataset, by operation and status or media type; `npm run openapi` writes them. */
export const EXAMPLES = new URL('../../../openapi/examples.json', import.meta.url);

const DESCRIPTION = `What happened, who took part, who said what, and who asserts or denies which claim. Where articles disagree,
both reports are kept.

**Begin** by opening an operation below: *Try it out*, then *Execute*. As pre-filled, each gives an answer. Or follow
a link: [what involved both the United States and Cambodia from November 2025 on](/v1/events?actor=united-states&actor=cambodia&from=2025-11).

**Filters** mean the same wherever they are. Repeat one to require all of its values:
\`actor=united-states&actor=cambodia\` is what involves both. Separate values by commas to accept any of them:
\`actor=united-states,china\` is what involves either. No filter is ever ignored: what is not understood is an error.

**Lists** come in pages; pass \`next\` as \`cursor\` to go on. \`count\` and \`facets\` count all matches, \`fields\`
omits what is not needed.

**Dates** are EDTF: \`2025-11\` stays a month, and every date comes with the first and the last day it can mean.

**Formats** are chosen by \`Accept\`, or by \`format\` in a link: JSON everywhere, and where they make sense CSV, NDJSON,
GeoJSON, iCalendar, Atom, JSON-LD and GraphML.

**Errors** are problems (RFC 9457), which name each parameter that is wrong and what was probably meant:
[all types](/problems).

This document: [/openapi.json](/openapi.json), [/openapi.yaml](/openapi.yaml); for generators of clients:
[/openapi-sdk.json](/openapi-sdk.json).`;

const TAGS = [
  tag(
    'Events',
    'What happened, is planned, or is said to have happened, and who took part.',
    'What did Hun Manet take part in from 2024 on?',
    '/v1/events?actor=hun-manet&from=2024',
  ),
  tag(
    'Statements',
    'Who said what, where and when, and who passed it on.',
    'Who said what about Ream Naval Base?',
    '/v1/statements?topic=ream-naval-base',
  ),
  tag(
    'Claims',
    'Propositions that actors assert, deny or doubt, with all positions.',
    'Which claims about Ream are disputed, and by whom?',
    '/v1/claims?topic=ream-naval-base&standing=disputed',
  ),
  tag(
    'Figures',
    'The numbers that the articles give: people, money, rates, durations, counts.',
    'How much money is lost to cyberscams?',
    '/v1/figures?topic=cyberscams',
  ),
  tag(
    'Actors',
    'People, bodies, states and groups, under all the names the sources use.',
    'Who is “Kristenbrink”?',
    '/v1/actors?name=Kristenbrink',
  ),
  tag(
    'Topics',
    'The scheme by which records are tagged; a topic includes its narrower topics.',
    'What belongs to security?',
    '/v1/topics?broader=security',
  ),
  tag('Sources', 'The articles that prove the records.', 'Which are analyses?', '/v1/sources?kind=analysis'),
  tag(
    'Search',
    'Records of every kind by the words in them.',
    'Where is an embargo spoken of?',
    '/v1/search?q=embargo',
  ),
  tag(
    'Analysis',
    'Counts over time, and who acts with whom, under the filters of the lists.',
    'How many events a year, by type?',
    '/v1/timeline?interval=year&by=type',
  ),
  tag(
    'Datasets',
    'What is in the store, which days it covers, and how to cite it.',
    'What is in here?',
    '/v1/datasets',
  ),
  tag(
    'Vocabularies',
    'The words that fields and filters take, each with its definition.',
    'What does `MOBILIZE` mean?',
    '/v1/vocabularies/event-types',
  ),
  tag(
    'Changes',
    'What loads added, changed, withdrew and merged, for mirrors to follow.',
    'What has changed since the beginning?',
    '/v1/changes?since=0',
  ),
];

/** A tag: what it contains, a question that it answers, and the path of the answer. */
function tag(name: string, holds: string, question: string, path: string) {
  return { name, description: `${holds}\n\n${question} [${path}](${path})` };
}

/** The document as text: in two forms, and as generators of clients want it. */
type Texts = Record<'json' | 'yaml' | 'sdk', string>;

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * The OpenAPI document as text, written once the application is ready. It takes seconds, in which nothing else is answered: a server
     * does it before it listens.
     */
    writeOpenapi(): Texts;
  }
}

/** Adds `/openapi.json`, `/openapi.yaml`, `/openapi-sdk.json` and Swagger UI at `/docs`. To be registered before the routes. */
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
    transformObject(given) {
      const document = jsonSchemaTransformObject(given);
      // Cast: what it is made of is open in the plugin's types; zod's schemas and ours give it this shape.
      tidy(document as OpenapiDocument);
      return document;
    },
  });
  await registerDocs(app);
  let texts: Texts | undefined;
  app.decorate('writeOpenapi', () => {
    texts ??= app.ownWork(() => {
      const json = JSON.stringify(app.swagger());
      // The plugin would make the document anew for YAML.
      return { json, yaml: stringify(JSON.parse(json)), sdk: withoutParts(json) };
    });
    return texts;
  });
  documentRoute(app, '/openapi.json', 'json');
  documentRoute(app, '/openapi.yaml', 'yaml');
  documentRoute(app, '/openapi-sdk.json', 'sdk');
}

/** Adds the route of the document in one of its forms, with links and a server under the address of the request. */
function documentRoute(app: FastifyInstance, path: string, form: keyof Texts): void {
  const media = form === 'yaml' ? 'application/yaml' : 'application/json';
  app.get(path, { schema: { hide: true } }, async (request, reply) => {
    void reply.header('Vary', 'accept, accept-encoding');
    acceptable(request, [media]);
    const text = under(app.writeOpenapi()[form], request);
    return revalidate(request, reply, [text], null) ?? reply.type(`${media}; charset=utf-8`).send(text);
  });
}

/** The text of the document as it is for a client: its only server is where that client reached it. */
function under(text: string, request: FastifyRequest): string {
  return text
    .replace(/("servers":\[\{"url":)"\/"|(servers:\s+- url: )\//, `$1$2${JSON.stringify(baseUrl(request))}`)
    .replaceAll('](/', `](${basePath(request)}/`);
}

/**
 * The document as SDK generators want it: no component that nothing refers to (zod's copies for
 * input among them). The examples of optional parameters go into their schemas, where Swagger UI
 * does not send them: placed next to the schema, it would send all of them at once, and nothing would match. Zod drops the
 * standard keywords of what it transforms, so they come under names of our own. Every response gets
 * its headers and its example, and no schema is closed.
 */
function tidy(document: OpenapiDocument): void {
  for (const path of Object.values(document.paths)) {
    for (const { parameters } of Object.values(path)) {
      for (const parameter of parameters ?? []) {
        const { schema } = parameter;
        if (parameter.required) {
          parameter.example ??= schema['x-example'];
          delete schema['x-example'];
        }
        move(schema, 'x-example', 'examples', (example) => [example]);
        move(schema, 'x-default', 'default', (preset) => preset);
      }
    }
  }
  const examples: Examples = JSON.parse(readFileSync(EXAMPLES, 'utf8'));
  completeResponses(document, examples);
  allowParts(document);
  const { components } = document;
  for (const schema of Object.values(components.schemas)) {
    // OpenAPI 3.1 takes the list of JSON Schema.
    move(schema, 'example', 'examples', (example) => [example]);
    leaveOpen(schema);
  }
  const used = usedSchemas(document);
  components.schemas = Object.fromEntries(
    Object.entries(components.schemas)
      .filter(([name]) => used.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function move(schema: Json, from: string, to: string, change: (value: unknown) => unknown): void {
  if (!(from in schema)) return;
  schema[to] = change(schema[from]);
  delete schema[from];
}

/** Answers may gain fields: a client generated from a closed schema would refuse them. */
function leaveOpen(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return;
  if ('additionalProperties' in schema && schema.additionalProperties === false) {
    delete schema.additionalProperties;
  }
  for (const part of Object.values(schema)) leaveOpen(part);
}

/** The names of the schemas to which operations refer, and to which those schemas refer in turn. */
function usedSchemas({ paths, components }: OpenapiDocument): Set<string> {
  const used = new Set<string>();
  const parts: unknown[] = [paths];
  for (const part of parts) {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      parts.push(components.schemas[name] ?? {});
    }
  }
  return used;
}
