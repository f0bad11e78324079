import { z } from 'zod';

/** `Retry-After`, in seconds, of a request that is refused under load. */
export const RETRY_SECONDS = 10;

/** The problem types (RFC 9457, section 3.1.1), each with its status, title and explanation. */
export const problemTypes = {
  'invalid-request': {
    status: 400,
    title: 'The request is not understood',
    explanation:
      'A parameter is unknown, malformed, or names a record that does not exist. `errors` lists each one, with what was probably meant. No filter is ever ignored: correct the request and send it again.',
  },
  'stale-cursor': {
    status: 400,
    title: 'The cursor does not belong to this query',
    explanation:
      'A cursor continues the very query it came from. Omit `cursor` to begin again, or repeat the other parameters unchanged.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such record or route',
    explanation: 'No record and no route has this path. `errors` suggests ids that were probably meant.',
  },
  moved: {
    status: 308,
    title: 'The record is now part of another one',
    explanation: 'Two records turned out to be one. `Location` leads to the one that was kept.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    explanation: 'The API is read-only. `Allow` lists the methods of the route.',
  },
  'not-acceptable': {
    status: 406,
    title: 'There is no representation that Accept allows',
    explanation: '`Accept` excludes every media type in which the route answers; `detail` lists them.',
  },
  gone: {
    status: 410,
    title: 'The record was withdrawn',
    explanation: 'A record with this id was in the store and was withdrawn; `detail` says why.',
  },
  'request-too-long': {
    status: 414,
    title: 'The request is too long',
    explanation: 'The URL, or one of its parts, exceeds what the server reads. Ask for less at once.',
  },
  'headers-too-long': {
    status: 431,
    title: 'The headers are too long',
    explanation: 'The request line and the headers exceed what the server reads. Send fewer or shorter ones.',
  },
  'expectation-failed': {
    status: 417,
    title: 'The expectation cannot be met',
    explanation: '`Expect` asks for something other than `100-continue`. Send the request without it.',
  },
  'method-not-implemented': {
    status: 501,
    title: 'The method is unknown',
    explanation: 'No method of HTTP has this name. The API is read-only: use GET or HEAD.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    explanation:
      'The client has used up its requests of this minute. `Retry-After` says how many seconds to wait, `RateLimit` in every answer how many requests are left.',
  },
  'bad-http': {
    status: 400,
    title: 'The request is not valid HTTP',
    explanation: 'The request line, the headers or the body could not be read.',
  },
  unavailable: {
    status: 503,
    title: 'The store cannot be read at the moment',
    explanation:
      '`detail` says whether to try again shortly, or whether the operator of the server has to act first.',
  },
  overloaded: {
    status: 503,
    title: 'Too much is asked of the server',
    explanation:
      'The server is overloaded, or the answer took too long. `Retry-After` says when to try again.',
  },
  internal: {
    status: 500,
    title: 'The server failed',
    explanation: 'A fault of the server, not of the request; it has been logged under the request id.',
  },
} as const;

export type ProblemType = keyof typeof problemTypes;

/** One thing that is wrong with a request. */
export interface ParameterError {
  /** Name of the parameter. */
  parameter: string;
  /** In which part of the URL it is. */
  location: 'query' | 'path';
  /** What is wrong with it. */
  detail: string;
  /** What was probably meant, best first. */
  suggestions: string[];
}

/** An error that is answered as a problem. */
export class Problem extends Error {
  readonly type: ProblemType;
  readonly errors: ParameterError[];
  /** The path that was probably meant, of a path that no record and no route has. */
  readonly meantPath: string | undefined;

  constructor(type: ProblemType, detail: string, errors: ParameterError[] = [], meantPath?: string) {
    super(detail);
    this.meantPath = meantPath;
    this.type = type;
    this.errors = errors;
  }
}

const parameterError = z
  .object({
    parameter: z.string().describe('Name of the parameter'),
    location: z.enum(['query', 'path']).describe('The part of the request in which the parameter is'),
    detail: z.string().describe('What is wrong with it'),
    suggestions: z.array(z.string()).describe('What was probably meant, best first'),
  })
  .meta({ id: 'ParameterError', description: 'One thing that is wrong with a request' });

/** The wire contract of a problem (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().describe('Where the type of problem is explained (a URI reference)'),
    title: z.string().describe('The type of problem in a few words'),
    status: z.int().describe('The HTTP status'),
    detail: z.string().describe('What is wrong with this request, and what to do'),
    instance: z.string().describe('Id of the request, as in the log'),
    errors: z.array(parameterError).describe('Each parameter that is wrong'),
  })
  .meta({
    id: 'Problem',
    description: 'A problem (RFC 9457)',
    example: {
      type: '/problems/invalid-request',
      title: 'The request is not understood',
      status: 400,
      detail: 'actor: there is no actor "kristenbrink"',
      instance: '1e02b71c-c6f7-4d91-99c1-dd4fe9aeae1b',
      errors: [
        {
          parameter: 'actor',
          location: 'query',
          detail: 'there is no actor "kristenbrink"',
          suggestions: ['daniel-kritenbrink'],
        },
      ],
    },
  });

/** The body that answers a problem; `basePath` is the prefix under which the API is served. */
export function problemBody(
  problem: Problem,
  instance: string,
  basePath = '',
): z.infer<typeof problemSchema> {
  const { status, title } = problemTypes[problem.type];
  return {
    type: `${basePath}/problems/${problem.type}`,
    title,
    status,
    detail: problem.message,
    instance,
    errors: problem.errors,
  };
}

const media = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** The problems every list can answer with, for its route's `response`. */
export const listProblems = {
  400: media('A parameter is unknown, malformed or names no record; or the cursor is of another query'),
  406: media('`Accept` excludes every media type in which the route answers'),
  414: media('The URL is too long'),
  429: media('The client has spent its requests of this minute, where the server sets a limit'),
  431: media('The headers are too long'),
  500: media('The server failed'),
  503: media('The store cannot be read at the moment, or too much is asked of the server'),
};

/** The problems every record can answer with, for its route's `response`. */
export const recordProblems = {
  ...listProblems,
  308: media('The record is now part of another one, to which `Location` leads'),
  404: media('There is no such record'),
  410: media('The record was withdrawn'),
};
