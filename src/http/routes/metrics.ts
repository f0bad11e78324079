import type { Store } from '../../db/store.ts';
import { recordCounts, type StoreVersion } from '../../db/version.ts';
import { StoreError } from '../../domain/errors.ts';
import type { App } from '../types.ts';
import { Counter, EXPOSITION, exposition, Histogram, type Metric } from './exposition.ts';
import { ProcessMetrics } from './processMetrics.ts';

/**
 * `/metrics` for Prometheus: requests by route, method and status, the process, and the records in the store.
 * Routes are labelled by their pattern, so that no request can add a label.
 */
export function metricsRoute(app: App, store: Store): void {
  const running = new ProcessMetrics();
  const requests = new Histogram(
    {
      name: 'http_request_duration_seconds',
      help: 'Requests answered, and the time it took, by method, route pattern and status',
    },
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  );
  const problems = new Counter({
    name: 'attest_problems_total',
    help: 'Requests answered with a problem, by its type; overloaded and too-many-requests are refusals for load',
  });
  let counted: { version: StoreVersion; counts: Awaited<ReturnType<typeof recordCounts>> } | undefined;

  /** The records in the store; none where it cannot be read: the other metrics say what is wrong. */
  async function records(): Promise<Metric> {
    const about = { name: 'attest_records', help: 'Records in the store, by kind', type: 'gauge' } as const;
    try {
      // Counting reads whole tables, so it is done once for each version of the store.
      const version = await store.version();
      if (counted?.version.id !== version.id)
        counted = { version, counts: await recordCounts(store.workers) };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return { ...about, samples: [] };
    }
    const samples = Object.entries(counted.counts).map(([kind, value]) => ({ labels: { kind }, value }));
    return { ...about, samples };
  }

  /** How far a replica is behind; none where there is no replica, or it cannot be asked. */
  async function lag(): Promise<Metric[]> {
    try {
      const value = await store.lag();
      if (value === null) return [];
      const help = 'Seconds by which the replica that is read is behind the database';
      return [
        { name: 'attest_replication_lag_seconds', help, type: 'gauge', samples: [{ labels: {}, value }] },
      ];
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return [];
    }
  }

  app.addHook('onResponse', async (request, reply) => {
    const { url = 'none' } = request.routeOptions;
    if (reply.problem) problems.increase({ type: reply.problem });
    requests.observe(
      { method: request.method, route: url, status: reply.statusCode },
      reply.elapsedTime / 1_000,
    );
  });
  app.addHook('onClose', async () => running.close());
  app.get('/metrics', { schema: { hide: true }, config: { rateLimit: false } }, async (_request, reply) =>
    reply
      .type(EXPOSITION)
      .send(
        exposition([
          ...running.read(),
          requests.metric(),
          problems.metric(),
          await records(),
          ...(await lag()),
        ]),
      ),
  );
}
