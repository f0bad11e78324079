import type { FastifyRequest } from 'fastify';

/** The parameters of a request's query: as they were understood, or as they were given where they were not. */
export function queryOf(request: FastifyRequest): Record<string, unknown> {
  const { query } = request;
  return typeof query === 'object' && query !== null ? { ...query } : {};
}
