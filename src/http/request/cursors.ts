import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Page, PageRequest, SortKey } from '../../db/lists/paging.ts';
import { Problem } from '../problems/types.ts';
import { queryOf } from './query.ts';
import { linkWith } from './urls.ts';

const cursorContent = z.tuple([z.string(), z.string(), z.string()]);
// A page may change in size, in what it shows of its records and how, without becoming another query.
const FREE = new Set(['cursor', 'limit', 'count', 'fields', 'facets', 'format', 'bom']);

/**
 * The page a request asks for. Throws a Problem when its cursor is malformed or
 * comes from another query.
 */
export function pageRequest(
  request: FastifyRequest,
  query: { limit: number; cursor?: string | undefined; count?: boolean | undefined },
): PageRequest {
  return {
    after: query.cursor === undefined ? null : readCursor(query.cursor, request),
    limit: query.limit,
    count: query.count ?? false,
  };
}

/** The body of a list's answer; announces the next page in `Link` (RFC 8288), and the total in `X-Total-Count`, too. */
export function listBody<T>(
  page: Page<T>,
  request: FastifyRequest,
  reply: FastifyReply,
): { items: T[]; next: string | null; total?: number } {
  const next = page.next === null ? null : writeCursor(page.next, request);
  if (next !== null) {
    void reply.header('Link', `<${linkWith(request, 'cursor', next)}>; rel="next"`);
  }
  if (page.total !== null) void reply.header('X-Total-Count', page.total);
  return { items: page.items, next, ...(page.total === null ? {} : { total: page.total }) };
}

function writeCursor({ value, id }: SortKey, request: FastifyRequest): string {
  return Buffer.from(JSON.stringify([value, id, fingerprint(request)])).toString('base64url');
}

function readCursor(cursor: string, request: FastifyRequest): SortKey {
  const fault = (type: 'invalid-request' | 'stale-cursor', detail: string): Problem =>
    new Problem(type, `cursor: ${detail}`, [
      { parameter: 'cursor', location: 'query', detail, suggestions: [] },
    ]);
  let content: z.infer<typeof cursorContent>;
  try {
    content = cursorContent.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw fault('invalid-request', 'is not a cursor: use the `next` of the page before as it is');
  }
  const [value, id, query] = content;
  if (query !== fingerprint(request)) {
    throw fault('stale-cursor', 'comes from another query: omit it to start again');
  }
  return { value, id };
}

/** What makes the query this one: its path and every parameter but those of the page itself. */
function fingerprint(request: FastifyRequest): string {
  const parameters = Object.entries(queryOf(request))
    .filter(([name]) => !FREE.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([request.routeOptions.url, request.params, parameters]))
    .digest('base64url')
    .slice(0, 16);
}
