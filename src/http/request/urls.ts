import type { IncomingMessage } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import { compile } from '@fastify/proxy-addr';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { quoted, shortened } from '../../domain/spelling.ts';
import { Problem } from '../problems/types.ts';
import { parameterName } from './queryString.ts';

// Where the API is, as a client reached it: every link that an answer has begins there.

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the API is, without a slash at the end; empty where the request does not say. */
    base: string;
  }
  interface FastifyInstance {
    /** Sets `base` of a request that the router itself refuses, so that no hook does. */
    locate(request: FastifyRequest): void;
  }
}

/** The request headers by which a trusted proxy says where it was reached. */
const FORWARDED = ['X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-Prefix'];

/** A path without dot segments, which would lead elsewhere. */
const PREFIX = /^(\/(?!\.\.?(\/|$))[\w.~-]+)*\/?$/;
/** A name or an address, with a port or without: in no format do its characters have a meaning. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

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
  const baseOf = (request: FastifyRequest): string =>
    publicUrl ?? addressOf(request, readsHeaders && trusts(request.socket.remoteAddress ?? '', 0));
  app.decorate('locate', (request) => {
    try {
      request.base = baseOf(request);
    } catch {
      // The request has another fault, of which its answer speaks.
      request.base = '';
    }
  });
  app.addHook('onRequest', async (request) => {
    request.base = publicUrl ?? '';
    requireHost(request);
    request.base = baseOf(request);
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
  return request.base;
}

/** The path of that address: empty, unless the API is served under a prefix. */
export function basePath(request: FastifyRequest): string {
  return pathOf(request.base);
}

/** The path of an address that has no slash at its end; empty when it has none. */
export function pathOf(base: string): string {
  return base.replace(/^https?:\/\/[^/]*/, '');
}

/**
 * The path and query of a request as a URL. Its host means nothing: it is written before the path, which therefore is never read as
 * another host, as `//x` or `/\x` would be against a base. Never throws, whatever the client wrote.
 */
export function urlOf(request: FastifyRequest): URL {
  return new URL(`http://localhost${request.url.startsWith('/') ? '' : '/'}${request.url}`);
}

/** The path and query of a request as its client reached it, with another value of one parameter: a link to the next page. */
export function linkWith(request: FastifyRequest, parameter: string, value: string): string {
  const url = urlOf(request);
  for (const name of [...url.searchParams.keys()])
    if (parameterName(name) === parameter) url.searchParams.delete(name);
  url.searchParams.set(parameter, value);
  return `${basePath(request)}${url.pathname}${url.search}`;
}

/** The URL of the page of a record, which people read, by its URL in the API; `base` is where the API is. */
export function pageUrl(url: string, base: string): string {
  return url.replace(`${base}/v1/`, `${base}/`);
}

/** The path of a request as its client wrote it, shortened, for a message. */
export function shownPath(request: FastifyRequest): string {
  return basePath(request) + shortened(request.url.split('?')[0] ?? '');
}

function addressOf(request: FastifyRequest, isForwarded: boolean): string {
  const { headers, protocol, socket } = request;
  // A request of HTTP/1.0 may do without a host: then it is the address that it came to.
  const host = request.host || localAddress(socket);
  if (!isHost(host)) {
    throw new Problem('bad-http', `${quoted(host)} is no host: give the name and port of this server`);
  }
  const scheme = protocol.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') {
    throw new Problem('bad-http', `X-Forwarded-Proto: ${quoted(protocol)} is neither http nor https`);
  }
  const given = isForwarded ? headers['x-forwarded-prefix'] : undefined;
  const prefix = [given ?? ''].flat().at(-1)?.split(',').at(-1)?.trim() ?? '';
  if (!isPrefix(prefix)) {
    throw new Problem(
      'bad-http',
      `X-Forwarded-Prefix: ${quoted(prefix)} is no path: give one such as /attest`,
    );
  }
  return `${scheme}://${host}${prefix.replace(/\/$/, '')}`;
}

function localAddress({ localAddress: address = 'localhost', localPort }: Socket): string {
  return `${isIPv6(address) ? `[${address}]` : address}:${localPort}`;
}

/** Throws a Problem unless a request names one host. */
function requireHost({ raw: { rawHeaders, httpVersion, headers } }: FastifyRequest): void {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1 || (hosts === 0 && httpVersion !== '1.0')) {
    throw new Problem('bad-http', `the request has ${hosts} Host headers: send one (RFC 9112, section 3.2)`);
  }
  if (hosts === 1 && headers.host === '') {
    throw new Problem('bad-http', 'the Host header is empty: give the name and port of this server');
  }
}

/** Whether a text is a host, with a port or without, and nothing else. */
function isHost(text: string): boolean {
  return HOST.test(text) && URL.canParse(`http://${text}`);
}

/** Whether a text is a path under which the API can be served, or empty. */
export function isPrefix(text: string): boolean {
  return PREFIX.test(text);
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
