import type { FastifyInstance, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { Problem } from './problems.ts';

/** The media type of each format, under the name that `?format=` takes. */
export const formats = {
  json: 'application/json',
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  geojson: 'application/geo+json',
  icalendar: 'text/calendar',
  atom: 'application/atom+xml',
  jsonld: 'application/ld+json',
} as const;

export type Format = keyof typeof formats;
export type MediaType = (typeof formats)[Format];

/** Whether a request reached an operation of the OpenAPI document. */
export function isOperation(request: FastifyRequest): boolean {
  return request.routeOptions.schema?.operationId !== undefined;
}

/**
 * The media type in which a request wants its answer, of those that its route declares: the one of
 * `?format=`, else what `Accept` prefers. Throws a Problem when `Accept` excludes all of them.
 */
export function mediaType(request: FastifyRequest): string {
  const { format } = request.query as { format?: Format };
  if (format !== undefined) return formats[format];
  const responses = request.routeOptions.schema?.response as
    | { 200?: { content?: Record<string, unknown> } }
    | undefined;
  return acceptable(request, Object.keys(responses?.[200]?.content ?? {}));
}

/** The one of some media types that a request prefers. Throws a Problem when `Accept` excludes them all. */
export function acceptable(request: FastifyRequest, available: string[]): string {
  const chosen = new Negotiator(request.raw).mediaType(available);
  if (chosen === undefined) {
    throw new Problem(
      'not-acceptable',
      `Accept: ${request.headers.accept} leaves nothing: the answer comes as ${available.join(', ')}`,
    );
  }
  return chosen;
}

/** Refuses what cannot be answered as a client will have it before any query is run. */
export function registerNegotiation(app: FastifyInstance): void {
  app.addHook('preHandler', async (request, reply) => {
    if (!isOperation(request)) return;
    void reply.header('Vary', 'accept');
    mediaType(request);
  });
}
