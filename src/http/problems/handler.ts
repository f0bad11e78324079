import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  MissingRecordError,
  StoreError,
  type StoreErrorCode,
  UnknownReferenceError,
} from '../../domain/errors.ts';
import { quoted, shortened } from '../../domain/spelling.ts';
import { queryOf } from '../request/query.ts';
import { basePath, shownPath } from '../request/urls.ts';
import { meantParameters, meantWord } from './synonyms.ts';
import {
  type ParameterError,
  Problem,
  type ProblemType,
  problemBody,
  problemTypes,
  RETRY_SECONDS,
} from './types.ts';

/** The headers by which a cache knows an answer; problems go without. */
const VALIDATORS = ['ETag', 'Last-Modified', 'Cache-Control'];

/** What Fastify's errors have besides a message. */
type RequestError = Error & Partial<Pick<FastifyError, 'code' | 'statusCode'>>;

/** A request that its route's zod schema refuses; carries zod's issues to where they are answered. */
export class InvalidRequest extends Error {
  readonly issues: z.core.$ZodIssue[];
  /** Which part of the request it is about, as Fastify says. */
  validationContext?: string;

  constructor(issues: z.core.$ZodIssue[]) {
    super('invalid request');
    this.issues = issues;
  }
}

declare module 'fastify' {
  interface FastifyReply {
    /** The type of the problem that is the answer; null when it is none. */
    problem: ProblemType | null;
  }
  interface FastifyInstance {
    /** Answers a problem as a page, for browsers; null as long as there are no pages. */
    problemPage: ((problem: Problem, request: FastifyRequest, reply: FastifyReply) => FastifyReply) | null;
  }
  interface FastifyContextConfig {
    /** Whether the route is read by people, so that its problems are pages, too. */
    page?: boolean;
  }
}

/** At most this many errors are in one answer. */
const MAX_ERRORS = 20;

/** How often refusals for load are logged, in milliseconds. */
const REFUSALS_LOGGED_EVERY = 60_000;

/** The one place where errors become HTTP. */
export function registerErrors(app: FastifyInstance): void {
  app.decorateReply('problem', null);
  app.decorate('problemPage', null);
  const refusal = refusalLog(app);
  app.setErrorHandler((error: RequestError, request, reply) => {
    if (error instanceof MissingRecordError && error.mergedInto !== null) {
      const path = request.routeOptions.url?.replace(':id', encodeURIComponent(error.mergedInto)) ?? '';
      const query = request.url.indexOf('?');
      void reply.header(
        'Location',
        basePath(request) + path + (query === -1 ? '' : request.url.slice(query)),
      );
    }
    const problem = problemOf(error, request);
    if (problem.type === 'overloaded') refusal();
    else if (problemTypes[problem.type].status >= 500) request.log.error({ err: error }, 'request failed');
    return send(reply, request, problem);
  });
}

/**
 * Logs refusals for load: the first at once, later ones as a number, once a minute. A stack for each would be load
 * of its own, and say nothing.
 */
function refusalLog(app: FastifyInstance): () => void {
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  const log = (requests: number): void =>
    app.log.warn(
      { requests },
      'requests were refused because the server is overloaded: attest_problems_total in /metrics counts them; raise WORKERS or slow the clients down',
    );
  const again = (): void => {
    timer = since > 0 ? setTimeout(again, REFUSALS_LOGGED_EVERY).unref() : undefined;
    if (since > 0) log(since);
    since = 0;
  };
  return () => {
    if (timer) since += 1;
    else {
      log(1);
      timer = setTimeout(again, REFUSALS_LOGGED_EVERY).unref();
    }
  };
}

/** What the router itself refuses, before any hook runs: a path that is too long, or not UTF-8. */
export function routerProblem({ statusCode }: RequestError, request: FastifyRequest): Problem {
  const path = shownPath(request);
  if (!request.url.startsWith('/'))
    return new Problem('bad-http', `${path} is neither a path nor an http URL`);
  return statusCode === 414
    ? new Problem('request-too-long', `a part of the path ${path} is too long: no id is`)
    : new Problem('bad-http', `the path ${path} is not encoded as UTF-8: write é as %C3%A9, for example`);
}

/** Answers with a problem. */
export function send(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
  const { status } = problemTypes[problem.type];
  forgetValidators(reply);
  reply.problem = problem.type;
  // What the router refuses has passed no hook.
  void reply.header('X-Request-Id', request.id);
  if (status === 503) void reply.header('Retry-After', RETRY_SECONDS);
  void reply.code(status);
  const { problemPage } = request.server;
  if (problemPage && wantsPage(request)) return problemPage(problem, request, reply);
  return reply
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemBody(problem, request.id, basePath(request)));
}

/** Whether a problem is answered as a page: to browsers, on pages and where a wrong address is not one of the API. */
export function wantsPage(request: FastifyRequest): boolean {
  const isBrowser = /\btext\/html\b/.test(request.headers.accept ?? '');
  if (!isBrowser || request.routeOptions.config?.page) return isBrowser;
  return request.is404 && !/^\/(v1|health|metrics|openapi)\b/.test(request.url);
}

/** Takes from a reply what would let an error be kept for an answer. */
export function forgetValidators(reply: FastifyReply): void {
  for (const header of VALIDATORS) void reply.removeHeader(header);
  void reply.header('Cache-Control', 'no-store');
}

/** The problem that an error is answered as. */
export function problemOf(error: RequestError, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidRequest) return invalidRequest(error, request);
  if (error instanceof UnknownReferenceError) return unknownReferences(error);
  if (error instanceof MissingRecordError) return missingRecord(error);
  if (error instanceof StoreError) return storeProblem(error.code);
  const { code, statusCode: status = 500 } = error;
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return storeProblem('slow');
  if (status === 414 || status === 431 || code === 'FST_ERR_MAX_PARAM_LENGTH') {
    return new Problem(
      'request-too-long',
      'a part of the URL is too long: send fewer or shorter values, in several requests',
    );
  }
  if (status >= 400 && status < 500) return new Problem('bad-http', error.message);
  return new Problem('internal', `the server failed; the request's id in the log is ${request.id}`);
}

