import negotiate from '@fastify/accept-negotiator';
import type { FastifyRequest, FastifySchema } from 'fastify';
import Negotiator from 'negotiator';
import { shortened } from '../../domain/spelling.ts';
import { Problem } from '../problems/types.ts';
import { queryOf } from './query.ts';

/** The content codings that answers come in, most wanted first. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;

/** The media type that every operation has. */
export const JSON_TYPE = 'application/json';

/** Whether a request reached an operation of the OpenAPI document. */
export function isOperation(request: FastifyRequest): boolean {
  return request.routeOptions.schema?.operationId !== undefined;
}

/**
 * The media type in which a request wants its answer, of those that its route declares: the one of
 * `?format=`, else what `Accept` prefers. Throws a Problem when `Accept` excludes all of them.
 */
export function mediaType(request: FastifyRequest): string {
  const { format } = queryOf(request);
  return typeof format === 'string' ? format : acceptable(request, mediaTypesOf(request.routeOptions.schema));
}

/** The media types in which a route declares its answer. */
export function mediaTypesOf(schema: FastifySchema | undefined): string[] {
  // Cast: Fastify leaves open what a response may be; those of this API have this shape.
  const responses = schema?.response as { 200?: { content?: Record<string, unknown> } } | undefined;
  return Object.keys(responses?.[200]?.content ?? {});
}

/** The one of some media types that a request prefers. Throws a Problem when `Accept` excludes them all. */
export function acceptable(request: FastifyRequest, available: string[]): string {
  const accept = withoutParameters(request.headers.accept);
  const chosen = new Negotiator({ headers: accept === undefined ? {} : { accept } }).mediaType(available);
  if (chosen === undefined) {
    throw new Problem(
      'not-acceptable',
      `no media type matches Accept: ${shortened(String(request.headers.accept))}; this route answers as ${available.join(', ')}`,
    );
  }
  return chosen;
}

/**
 * An `Accept` without the parameters of its media types, such as `charset=utf-8`: no format here comes in several kinds
 * between which they could choose. Weights (`q`) stay.
 */
function withoutParameters(accept: string | undefined): string | undefined {
  return accept
    ?.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g)
    ?.map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
      return [type, ...parameters.filter((parameter) => /^q\s*=/i.test(parameter))].join(';');
    })
    .join(',');
}

/**
 * The content coding that @fastify/compress will choose for a request, so that each coding of an
 * answer has its own entity tag before it is made.
 */
export function contentCoding(request: FastifyRequest): string {
  const header = request.headers['accept-encoding'];
  if (header === undefined || request.headers['x-no-compression'] !== undefined) return 'identity';
  return negotiate(header.toLowerCase().replace(/\*|x-gzip/g, 'gzip'), [...ENCODINGS]) ?? 'identity';
}
