import { renameSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { openStore } from '../../src/db/openStore.ts';
import { temporaryFolder } from '../support/store.ts';

// Connections that are open go on with the old file, new ones would read the new one: no answer may mix them.

let folder: ReturnType<typeof temporaryFolder>;
let close: () => Promise<void>;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await close();
  folder.remove();
});

async function serve() {
  const path = `${folder.path}/attest.db`;
  const store = await openStore(`file:${path}`);
  const app = await buildApp({ store, logLevel: 'silent', maxEventLoopDelay: 0 });
  close = async () => {
    await app.close();
    await store.close();
  };
  return { app, path };
}

const PATHS = ['/v1/events', '/v1/events?format=csv', '/v1/events?count=true', '/v1/graph', '/health/ready'];

test.each(['replaced', 'deleted'] as const)(
  'a file that is %s while it is served: 503 on every path',
  async (change) => {
    const { app, path } = await serve();
    for (const url of PATHS) expect((await app.inject(url)).statusCode).toBe(200);
    if (change === 'deleted') rmSync(path);
    else {
      const other = await openStore(`file:${folder.path}/new.db`);
      await other.close();
      renameSync(`${folder.path}/new.db`, path);
    }
    for (const url of PATHS) {
      const response = await app.inject(url);
      expect([url, response.statusCode, response.json().type]).toEqual([url, 503, '/problems/unavailable']);
      expect(response.json().detail).toMatch(/replaced or deleted while it was served\. .* the operator/);
      expect(response.body).not.toContain(folder.path);
    }
    expect((await app.inject('/health/live')).statusCode).toBe(200);
  },
);