/** What a client can do where the store does not recover by itself. The log names the file and the remedy; an answer does not. */
const FOR_THE_OPERATOR =
  'Trying again does not help until the operator of the server has acted: its log says what to do';

function storeProblem(code: StoreErrorCode): Problem {
  switch (code) {
    case 'slow':
      return new Problem('overloaded', 'the answer took too long to make: ask for less at once, or later');
    case 'crowded':
      return new Problem('overloaded', 'too many large answers are being made: try later');
    case 'lost':
      return new Problem('overloaded', 'the query was interrupted: try again');
    case 'abandoned':
      return new Problem('overloaded', 'the connection was closed before the answer was made');
    case 'busy':
      return new Problem('unavailable', 'the store is being written: try again shortly');
    case 'unreachable':
      return new Problem('unavailable', 'the database cannot be reached: try again shortly');
    case 'full':
      return new Problem('unavailable', `the disk of the store is full. ${FOR_THE_OPERATOR}`);
    case 'not-a-store':
    case 'damaged':
      return new Problem('unavailable', `the store is damaged. ${FOR_THE_OPERATOR}`);
    case 'replaced':
      return new Problem(
        'unavailable',
        `the store was replaced or deleted while it was served. ${FOR_THE_OPERATOR}`,
      );
    case 'address':
    case 'newer':
    case 'unusable':
    case 'not-migrated':
    case 'incomplete':
      return new Problem('unavailable', `the store cannot be opened. ${FOR_THE_OPERATOR}`);
  }
}

function unknownReferences({ unknown }: UnknownReferenceError): Problem {
  const errors = unknown.map(
    ({ parameter, kind, id, mergedInto, suggestions }): ParameterError => ({
      parameter,
      location: 'query',
      detail: mergedInto
        ? `the ${kind} ${quoted(id)} is now part of "${mergedInto}": use that id`
        : isId(id)
          ? `there is no ${kind} ${quoted(id)}`
          : `${quoted(id)} is not an id: ids are lower-case letters, digits and single hyphens`,
      suggestions,
    }),
  );
  return invalid(errors);
}

function missingRecord(error: MissingRecordError): Problem {
  const { kind, id, mergedInto, withdrawn, unreportedBy, suggestions } = error;
  if (mergedInto !== null)
    return new Problem('moved', `the ${kind} ${quoted(id)} is now part of "${mergedInto}"`);
  if (withdrawn !== null) return new Problem('gone', `the ${kind} ${quoted(id)} was withdrawn: ${withdrawn}`);
  const detail =
    unreportedBy === null
      ? `there is no ${kind} ${quoted(id)}`
      : `no source published by ${unreportedBy} reports the ${kind} ${quoted(id)}`;
  return new Problem('not-found', detail, [{ parameter: 'id', location: 'path', detail, suggestions }]);
}

function invalidRequest(error: InvalidRequest, request: FastifyRequest): Problem {
  const where = error.validationContext === 'params' ? 'path' : 'query';
  const known = parametersOf(request);
  const errors = error.issues.flatMap((issue): ParameterError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        return {
          parameter: key,
          location: where,
          detail: `there is no such parameter here; there are ${known.join(', ') || 'none'}`,
          suggestions: meantParameters(key, known),
        };
      });
    }
    const parameter = String(issue.path[0] ?? '');
    const given = queryOf(request)[parameter];
    if (Array.isArray(given) && issue.code !== 'custom') {
      return [
        { parameter, location: where, detail: 'is given more than once: give it once', suggestions: [] },
      ];
    }
    if (given === undefined && where === 'query' && issue.code === 'invalid_type') {
      return [{ parameter, location: where, detail: 'is missing: give it', suggestions: [] }];
    }
    const suggestion = suggestionOf(issue, given);
    return [
      {
        parameter,
        location: where,
        detail: issue.message,
        suggestions: typeof suggestion === 'string' ? [suggestion] : [],
      },
    ];
  });
  return invalid(errors);
}

/** What was probably meant by a value that an issue is about. */
function suggestionOf(issue: z.core.$ZodIssue, given: unknown): unknown {
  if (issue.code === 'custom') return issue.params?.suggestion;
  if (issue.code !== 'invalid_value' || typeof given !== 'string') return undefined;
  return meantWord(given, issue.values.map(String));
}

/** Whether a text has the form of an id. */
function isId(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/** The parameters that the route of a request knows. */
export function parametersOf(request: FastifyRequest): string[] {
  const schema = request.routeOptions.schema?.querystring;
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function invalid(errors: readonly ParameterError[]): Problem {
  const listed = few(errors);
  return new Problem('invalid-request', summary(listed), listed);
}

/** The errors that an answer lists, each once. Their number and length are limited, so that a bad request cannot get a huge answer. */
function few(errors: readonly ParameterError[]): ParameterError[] {
  const different = new Map(errors.map((error) => [`${error.parameter}\n${error.detail}`, error]));
  return [...different.values()]
    .slice(0, MAX_ERRORS)
    .map((error) => ({ ...error, parameter: shortened(error.parameter) }));
}

function summary(errors: readonly ParameterError[]): string {
  return errors
    .map(({ parameter, detail, suggestions }) => {
      const meant = suggestions.length > 0 ? ` (did you mean ${suggestions.join(' or ')}?)` : '';
      return `${parameter}: ${detail}${meant}`;
    })
    .join('; ');
}
