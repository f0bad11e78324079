import type { IncomingMessage } from 'node:http';
import { compile } from '@fastify/proxy-addr';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { quoted } from '../../domain/spelling.ts';
import { Problem } from '../problems/types.ts';

// Where the API is, as a client reached it: every link that an answer has begins there.

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the API is, without a slash at the end; missing where the router itself refuses a request. */
    base?: string;
  }
}

/** The request headers by which a trusted proxy says where it was reached. */
const FORWARDED = ['X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-Prefix'];
const PREFIX = /^(\/[\w.~-]+)*\/?$/;

/**
 * Decides for every request where the API is: at `publicUrl`, if that is set; else where the headers of a trusted proxy say; else
 * where it was itself reached. To be registered before all hooks that answer.
 */
export function registerBase(
  app: FastifyInstance,
  { publicUrl, trustProxy }: { publicUrl: string | undefined; trustProxy: readonly string[] },
): void {
  const trusts = trustProxy.length > 0 ? compile([...trustProxy]) : () => false;
  const readsHeaders = publicUrl === undefined && trustProxy.length > 0;
  app.decorateRequest('base', '');
  app.addHook('onRequest', async (request) => {
    requireOneHost(request);
    request.base =
      publicUrl ?? addressOf(request, readsHeaders && trusts(request.socket.remoteAddress ?? '', 0));
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    // Answers to the same URL differ in their links, so a cache must keep them apart.
    const vary = reply.getHeader('Vary');
    if (readsHeaders && reply.hasHeader('ETag') && typeof vary === 'string') {
      void reply.header('Vary', [vary, ...FORWARDED.map((name) => name.toLowerCase())].join(', '));
    }
    return payload;
  });
}

/** Where the API is, as this client reached it, without a slash at the end. */
export function baseUrl(request: FastifyRequest): string {
  return request.base ?? '';
}

/** The path of that address: empty, unless the API is served under a prefix. */
export function basePath(request: FastifyRequest): string {
  return !request.base ? '' : new URL(request.base).pathname.replace(/\/$/, '');
}

function addressOf(request: FastifyRequest, isForwarded: boolean): string {
  const { host, protocol } = request;
  // A request of HTTP/1.0 may do without a host.
  if (host !== '' && !isHost(host)) {
    throw new Problem('bad-http', `${quoted(host)} is no host: give the name and port of this server`);
  }
  if (protocol !== 'http' && protocol !== 'https') {
    throw new Problem('bad-http', `X-Forwarded-Proto: ${quoted(protocol)} is neither http nor https`);
  }
  const given = isForwarded ? request.headers['x-forwarded-prefix'] : undefined;
  const prefix = [given ?? ''].flat().at(-1)?.split(',').at(-1)?.trim() ?? '';
  if (!PREFIX.test(prefix)) {
    throw new Problem(
      'bad-http',
      `X-Forwarded-Prefix: ${quoted(prefix)} is no path: give one such as /attest`,
    );
  }
  return `${protocol}://${host}${prefix.replace(/\/$/, '')}`;
}

function requireOneHost({ raw: { rawHeaders, httpVersion } }: FastifyRequest): void {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1 || (hosts === 0 && httpVersion !== '1.0')) {
    throw new Problem('bad-http', `the request has ${hosts} Host headers: send one (RFC 9112, section 3.2)`);
  }
}

/** Whether a text is a host, with a port or without, and nothing else. */
function isHost(text: string): boolean {
  return !/[/?#@\\]/.test(text) && URL.canParse(`http://${text}`);
}

/**
 * The path and query of a request whose target names the host as well, as requests through a forward proxy do; that host then counts,
 * whatever the `Host` header says (RFC 9112, section 3.2.2). Any other target as it is.
 */
export function originForm(request: IncomingMessage): string {
  const target = request.url ?? '/';
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target);
  if (!absolute) return target;
  const [, host = '', rest = ''] = absolute;
  request.headers.host = host;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
