import type { FastifyInstance } from 'fastify';
import { send } from '../problems/handler.ts';
import { Problem } from '../problems/types.ts';

const ALLOWED = 'GET, HEAD, OPTIONS';

/**
 * Answers every other method of each route that is added after, before any body is read: OPTIONS with
 * what is allowed, the rest with 405.
 */
export function registerMethods(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.method !== 'GET' || route.url.includes('*')) return;
    app.route({
      method: 'OPTIONS',
      url: route.url,
      schema: { hide: true },
      onRequest: async (_request, reply) => reply.code(204).header('Allow', ALLOWED).send(),
      handler: () => undefined,
    });
    app.route({
      method: ['POST', 'PUT', 'PATCH', 'DELETE'],
      url: route.url,
      schema: { hide: true },
      onRequest: async (request, reply) => {
        void reply.header('Allow', ALLOWED);
        const path = request.url.split('?')[0];
        return send(
          reply,
          request,
          new Problem('method-not-allowed', `${request.method} is not allowed on ${path}: use GET or HEAD`),
        );
      },
      handler: () => undefined,
    });
  });
}
