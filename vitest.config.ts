import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Long enough for a machine that is busy with something else.
const limits = { testTimeout: 90_000, hookTimeout: 90_000 };

/** Tests that start browsers, programs or other languages, draw thousands of requests, ask many operations in every format, follow many pages, or import. */
const SLOW = [
  'test/{documents,import,pages,property}/**/*.test.ts',
  'test/db/{kills,migrations,searchWords,workerPool}.test.ts',
  'test/http/{everyOperation,formats,guards,proxy,publicUrl,server,suggestions}.test.ts',
  'test/resources/{asOf,facets,manyRecords,paging}.test.ts',
  'test/seed/{export,usage,verify}.test.ts',
];

/** Those that need a server: `vitest.postgres.config.ts`. */
const POSTGRES = 'test/postgres/**';

export default defineConfig({
  test: {
    globalSetup: './test/support/templates.ts',
    // More than there are cores, because many tests wait for a browser or another process.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    projects: [
      {
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: [...SLOW, POSTGRES],
          // Modules are read once for many files, not for each: none of these files changes what all of them share.
          isolate: false,
          ...limits,
        },
      },
      {
        // A browser that shares two cores with the other tests needs more than they do.
        test: { name: 'slow', include: SLOW, testTimeout: 180_000, hookTimeout: 180_000 },
      },
    ],
  },
});
