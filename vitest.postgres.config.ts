import { defineConfig } from 'vitest/config';

/** The tests whose stores can be of any engine, on PostgreSQL: `npm run test:postgres`. */
export default defineConfig({
  test: {
    include: [
      'test/{resources,http,seed,import,property}/**/*.test.ts',
      'test/db/{lists,searchWords}.test.ts',
      'test/postgres/**/*.test.ts',
    ],
    exclude: [
      // About texts and event data, not about a store.
      'test/seed/{articles,verify}.test.ts',
      'test/import/{acled,icews,gdelt,input,data}.test.ts',
      // About the file of a store, its worker processes, or starting with SQLite.
      'test/http/{damagedStore,replacedStore,server,proxy}.test.ts',
    ],
    globalSetup: './test/support/postgresOnce.ts',
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
