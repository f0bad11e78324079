import type { FastifyInstance } from 'fastify';
import { ALLOWED, readUrlsOf, refuseMethod } from '../problems/notFound.ts';

/**
 * Answers every other method of each route that is added after, before any body is read: OPTIONS with
 * what is allowed, the rest with 405.
 */
export function registerMethods(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    for (const url of readUrlsOf(route)) {
      app.route({
        method: 'OPTIONS',
        url,
        schema: { hide: true },
        onRequest: async (_request, reply) => reply.code(204).header('Allow', ALLOWED).send(),
        handler: () => undefined,
      });
      app.route({
        method: ['POST', 'PUT', 'PATCH', 'DELETE'],
        url,
        schema: { hide: true },
        onRequest: async (request, reply) => refuseMethod(request, reply),
        handler: () => undefined,
      });
    }
  });
}
