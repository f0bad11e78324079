import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../../db/store.ts';
import { recordCounts, type StoreVersion } from '../../db/version.ts';
import { StoreError } from '../../domain/errors.ts';
import type { App } from '../types.ts';

/**
 * `/metrics` for Prometheus: requests by route, method and status, the process, and the records in the store.
 * Routes are labelled by their pattern, so that no request can add a label.
 */
export function metricsRoute(app: App, store: Store): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests answered, and the time it took, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });
  const problems = new Counter({
    name: 'attest_problems_total',
    help: 'Requests answered with a problem, by its type; overloaded and too-many-requests are refusals for load',
    labelNames: ['type'],
    registers: [register],
  });
  let counted: { version: StoreVersion; counts: Awaited<ReturnType<typeof recordCounts>> } | undefined;
  new Gauge({
    name: 'attest_records',
    help: 'Records in the store, by kind',
    labelNames: ['kind'],
    registers: [register],
    async collect() {
      // Counting reads whole tables, so it is done once for each version of the store.
      const version = await store.version();
      if (counted?.version.id !== version.id) {
        try {
          counted = { version, counts: await recordCounts(store.workers) };
        } catch (error) {
          // The other metrics say what is wrong: they are not to be missing just then.
          if (!(error instanceof StoreError)) throw error;
          this.reset();
          return;
        }
      }
      for (const [kind, records] of Object.entries(counted.counts)) this.set({ kind }, records);
    },
  });

  app.addHook('onResponse', async (request, reply) => {
    const { url = 'none' } = request.routeOptions;
    if (reply.problem) problems.inc({ type: reply.problem });
    requests.observe(
      { method: request.method, route: url, status: reply.statusCode },
      reply.elapsedTime / 1_000,
    );
  });
  app.get('/metrics', { schema: { hide: true }, config: { rateLimit: false } }, async (_request, reply) =>
    reply.type(register.contentType).send(await register.metrics()),
  );
}
