import type { Store } from '../../db/store.ts';
import type { App } from '../types.ts';

/** Whether the process runs, and whether it can answer. */
export function healthRoutes(app: App, store: Store): void {
  app.get('/health/live', { schema: { hide: true }, config: { rateLimit: false } }, async () => ({
    status: 'live',
  }));

  app.get('/health/ready', { schema: { hide: true }, config: { rateLimit: false } }, async () => {
    await store.ping();
    const lag = await store.lag();
    return { status: 'ready', ...(lag === null ? {} : { lagSeconds: lag }) };
  });
}
