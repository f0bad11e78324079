import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Store } from '../../db/store.ts';
import { contentCoding, isOperation, mediaType } from '../request/negotiation.ts';
import { queryOf } from '../request/query.ts';
import { baseUrl } from '../request/urls.ts';

/**
 * Gives every answer of the API an entity tag made of the version of the store, of the request and of the address in its links, and answers
 * 304 before any query is run when the client has that answer already. `software` names the version of
 * Attest, whose answers may read otherwise than those of another one.
 */
export function registerCaching(app: FastifyInstance, store: Store, software: string): void {
  app.addHook('preHandler', async (request, reply) => {
    if (!isOperation(request)) return;
    void reply.header('Vary', 'accept, accept-encoding');
    const media = mediaType(request);
    const { id, loaded } = await store.version();
    return revalidate(request, reply, [software, baseUrl(request), id, media, canonical(request)], loaded);
  });

  // Conditions that need an answer to exist: If-None-Match: *, and If-Modified-Since without a tag.
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 200 || !reply.hasHeader('ETag')) return payload;
    const { 'if-none-match': tags, 'if-modified-since': since } = request.headers;
    const modified = Date.parse(String(reply.getHeader('Last-Modified')));
    if (tags === '*' || (tags === undefined && since !== undefined && modified <= Date.parse(since))) {
      // A stream that is never read keeps a snapshot of the store open.
      if (payload instanceof Readable) payload.destroy();
      void reply.code(304).removeHeader('Content-Type').removeHeader('Content-Length');
      return null;
    }
    return payload;
  });
}

/**
 * Sets the headers by which an answer can be cached; `identity` is all that decides its bytes in addition to the
 * content coding. Answers 304, and returns the reply, when the client has it already.
 */
export function revalidate(
  request: FastifyRequest,
  reply: FastifyReply,
  identity: readonly string[],
  modified: Date | null,
): FastifyReply | undefined {
  const digest = createHash('sha256').update(JSON.stringify([...identity, contentCoding(request)]));
  const tag = `"${digest.digest('base64url').slice(0, 27)}"`;
  void reply.header('ETag', tag);
  // Caches revalidate before each use: a correction is seen at once, and revalidating costs a 304.
  void reply.header('Cache-Control', 'public, no-cache');
  // A clock that was set back would put it in the future, which RFC 9110 forbids (8.8.2.1).
  if (modified) void reply.header('Last-Modified', new Date(Math.min(+modified, Date.now())).toUTCString());
  return matches(request.headers['if-none-match'], tag) ? reply.code(304).send() : undefined;
}

/** Whether a list of entity tags contains one; weakly compared, as RFC 9110 has it (13.1.2). */
function matches(list: string | undefined, tag: string): boolean {
  return (list ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}

/** What is asked, however it is written: the path and the parameters as they were understood. */
export function canonical(request: FastifyRequest): string {
  const parameters = Object.entries(queryOf(request)).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([request.routeOptions.url, request.params, parameters]);
}
