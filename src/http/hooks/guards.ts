import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { quoted } from '../../domain/spelling.ts';
import { Problem, RETRY_SECONDS } from '../problems/types.ts';
import { ENCODINGS, mediaTypesOf } from '../request/negotiation.ts';
import { refuseOtherEncodings } from '../request/queryString.ts';
import { basePath, shownPath } from '../request/urls.ts';
import { EXPORT_MEDIA_TYPES } from '../response/formats/format.ts';

/** A URL longer than this is refused; RFC 9110 asks servers to read 8,000 octets (4.1). */
export const MAX_URL = 8_000;
/** A query of more parameters than this, repeats included, is refused. */
export const MAX_PARAMETERS = 100;
/** Time limits for slow or stuck clients and queries, in milliseconds. */
export const TIMEOUTS = {
  /** A connection on which nothing moves. */
  connectionTimeout: 60_000,
  /** Until all of a request has arrived. */
  requestTimeout: 30_000,
  /** An idle connection between two requests; above the 60 s of common proxies. */
  keepAliveTimeout: 72_000,
  /** The making of an answer, a stream to its end included. */
  handlerTimeout: 30_000,
};

/**
 * The same on routes that stream all matches, however slowly a client reads them: the longest that a timer
 * takes. `connectionTimeout` ends a download that stalls.
 */
const STREAM_TIMEOUT = 2_147_483_647;

/** How often the delay of the event loop is measured, in milliseconds. */
const SAMPLE_INTERVAL = 1_000;

declare module 'fastify' {
  interface FastifyInstance {
    /** Does long work of the server's own, whose delay is no sign that too much is asked of it. */
    ownWork<T>(work: () => T): T;
  }
}

/**
 * What runs before and after every route: request ids, limits on what is asked, CORS, security headers,
 * rate limit, refusal under load, compression. To be registered before the routes.
 */
export async function registerGuards(
  app: FastifyInstance,
  { rateLimit: requestsAMinute, maxEventLoopDelay }: { rateLimit: number; maxEventLoopDelay: number },
): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-Id', request.id);
    limit(request);
    refuseEmptyId(request);
  });
  app.addHook('onRoute', (route) => {
    const mediaTypes = mediaTypesOf(route.schema);
    if (EXPORT_MEDIA_TYPES.some((type) => mediaTypes.includes(type))) route.handlerTimeout = STREAM_TIMEOUT;
  });
  await registerCors(app);
  await registerSecurityHeaders(app);
  if (requestsAMinute > 0) await registerRateLimit(app, requestsAMinute);
  let ownUntil = 0;
  app.decorate('ownWork', (work) => {
    const result = work();
    // The delay that it causes shows in the sample that is being taken, and perhaps in the next one.
    ownUntil = performance.now() + 2 * SAMPLE_INTERVAL;
    return result;
  });
  await app.register(underPressure, {
    maxEventLoopDelay,
    sampleInterval: SAMPLE_INTERVAL,
    pressureHandler(request) {
      if (performance.now() < ownUntil) return;
      // `/health/live` and `/metrics` stay available under load.
      if (/^\/(health\/live|metrics)$/.test(request.routeOptions.url ?? '')) return;
      throw new Problem('overloaded', `too much is asked of the server: try again in ${RETRY_SECONDS} s`);
    },
  });
  await registerCompression(app);
}

/** Throws a Problem when a request asks for more than is read, in another encoding, or for what no answer can do. */
function limit({ raw: { url = '' }, headers: { expect } }: FastifyRequest): void {
  if (expect !== undefined && !/(^|\W)100-continue($|\W)/i.test(expect)) {
    throw new Problem(
      'expectation-failed',
      `Expect: ${quoted(expect)} cannot be met: send the request without it`,
    );
  }
  if (url.length > MAX_URL) {
    throw new Problem('request-too-long', `the URL has ${url.length} characters: give it at most ${MAX_URL}`);
  }
  const query = url.indexOf('?');
  const parameters = query === -1 ? 0 : url.slice(query).split('&').length;
  if (parameters > MAX_PARAMETERS) {
    throw new Problem(
      'invalid-request',
      `the query has ${parameters} parameters: give it at most ${MAX_PARAMETERS}, alternative values of one parameter separated by commas`,
    );
  }
  if (query !== -1) refuseOtherEncodings(url.slice(query + 1));
}

/** Throws a Problem when the path ends in a slash where an id belongs, before its parameters are read as those of a record. */
function refuseEmptyId(request: FastifyRequest): void {
  const { params, url } = request;
  if (typeof params !== 'object' || params === null || !Object.values(params).includes('')) return;
  const path = url.split('?')[0] ?? '';
  const hint = path.endsWith('/')
    ? `, or remove the slash at its end for ${basePath(request)}${path.slice(0, -1)}`
    : '';
  throw new Problem('not-found', `the path ${shownPath(request)} has no id: add one${hint}`);
}

async function registerCors(app: FastifyInstance): Promise<void> {
  // The plugin answers any preflight; only paths that exist are to be (`methods.ts` answers the others).
  app.addHook('onRoute', (route) => {
    if (route.method === 'OPTIONS' && route.url === '*')
      route.config = Object.assign({}, route.config, { cors: false });
  });
  await app.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD'],
    exposedHeaders: [
      'Link',
      'X-Total-Count',
      'Content-Disposition',
      'ETag',
      'Last-Modified',
      'Location',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: 86_400,
    preflightContinue: true,
    strictPreflight: false,
  });
}

async function registerSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Any page may read the API; HSTS is set by whatever terminates TLS.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
}

async function registerCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    encodings: [...ENCODINGS],
    globalDecompression: false,
    // The plugin's own list has neither NDJSON nor YAML.
    customTypes: /^text\/|[/+](json|xml|x-ndjson|yaml|x-yaml)\b/,
  });
  // Fastify drops the body of a HEAD before the plugin sees it: let it be compressed first, for the same headers. A 304
  // has no body, and is not to be given the length of none.
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD') return;
    route.onSend = [route.onSend ?? []].flat().reverse().map(exceptNotModified);
  });
}

type OnSend = Extract<NonNullable<RouteOptions['onSend']>, (...args: never[]) => unknown>;

function exceptNotModified(hook: OnSend): OnSend {
  return function unlessNotModified(request, reply, payload, done) {
    if (reply.statusCode === 304) done(null, null);
    else void hook.call(this, request, reply, payload, done);
  };
}

async function registerRateLimit(app: FastifyInstance, requestsAMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: requestsAMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { after }) =>
      new Problem('too-many-requests', `at most ${requestsAMinute} requests a minute: try again in ${after}`),
  });
  // The plugin counts only requests to routes: requests for paths that do not exist would be unlimited.
  const limitUnknown = app.rateLimit();
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) await limitUnknown.call(app, request, reply);
  });
  // The plugin speaks an early draft; since draft-08 the three headers are two structured fields.
  app.addHook('onSend', async (_request, reply) => {
    const { 'ratelimit-remaining': remaining, 'ratelimit-reset': reset } = reply.getHeaders();
    if (remaining === undefined) return;
    void reply.header('RateLimit-Policy', `"default";q=${requestsAMinute};w=60`);
    void reply.header('RateLimit', `"default";r=${Number(remaining)};t=${Number(reset)}`);
    for (const name of ['limit', 'remaining', 'reset']) void reply.removeHeader(`ratelimit-${name}`);
  });
}

/** The id a client or proxy gave a request in `X-Request-Id`, where it is fit for a log and a URI; else a new one. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.~-]{1,128}$/.test(given) ? given : randomUUID();
}
