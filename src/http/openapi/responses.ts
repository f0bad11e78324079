import { Problem, type ProblemType, problemBody } from '../problems/types.ts';

// What the OpenAPI document says of the responses of every operation: headers, 304, examples.

export type Json = Record<string, unknown>;

/** The parts of the document that are completed here and in `document.ts`. */
export interface OpenapiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; headers?: Json };
}
interface Response {
  description: string;
  headers?: Json;
  content?: Record<string, { schema?: Json; example?: unknown }>;
}
interface Operation {
  operationId: string;
  parameters?: { name: string; required?: boolean; example?: unknown; schema: Json }[];
  responses: Record<string, Response>;
}

/** Answers of the bundled dataset by operation and status, or media type; `npm run openapi` writes them. */
export type Examples = Record<string, Record<string, unknown>>;

const text = (description: string, example: string): Json => ({
  description,
  schema: { type: 'string' },
  example,
});

const HEADERS = {
  ETag: text(
    'Identifies exactly these bytes: send it in `If-None-Match`, and get 304 while they are unchanged',
    '"W0Ap5WsentSiEiBm4tDjMpiudSQ"',
  ),
  'Last-Modified': text('When a dataset was last loaded', 'Thu, 20 Nov 2025 08:00:00 GMT'),
  'Cache-Control': text('Keep the answer, and ask before each use; errors are not kept', 'public, no-cache'),
  Vary: text('The request headers that the answer depends on', 'accept, accept-encoding'),
  Link: text(
    'Leads to the next page as `rel="next"` (RFC 8288); missing on the last one',
    '</v1/events?cursor=WyIyMDI1LTExLTE5Il0>; rel="next"',
  ),
  'X-Total-Count': {
    description: 'Matches in all: always with CSV, NDJSON, GeoJSON and iCalendar, else only with count=true',
    schema: { type: 'integer' },
    example: 133,
  },
  'Content-Disposition': text(
    'A name for the file; with CSV, NDJSON, GeoJSON and iCalendar only',
    'attachment; filename="events.csv"',
  ),
  Location: text('Leads to the record that was kept', '/v1/events/arms-embargo-lifted-2025'),
  'X-Request-Id': text(
    'Id of the request, as in the log: the one sent in `X-Request-Id`, or a new one',
    '1e02b71c-c6f7-4d91-99c1-dd4fe9aeae1b',
  ),
  RateLimit: text(
    'How many requests this client may still send, and the seconds until it may send more; only if the server has a rate limit',
    '"default";r=57;t=42',
  ),
  'RateLimit-Policy': text(
    'The limit: requests and seconds; only where the server sets one',
    '"default";q=60;w=60',
  ),
  'Retry-After': {
    description: 'Seconds to wait before trying again',
    schema: { type: 'integer' },
    example: 10,
  },
} satisfies Record<string, Json>;
type Header = keyof typeof HEADERS;

const EVERY: readonly Header[] = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'];
const CACHED: readonly Header[] = ['ETag', 'Last-Modified', 'Cache-Control', 'Vary'];
const BY_STATUS: Record<string, readonly Header[]> = {
  200: CACHED,
  304: CACHED,
  308: ['Location'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** The id under which the examples of problems were asked for. */
export const EXAMPLE_REQUEST_ID = '1e02b71c-c6f7-4d91-99c1-dd4fe9aeae1b';

/** Problems that no request of a plain client provokes, so that they are made up. */
const PROBLEMS: Record<string, [ProblemType, string]> = {
  308: ['moved', 'the event "embargo-ended-2025" is now part of "arms-embargo-lifted-2025"'],
  410: ['gone', 'the event "embargo-kept-2025" was withdrawn: no source reports it'],
  414: ['request-too-long', 'the URL has 9000 characters: give it at most 8000'],
  429: ['too-many-requests', 'at most 60 requests a minute: try again in 42 seconds'],
  431: [
    'headers-too-long',
    'The request line and the headers exceed what the server reads. Send fewer or shorter ones.',
  ],
  500: ['internal', `the server failed; the request's id in the log is ${EXAMPLE_REQUEST_ID}`],
  503: ['overloaded', 'too much is asked of the server: try again in 10 s'],
};

/** Adds to a document's operations the headers of each response, 304, and an example of each body. */
export function completeResponses(document: OpenapiDocument, examples: Examples): void {
  document.components.headers = HEADERS;
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) {
      operation.responses['304'] = {
        description: 'The `ETag` in `If-None-Match` is still current; no body',
      };
      const takes = (...names: string[]): boolean =>
        (operation.parameters ?? []).some(({ name }) => names.includes(name));
      const onPages: Header[] = [
        ...(takes('cursor', 'since') ? (['Link'] as const) : []),
        ...(takes('count') ? (['X-Total-Count'] as const) : []),
        ...(takes('bom') ? (['Content-Disposition'] as const) : []),
      ];
      for (const [status, response] of Object.entries(operation.responses)) {
        const names = [...EVERY, ...(BY_STATUS[status] ?? []), ...(status === '200' ? onPages : [])];
        response.headers = Object.fromEntries(
          names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
        );
        for (const [media, content] of Object.entries(response.content ?? {})) {
          const answers = examples[operation.operationId];
          const example = /^application\/(problem\+)?json$/.test(media)
            ? exampleOf(status, answers)
            : answers?.[media];
          if (example !== undefined) content.example = example;
        }
      }
      operation.responses = Object.fromEntries(
        Object.entries(operation.responses).sort(([a], [b]) => Number(a) - Number(b)),
      );
    }
  }
}

function exampleOf(status: string, answers: Record<string, unknown> | undefined): unknown {
  const made = PROBLEMS[status];
  return made ? problemBody(new Problem(...made), EXAMPLE_REQUEST_ID) : answers?.[status];
}
