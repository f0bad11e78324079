import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../app.ts';
import { BUNDLED_DATASET } from '../config.ts';
import { openStore } from '../db/openStore.ts';
import { EXAMPLE_REQUEST_ID, type Examples } from '../http/openapi/responses.ts';
import { EXPORT_MEDIA_TYPES } from '../http/response/formats/format.ts';
import { loadDataset } from '../seed/load/load.ts';
import { readDataset } from '../seed/read/read.ts';
import { printedHelp } from './help.ts';

const USAGE = `Usage: npm run openapi [-- --check]

Writes the OpenAPI document and its examples to the folder openapi. With --check, writes nothing
and only says whether they are up to date.`;

const FOLDER = fileURLToPath(new URL('../../openapi', import.meta.url));

interface Operation {
  operationId: string;
  parameters?: Parameter[];
  responses: Record<string, { content?: Record<string, unknown> }>;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  example?: unknown;
}

/** An example of a format that has all matches: its beginning, as far as the first match. */
const FIRST_MATCH: Record<(typeof EXPORT_MEDIA_TYPES)[number], (body: string) => unknown> = {
  'text/csv': (body) => firstLines(body, 2),
  'application/x-ndjson': (body) => firstLines(body, 1),
  'application/geo+json': (body) => {
    const { features, ...collection } = JSON.parse(body);
    return { ...collection, features: features.slice(0, 1) };
  },
  'text/calendar': (body) => body.replace(/(END:VEVENT\r\n).*(?=END:VCALENDAR)/s, '$1'),
};

/** The application over the bundled dataset, without the articles' texts. */
async function withApp<T>(work: (app: FastifyInstance) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'attest-openapi-'));
  const store = await openStore(`file:${folder}/attest.db`);
  try {
    await loadDataset(store, readDataset(BUNDLED_DATASET), { at: new Date('2026-01-01T00:00:00Z') });
    // Injected requests in bulk keep the event loop busy, which the guards would take for overload.
    const app = await buildApp({ store, logLevel: 'silent', maxEventLoopDelay: 0 });
    await app.ready();
    const result = await work(app);
    await app.close();
    return result;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Real answers of every operation: what its parameters' examples give, and what mistakes give. */
async function examples(app: FastifyInstance): Promise<Examples> {
  // Cast: the plugin's type allows Swagger 2.0 and operations without an id, of which this document has none.
  const document = app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> };
  const result: Examples = {};
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const operation of Object.values(operations)) {
      result[operation.operationId] = {
        ...(await examplesByStatus(app, path, operation)),
        ...(await examplesByMediaType(app, path, operation)),
      };
    }
  }
  return result;
}

/** The JSON that an operation answers with, for each status of which it declares one. */
async function examplesByStatus(
  app: FastifyInstance,
  path: string,
  { parameters = [], responses }: Operation,
): Promise<Record<string, unknown>> {
  const requests: Record<string, { url: string; accept?: string }> = {
    200: { url: urlOf(path, parameters, { query: firstOf(parameters) }) },
    400: { url: urlOf(path, parameters, { query: ['colour=red'] }) },
    404: { url: urlOf(path, parameters, { id: 'no-such-record' }) },
    406: { url: urlOf(path, parameters), accept: 'image/png' },
  };
  const result: Record<string, unknown> = {};
  for (const [status, { url, accept = 'application/json' }] of Object.entries(requests)) {
    if (!Object.keys(responses[status]?.content ?? {}).some((media) => media.endsWith('json'))) continue;
    const headers = { accept, 'x-request-id': EXAMPLE_REQUEST_ID };
    const response = await app.inject({ url, headers });
    if (response.statusCode !== Number(status))
      throw new Error(`${url} is no example of ${status}: ${response.body}`);
    result[status] = response.json();
  }
  return result;
}

/** What an operation answers in each media type other than JSON. */
async function examplesByMediaType(
  app: FastifyInstance,
  path: string,
  { operationId, parameters = [], responses }: Operation,
): Promise<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const media of Object.keys(responses[200]?.content ?? {})) {
    if (media === 'application/json') continue;
    const exported = EXPORT_MEDIA_TYPES.find((type) => type === media);
    const url = urlOf(path, parameters, { query: exported ? [] : firstOf(parameters) });
    const { statusCode, body } = await app.inject({ url, headers: { accept: media } });
    if (statusCode !== 200) throw new Error(`${operationId} gives no example of ${media}: ${body}`);
    if (exported) result[media] = FIRST_MATCH[exported](body);
    else result[media] = /[/+]json$/.test(media) ? JSON.parse(body) : body;
  }
  return result;
}

/** The URL of an operation with the examples of all parameters that it requires. */
function urlOf(
  path: string,
  parameters: readonly Parameter[],
  { id, query = [] }: { id?: string; query?: readonly string[] } = {},
): string {
  const required = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`);
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((each, { name, example }) => each.replace(`{${name}}`, id ?? String(example)), path);
  return `${filled}?${[...required, ...query].join('&')}`;
}

/** The parameter by which a list answers with its first item alone; none where there is no list. */
function firstOf(parameters: readonly Parameter[]): string[] {
  return parameters.some(({ name }) => name === 'limit') ? ['limit=1'] : [];
}

function firstLines(text: string, count: number): string {
  return text
    .split(/(?<=\n)/)
    .slice(0, count)
    .join('');
}

const check = process.argv.includes('--check');

/** Writes a file, or with --check only says whether it is up to date. */
function deliver(name: string, content: string): void {
  const file = join(FOLDER, name);
  if (!check) {
    writeFileSync(file, content);
  } else if (readFileSync(file, 'utf8') !== content) {
    console.error(`openapi/${name} is out of date: run npm run openapi`);
    process.exitCode = 1;
  }
}

// Run as a command. The examples come first: the document contains them.
if (!printedHelp(USAGE)) {
  await withApp(async (app) => {
    deliver('examples.json', `${JSON.stringify(await examples(app), null, 2)}\n`);
  });
  await withApp(async (app) => {
    deliver('openapi.json', `${JSON.stringify(app.swagger(), null, 2)}\n`);
  });
}
