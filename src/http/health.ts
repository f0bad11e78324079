import type { Store } from '../db/store.ts';
import type { App } from './app.ts';
import { type ProblemType, problemTypes } from './problems.ts';

/** Whether the process runs, and whether it can answer; and the pages that explain the problem types. */
export function healthRoutes(app: App, store: Store): void {
  app.get('/health/live', { schema: { hide: true }, config: { rateLimit: false } }, async () => ({
    status: 'live',
  }));

  app.get('/health/ready', { schema: { hide: true }, config: { rateLimit: false } }, async () => {
    await store.ping();
    return { status: 'ready' };
  });

  for (const type of Object.keys(problemTypes) as ProblemType[]) {
    app.get(`/problems/${type}`, { schema: { hide: true } }, async (_request, reply) => {
      const { status, title, explanation } = problemTypes[type];
      return reply.type('text/plain; charset=utf-8').send(`${status} ${title}\n\n${explanation}\n`);
    });
  }
}
