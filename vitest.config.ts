import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Long enough for a machine that is busy with something else.
const limits = { testTimeout: 90_000, hookTimeout: 90_000 };

/** Tests that start browsers, servers or other languages, or draw thousands of requests. */
const SLOW = [
  'test/{documents,pages,property}/**/*.test.ts',
  'test/db/kills.test.ts',
  'test/db/workerPool.test.ts',
  'test/http/proxy.test.ts',
  'test/http/server.test.ts',
  'test/seed/verify.test.ts',
];

/** Those that need a server: `vitest.postgres.config.ts`. */
const POSTGRES = 'test/postgres/**';

export default defineConfig({
  test: {
    // More than there are cores, because many tests wait for a browser or another process.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    projects: [
      {
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: [...SLOW, POSTGRES],
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
