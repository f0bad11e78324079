import type { FastifyRequest } from 'fastify';

/** Where the API is, as this client reached it: without a path, and without a slash at the end. */
export function baseUrl(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}
