import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { openStore } from '../../src/db/openStore.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { ask, hasPgBouncer, startPgBouncer } from '../support/postgres.ts';
import { openTestStore, startAppOver, type TestApp, type TestStore } from '../support/store.ts';

// PgBouncer in transaction mode: each transaction gets another connection to the server, and there are few of them.

describe.skipIf(!hasPgBouncer)('through PgBouncer', () => {
  let direct: TestStore;
  let pooler: Awaited<ReturnType<typeof startPgBouncer>>;
  let pooled: TestApp;

  beforeAll(async () => {
    direct = await openTestStore();
    pooler = await startPgBouncer(direct.url);
    const store = await openStore(pooler.url);
    await loadDataset(store, readDataset(BUNDLED_DATASET));
    pooled = await startAppOver({ url: pooler.url, store, remove: () => store.close() });
  });
  afterAll(async () => {
    await pooled.close();
    await pooler.remove();
    await direct.remove();
  });

  test('a URL that does not name it is refused with what to write', async () => {
    await expect(openStore(pooler.url.replace('?pgbouncer=true', ''))).rejects.toThrow('add ?pgbouncer=true');
  });

  test('many requests at once get what a direct connection answers', async () => {
    const app = await startAppOver({ ...direct, remove: () => Promise.resolve() });
    const paths = [
      '/v1/events?limit=5&count=true',
      '/v1/events?format=ndjson',
      '/v1/claims?asOf=2025-10-01&facets=standing',
      '/v1/search?q=trade',
      '/v1/graph?limit=5',
      '/v1/timeline',
    ];
    const answers = await Promise.all(
      paths.flatMap((path) =>
        Array.from({ length: 4 }, async () => [path, (await pooled.app.inject(path)).body] as const),
      ),
    );
    for (const path of paths) {
      const expected = (await app.app.inject(path)).body;
      const different = answers.filter(([asked, body]) => asked === path && body !== expected);
      expect([path, different.length]).toEqual([path, 0]);
    }
    await app.close();
  });

  test('a query that takes too long is ended on the server', async () => {
    const store = await openStore(pooler.url, { workerTimeout: 500 });
    const endless = store.workers.select({ slept: sql`pg_sleep(60)::text` }).from(sql`(select 1) as one`);
    await expect(endless).rejects.toMatchObject({ code: 'slow' });
    const running = () =>
      ask(
        direct.url,
        "select query from pg_stat_activity where state = 'active' and query like '%pg_sleep(60)%' and pid <> pg_backend_pid()",
      );
    await expect.poll(running).toEqual([]);
    await store.close();
  });

  test('loads through it wait for one another', async () => {
    const other = await openStore(pooler.url);
    const order: string[] = [];
    const load = (store: typeof other, name: string) =>
      store.transaction(async (tx) => {
        order.push(`${name} begins`);
        await tx.select({ slept: sql`pg_sleep(0.2)::text` }).from(sql`(select 1) as one`);
        order.push(`${name} ends`);
      });
    await Promise.all([load(other, 'one'), load(pooled.store, 'two')]);
    expect([order[0]?.split(' ')[0], order[2]?.split(' ')[0]]).toEqual([
      order[1]?.split(' ')[0],
      order[3]?.split(' ')[0],
    ]);
    await other.close();
  });
});
