import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { stringify } from 'yaml';
import { buildApp } from '../../src/app.ts';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { openStore } from '../../src/db/openStore.ts';
import type { Store, StoreOptions } from '../../src/db/store.ts';
import type { SeedFile } from '../../src/seed/files/format.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { faultsOf } from './documents.ts';
import { ask } from './postgres.ts';

/** A folder of its own for one test, removed by `remove`. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'attest-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** An empty store of the engine that is tested: a SQLite file, or a database of PostgreSQL (`vitest.postgres.config.ts`). */
export interface TestStore {
  url: string;
  store: Store;
  /** Closes the store and deletes it. */
  remove: () => Promise<void>;
}

/** Opens an empty store, as `options` say. */
export async function openTestStore(options: StoreOptions = {}): Promise<TestStore> {
  const server = process.env.TEST_POSTGRES_URL;
  if (server === undefined) {
    const folder = temporaryFolder();
    const url = `file:${folder.path}/attest.db`;
    const store = await openStore(url, options);
    return { url, store, remove: () => store.close().then(folder.remove) };
  }
  const name = `test-${randomUUID()}`;
  await ask(`${server}postgres`, `create database "${name}" template "template"`);
  const store = await openStore(`${server}${name}`, options);
  const remove = async () => {
    await store.close();
    await ask(`${server}postgres`, `drop database "${name}" with (force)`);
  };
  return { url: `${server}${name}`, store, remove };
}

/** An application over a real store with real migrations, and everything needed to close it. */
export interface TestApp {
  app: FastifyInstance;
  store: Store;
  /** Where the store is. */
  url: string;
  /** Gets a path and returns status, headers and parsed JSON body. */
  get: (path: string) => Promise<{ status: number; headers: Record<string, unknown>; body: Body }>;
  load: (file: SeedFile) => Promise<void>;
  /** Closes everything; fails when a document of the store is not what its record is. */
  close: () => Promise<void>;
}

// Tests look into answers freely; the contract itself is checked against the document elsewhere.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Body = any;

/** Starts an application whose store has the given datasets (the bundled one for `'bundled'`), opened as `options` say. */
export async function startApp(
  ...given: (SeedFile | 'bundled')[] | [StoreOptions, ...(SeedFile | 'bundled')[]]
): Promise<TestApp> {
  const [first] = given;
  const options = typeof first === 'object' && 'workerTimeout' in first ? first : undefined;
  // Cast: what follows options, if there are any, are datasets.
  const datasets = (options ? given.slice(1) : given) as (SeedFile | 'bundled')[];
  const started = await startAppOver(await openTestStore(options));
  for (const dataset of datasets) {
    if (dataset === 'bundled') await loadDataset(started.store, readDataset(BUNDLED_DATASET));
    else await started.load(dataset);
  }
  return started;
}

/** Starts an application over an open store; it is removed when the application is closed. */
export async function startAppOver({ url, store, remove }: TestStore): Promise<TestApp> {
  const folder = temporaryFolder();
  // Many injected requests in a row block the event loop, which would be taken for overload.
  const app = await buildApp({ store, logLevel: 'silent', maxEventLoopDelay: 0 });
  await app.ready();
  return {
    app,
    store,
    url,
    async load(file) {
      const path = join(folder.path, 'dataset.yaml');
      writeFileSync(path, stringify(file, { aliasDuplicateObjects: false }));
      await loadDataset(store, readDataset(path));
    },
    async get(path) {
      const response = await app.inject({ method: 'GET', url: path });
      return { status: response.statusCode, headers: response.headers, body: response.json() as Body };
    },
    async close() {
      const faults = await faultsOf(store);
      await app.close();
      await remove();
      folder.remove();
      if (faults.length > 0)
        throw new Error(`documents are not what their records are: ${faults.join('; ')}`);
    },
  };
}
