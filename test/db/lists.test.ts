import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Databases } from '../../src/db/store.ts';
import { eventQueries } from '../../src/resources/events/queries.ts';
import { eventQuery } from '../../src/resources/events/schema.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp('bundled');
});
afterAll(() => server.close());

const page = { after: null, limit: 2, count: false };

/** What a query matches, and how many queries each of the two databases has run since. */
async function matching(parameters: Record<string, string>) {
  const { store } = server;
  const select = { db: vi.spyOn(store.db, 'select'), workers: vi.spyOn(store.workers, 'select') };
  const databases: Databases = { db: store.db, workers: store.workers };
  const matches = await eventQueries.matching(databases, eventQuery.parse(parameters));
  return {
    matches,
    queries: () => ({ db: select.db.mock.calls.length, workers: select.workers.mock.calls.length }),
    forget: () => vi.clearAllMocks(),
  };
}

describe('the list engine', () => {
  test('a page runs in the server, counts and facets in the workers', async () => {
    const { matches, queries, forget } = await matching({ status: 'occurred' });
    expect((await matches.page(page)).items).toHaveLength(2);
    expect(queries().workers).toBe(0);
    forget();
    const { total } = await matches.page({ ...page, count: true });
    expect(queries().workers).toBe(1);
    forget();
    const { status } = await matches.facets(['status']);
    expect(status?.groups).toEqual([{ value: 'occurred', label: null, count: total }]);
    expect(queries()).toEqual({ db: 0, workers: 1 });
  });

  test('a page under a heavy filter runs in the workers', async () => {
    for (const heavy of [{ q: 'embargo' }, { asOf: '2025-11-15' }]) {
      const { matches, forget, queries } = await matching(heavy);
      forget();
      await matches.page(page);
      expect(queries()).toMatchObject({ db: 0 });
    }
  });

  test('what a query names is looked up once for its page, its count and its facets', async () => {
    const { matches, queries, forget } = await matching({ topic: 'security', actor: 'united-states' });
    expect(queries().workers).toBe(0);
    expect(queries().db).toBeGreaterThan(2);
    forget();
    await matches.page({ ...page, count: true });
    const { db } = queries();
    await matches.facets(['topic', 'actor', 'type']);
    await matches.countOutside('located');
    expect(queries().db).toBe(db);
  });
});
