import type { LightMyRequestResponse } from 'fastify';
import type { SeedFile, SeedRetired } from '../../../src/seed/files/format.ts';
import { startApp, type TestApp } from '../../support/store.ts';
import { Asked, type Pair } from './asked.ts';
import { type Contract, contractOf } from './document.ts';
import { exportAll, type World } from './export.ts';

/** A store under test, its OpenAPI document, and all its records. */
export interface Bench {
  server: TestApp;
  contract: Contract;
  world: World;
  /** Cursors, each with the query that it belongs to. */
  cursors: ReadonlyMap<string, Asked>;
  send(request: Sent): Promise<LightMyRequestResponse>;
}

/** A request as it goes out. */
export interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** Starts an application over some datasets and reads all of it. */
export async function startBench(
  datasets: (SeedFile | 'bundled')[],
  retired: readonly SeedRetired[],
): Promise<Bench> {
  return benchOf(await startApp(...datasets), retired);
}

/** Reads all of an application. */
export async function benchOf(server: TestApp, retired: readonly SeedRetired[]): Promise<Bench> {
  const contract = contractOf((await server.get('/openapi.json')).body as Parameters<typeof contractOf>[0]);
  return {
    server,
    contract,
    world: await exportAll(server.app, contract, retired),
    cursors: await cursorsOf(server, contract),
    // With a host, or the library would read `/\\x` as one.
    send: ({ method, url, headers }) =>
      server.app.inject({
        method: method as 'GET',
        url: url.startsWith('/\\') ? `http://localhost${url}` : url,
        headers,
      }),
  };
}

/** Cursors of each list as it is when nothing is asked of it, to be put where they do not belong as well. */
async function cursorsOf(server: TestApp, { operations }: Contract): Promise<Map<string, Asked>> {
  const cursors = new Map<string, Asked>();
  for (const operation of operations) {
    const { path, parameters } = operation;
    if (!parameters.some(({ name }) => name === 'cursor') || path.includes('{')) continue;
    const pairs = parameters
      .filter((parameter) => parameter.required)
      .map(({ name, schema }): Pair => [name, String(schema.examples?.[0])]);
    for (const limit of [1, 3]) {
      const query = [...pairs, ['limit', limit]].map((pair) => pair.join('=')).join('&');
      const { next } = (await server.get(`${path}?${query}`)).body as { next: string | null };
      if (next !== null) cursors.set(next, new Asked(operation, pairs));
    }
  }
  return cursors;
}
