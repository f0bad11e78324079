import { readFileSync } from 'node:fs';
import type { App } from '../types.ts';

/** What browsers and crawlers ask of every host: an icon, and what they may read. */
export function wellKnownRoutes(app: App): void {
  const icon = readFileSync(new URL('../openapi/assets/favicon.svg', import.meta.url), 'utf8');
  app.get('/favicon.ico', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('Cache-Control', 'public, max-age=86400').type('image/svg+xml').send(icon),
  );
  // Every combination of filters is another address: crawlers would never come to an end.
  const robots = 'User-agent: *\nDisallow: /v1/\n';
  app.get('/robots.txt', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('Cache-Control', 'public, max-age=86400').type('text/plain; charset=utf-8').send(robots),
  );
}
