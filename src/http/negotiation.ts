import negotiate from '@fastify/accept-negotiator';
import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { Problem } from './problems.ts';

/** The content codings that answers come in, most wanted first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;

/** The words of a route's `format` parameter, and the media types they stand for. */
export const FORMATS = { json: 'application/json', graphml: 'application/graphml+xml' } as const;

/** Whether a request reached an operation of the OpenAPI document. */
export function isOperation(request: FastifyRequest): boolean {
  return request.routeOptions.schema?.operationId !== undefined;
}

/**
 * The media type in which a request wants its answer: by `format`, or else the one it prefers of those that
 * its route declares. Throws a Problem when `Accept` excludes all of them.
 */
export function mediaType(request: FastifyRequest): string {
  const { format } = request.query as { format?: keyof typeof FORMATS };
  if (format !== undefined) return FORMATS[format];
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

/**
 * The content coding that @fastify/compress will choose for a request, so that each coding of an
 * answer has an entity tag of its own before there is an answer.
 */
export function contentCoding(request: FastifyRequest): string {
  const header = request.headers['accept-encoding'];
  if (header === undefined || request.headers['x-no-compression'] !== undefined) return 'identity';
  return negotiate(header.toLowerCase().replace(/\*|x-gzip/g, 'gzip'), [...ENCODINGS]) ?? 'identity';
}
