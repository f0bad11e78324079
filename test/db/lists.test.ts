import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { eventsWhere } from '../../src/db/filters/events.ts';
import { resolveFilter } from '../../src/db/filters/resolve.ts';
import { requireReferences } from '../../src/db/references.ts';
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

describe('ids in a filter', () => {
  test('are checked before a WHERE is made of them, or it does not compile', async () => {
    const { db } = server.store;
    const query = eventQuery.parse({ topic: 'security', publisher: 'dw' });
    // @ts-expect-error nothing has looked whether the topic exists
    expect(() => eventsWhere(db, query)).toThrow();
    // @ts-expect-error the sources of the publisher are missing
    eventsWhere(db, await requireReferences(db, query));
    eventsWhere(db, await resolveFilter(db, query));
  });

  test('are of the kind that the filter refers to, or it does not compile', async () => {
    const { db } = server.store;
    const { publisher, ...query } = eventQuery.parse({ publisher: 'dw' });
    // @ts-expect-error a publisher is an actor, not a topic
    const swapped = resolveFilter(db, { ...query, topic: publisher });
    await expect(swapped).resolves.toBeDefined();
    const unknown = resolveFilter(db, eventQuery.parse({ actor: 'dv', source: 'dv' }));
    await expect(unknown).rejects.toMatchObject({
      unknown: [
        { parameter: 'actor', kind: 'actor', id: 'dv' },
        { parameter: 'source', kind: 'source', id: 'dv' },
      ],
    });
  });
});
