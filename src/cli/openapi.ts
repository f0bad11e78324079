import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../app.ts';
import { BUNDLED_DATASET } from '../config.ts';
import { openStore } from '../db/openStore.ts';
import { EXAMPLE_REQUEST_ID, type Examples } from '../http/openapi/responses.ts';
import { readDataset } from '../seed/files/read.ts';
import { loadDataset } from '../seed/load/load.ts';

const FOLDER = fileURLToPath(new URL('../../openapi', import.meta.url));

interface Operation {
  operationId: string;
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    example?: unknown;
  }[];
  responses: Record<string, { content?: Record<string, unknown> }>;
}

/** The application over the bundled dataset, without the articles' texts. */
async function withApp<T>(work: (app: FastifyInstance) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'attest-openapi-'));
  const store = await openStore(`file:${folder}/attest.db`);
  try {
    await loadDataset(store, readDataset(BUNDLED_DATASET), { at: new Date('2026-01-01T00:00:00Z') });
    // Injected requests in bulk leave the event loop no turn, which would pass for overload.
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
  const document = app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> };
  const result: Examples = {};
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const { operationId, parameters = [], responses } of Object.values(operations)) {
      const url = (id?: string): string =>
        parameters
          .filter((parameter) => parameter.in === 'path')
          .reduce((each, { name, example }) => each.replace(`{${name}}`, id ?? String(example)), path);
      const query = parameters
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`);
      const one = parameters.some(({ name }) => name === 'limit') ? ['limit=1'] : [];
      // CSV and NDJSON hold all matches, so that their examples are cut to the first one.
      const lines: Record<string, number> = { 'text/csv': 2, 'application/x-ndjson': 1 };
      const others = Object.keys(responses[200]?.content ?? {}).filter(
        (media) => media !== 'application/json',
      );
      const requests: Record<string, { url: string; accept?: string }> = {
        200: { url: `${url()}?${[...query, ...one].join('&')}` },
        400: { url: `${url()}?${[...query, 'colour=red'].join('&')}` },
        404: { url: `${url('no-such-record')}?${query.join('&')}` },
        406: { url: `${url()}?${query.join('&')}`, accept: 'image/png' },
      };
      result[operationId] = {};
      for (const [status, request] of Object.entries(requests)) {
        if (!Object.keys(responses[status]?.content ?? {}).some((media) => media.endsWith('json'))) continue;
        const response = await app.inject({
          url: request.url,
          headers: { accept: request.accept ?? 'application/json', 'x-request-id': EXAMPLE_REQUEST_ID },
        });
        if (response.statusCode !== Number(status))
          throw new Error(`${request.url} is no example of ${status}: ${response.body}`);
        result[operationId][status] = response.json();
      }
      for (const media of others) {
        const cut = lines[media];
        const { statusCode, body } = await app.inject({
          url: `${url()}?${[...query, ...(cut ? [] : one)].join('&')}`,
          headers: { accept: media },
        });
        if (statusCode !== 200) throw new Error(`${operationId} gives no example of ${media}: ${body}`);
        if (/[/+]json$/.test(media)) result[operationId][media] = JSON.parse(body);
        else
          result[operationId][media] = cut
            ? body
                .split(/(?<=\n)/)
                .slice(0, cut)
                .join('')
            : body;
      }
    }
  }
  return result;
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

// Run as a command. The examples come first: the document holds them.
await withApp(async (app) => {
  deliver('examples.json', `${JSON.stringify(await examples(app), null, 2)}\n`);
});
await withApp(async (app) => {
  deliver('openapi.json', `${JSON.stringify(app.swagger(), null, 2)}\n`);
});
