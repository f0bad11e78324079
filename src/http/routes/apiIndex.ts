import { revalidate } from '../hooks/caching.ts';
import { query } from '../request/parameters.ts';
import { baseUrl } from '../request/urls.ts';
import type { App } from '../types.ts';

/** `/v1`: a list of all routes. Register it before the routes that it lists. */
export function apiIndex(app: App, version: string): void {
  const routes: { path: string; summary: string }[] = [];
  app.addHook('onRoute', ({ method, url, schema }) => {
    // Cast: the summary belongs to the OpenAPI plugin, whose types other routes' schemas do not have here.
    const { summary, hide } = (schema ?? {}) as { summary?: string; hide?: boolean };
    if (method === 'GET' && url.startsWith('/v1/') && summary !== undefined && hide !== true) {
      routes.push({ path: url.replaceAll(/:(\w+)/g, '{$1}'), summary });
    }
  });
  app.get('/v1', { schema: { hide: true, querystring: query({}) } }, async (request, reply) => {
    const base = baseUrl(request);
    const text = JSON.stringify({
      title: 'Attest',
      version,
      documentation: `${base}/docs`,
      openapi: `${base}/openapi.json`,
      routes: routes.map(({ path, summary }) => ({ url: `${base}${path}`, summary })),
    });
    void reply.header('Vary', 'accept-encoding');
    return (
      revalidate(request, reply, [text], null) ?? reply.type('application/json; charset=utf-8').send(text)
    );
  });
}
