import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** What a store begins with: its tables alone, or the bundled dataset. */
export type Contents = 'empty' | 'bundled';

/** A store of the engine that is tested: a SQLite file, or a database of PostgreSQL (`vitest.postgres.config.ts`). */
export interface TestStore {
  url: string;
  store: Store;
  /** Closes the store and deletes it. */
  remove: () => Promise<void>;
}

/** Opens a new store, as `options` say. */
export async function openTestStore(
  options: StoreOptions = {},
  contents: Contents = 'empty',
): Promise<TestStore> {
  const server = process.env.TEST_POSTGRES_URL;
  if (server === undefined) {
    const folder = temporaryFolder();
    const path = join(folder.path, 'attest.db');
    await copyTemplate(contents, path);
    const url = `file:${path}`;
    const store = await openStore(url, options);
    return { url, store, remove: () => store.close().then(folder.remove) };
  }
  const name = `test-${randomUUID()}`;
  await ask(`${server}postgres`, `create database "${name}" template "${contents}"`);
  const store = await openStore(`${server}${name}`, options);
  const remove = async () => {
    await store.close();
    await ask(`${server}postgres`, `drop database "${name}" with (force)`);
  };
  return { url: `${server}${name}`, store, remove };
}

/** Writes a SQLite file to `path`: a copy of one that is made once in a run of tests. */
export async function copyTemplate(contents: Contents, path: string): Promise<void> {
  const folder = process.env.TEST_TEMPLATES;
  if (folder === undefined) return makeStore(contents, `file:${path}`);
  const template = join(folder, `${contents}.db`);
  if (!existsSync(template)) {
    // Test files that run at once may each make one; each is whole when it gets its name.
    const own = `${template}-${randomUUID()}`;
    await makeStore(contents, `file:${own}`);
    renameSync(own, template);
  }
  copyFileSync(template, path);
}

/** Makes a store at a URL, and closes it. */
export async function makeStore(contents: Contents, url: string): Promise<void> {
  const store = await openStore(url);
  try {
    if (contents === 'bundled') await loadDataset(store, readDataset(BUNDLED_DATASET));
  } finally {
    await store.close();
  }
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
  /** Closes everything, whatever its documents are. */
  discard: () => Promise<void>;
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
  const contents = datasets[0] === 'bundled' ? 'bundled' : 'empty';
  const started = await startAppOver(await openTestStore(options, contents));
  for (const dataset of contents === 'bundled' ? datasets.slice(1) : datasets) {
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
  async function discard(): Promise<void> {
    await app.close();
    await remove();
    folder.remove();
  }
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
      await discard();
      if (faults.length > 0)
        throw new Error(`documents are not what their records are: ${faults.join('; ')}`);
    },
    discard,
  };
}
