import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { closest, shortened } from '../../domain/spelling.ts';
import { basePath, shownPath } from '../request/urls.ts';
import { send } from './handler.ts';
import { Problem } from './types.ts';

/** What the routes of the API allow. */
export const ALLOWED = 'GET, HEAD, OPTIONS';

/** Answers paths that no route has, and methods that the route of a path does not have. To be registered before the routes. */
export function registerNotFound(app: FastifyInstance): void {
  const paths: string[] = [];
  const patterns: RegExp[] = [];
  app.addHook('onRoute', (route) => {
    for (const url of readUrlsOf(route)) {
      if (!/[:*]/.test(url)) paths.push(url);
      patterns.push(patternOf(url));
    }
  });
  const isRoute = (path: string): boolean => patterns.some((pattern) => pattern.test(path));

  // Before a body is read, since it may be anything.
  app.addHook('onRequest', async (request, reply) => {
    // What the server itself allows (RFC 9110, section 9.3.7).
    if (request.url === '*' && request.method === 'OPTIONS') {
      return reply.code(204).header('Allow', ALLOWED).send();
    }
    if (!request.is404) return;
    // As the router reads it, for which `/v1/%65vents` is `/v1/events`.
    const path = decoded(request.url.split('?')[0] ?? '');
    // Methods that `hooks/methods.ts` does not register, such as TRACE.
    return request.method !== 'GET' && isRoute(path) ? refuseMethod(request, reply) : undefined;
  });

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const base = basePath(request);
    const withoutSlash = path.replace(/(?<!\/)\/+$/, '');
    const meant = closest(shortened(path), paths);
    const advice =
      base !== '' && path.startsWith(`${base}/`) && isRoute(path.slice(base.length))
        ? `the proxy before this server must remove ${base} from the path`
        : withoutSlash !== path && isRoute(withoutSlash)
          ? `remove the slash at its end for ${base}${shortened(withoutSlash)}`
          : `${base}/docs lists the routes`;
    const hint = meant === undefined ? '' : ` (did you mean ${base}${meant}?)`;
    return send(
      reply,
      request,
      new Problem('not-found', `there is no ${shownPath(request)}${hint}: ${advice}`, [], meant),
    );
  });
}

/** A path without its escapes; as it is where they are broken. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Answers that a method is not allowed on a route that is there. */
export function refuseMethod(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.header('Allow', ALLOWED);
  const detail = `${request.method} is not allowed on ${shownPath(request)}: use GET or HEAD`;
  return send(reply, request, new Problem('method-not-allowed', detail));
}

/**
 * The URLs of a route that is read by GET; none of another one. That of a plugin's prefix is also there with a slash, which Fastify
 * does not announce.
 */
export function readUrlsOf({
  method,
  url,
  routePath,
  prefix,
}: RouteOptions & { routePath: string; prefix: string }): string[] {
  if (![method].flat().includes('GET')) return [];
  return routePath === '' && prefix !== '' ? [url, `${url}/`] : [url];
}

/** The paths that a route answers; `*` and `:name` as the router has them. */
function patternOf(route: string): RegExp {
  const segments = route
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replace('.', '\\.').replace('*', '.*')));
  return new RegExp(`^${segments.join('/')}$`);
}
