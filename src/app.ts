import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import Fastify, { type FastifyHttpOptions, type FastifyInstance, type RawServerDefault } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { LogLevel } from './config.ts';
import type { Store } from './db/store.ts';
import { registerCaching } from './http/hooks/caching.ts';
import { registerCallers } from './http/hooks/callers.ts';
import { registerGuards, requestId, TIMEOUTS } from './http/hooks/guards.ts';
import { registerMethods } from './http/hooks/methods.ts';
import { registerOpenapi, version } from './http/openapi/document.ts';
import { refuseTunnel, refuseUnreadable } from './http/problems/bare.ts';
import { InvalidRequest, registerErrors, routerProblem, send } from './http/problems/handler.ts';
import { registerNotFound } from './http/problems/notFound.ts';
import { parseQueryString } from './http/request/queryString.ts';
import { originForm, pathOf, registerBase } from './http/request/urls.ts';
import { apiIndex } from './http/routes/apiIndex.ts';
import { healthRoutes } from './http/routes/health.ts';
import { metricsRoute } from './http/routes/metrics.ts';
import { problemPages } from './http/routes/problemPages.ts';
import { wellKnownRoutes } from './http/routes/wellKnown.ts';
import type { ArticleText } from './pages/context.ts';
import { CSP, problemTypeDocument, sendProblemPage } from './pages/page.ts';
import { registerPages } from './pages/routes.ts';
import { actorRoutes } from './resources/actors/routes.ts';
import { changeRoutes } from './resources/changes/routes.ts';
import { claimRoutes } from './resources/claims/routes.ts';
import { datasetRoutes } from './resources/datasets/routes.ts';
import { eventRoutes } from './resources/events/routes.ts';
import { figureRoutes } from './resources/figures/routes.ts';
import { graphRoutes } from './resources/graph/routes.ts';
import { positionRoutes } from './resources/positions/routes.ts';
import { searchRoutes } from './resources/search/routes.ts';
import { sourceRoutes } from './resources/sources/routes.ts';
import { statementRoutes } from './resources/statements/routes.ts';
import { timelineRoutes } from './resources/timeline/routes.ts';
import { topicRoutes } from './resources/topics/routes.ts';
import { vocabularyRoutes } from './resources/vocabularies/routes.ts';

/**
 * The whole application over a store, ready to listen or to inject requests into.
 * Starts nothing and owns nothing: the caller closes both it and the store.
 */
export async function buildApp({
  store,
  logLevel,
  rateLimit = 0,
  trustProxy = [],
  publicUrl,
  maxEventLoopDelay = 1_000,
  articleText,
}: {
  store: Store;
  logLevel: LogLevel;
  /** Requests a minute and client; 0 = any number. */
  rateLimit?: number;
  /** Trusted reverse proxies: their `X-Forwarded-…` headers give the client's address and the API's. */
  trustProxy?: string[];
  /** Where clients reach the API, without a slash at the end; as requests say unless given. */
  publicUrl?: string | undefined;
  /** Milliseconds by which the event loop may be late before requests are refused; 0 = any. */
  maxEventLoopDelay?: number;
  /** Reads the texts of articles for the pages of sources; undefined where they are not at hand. */
  articleText?: ArticleText | undefined;
}): Promise<FastifyInstance> {
  const publicPath = pathOf(publicUrl ?? '');
  const options: FastifyHttpOptions<RawServerDefault> = {
    logger: logLevel === 'silent' ? false : { level: logLevel },
    routerOptions: { maxParamLength: 500, querystringParser: parseQueryString },
    rewriteUrl: originForm,
    // A request without a host is answered with a problem, too (`hooks/guards.ts`).
    http: { requireHostHeader: false },
    trustProxy: trustProxy.length === 0 ? false : trustProxy,
    genReqId: requestId,
    ...TIMEOUTS,
    // What the router itself refuses, such as a malformed escape, never reaches an error handler.
    frameworkErrors: (error, request, reply) => {
      app.locate(request);
      void send(reply, request, routerProblem(error, request));
    },
    clientErrorHandler(error, socket) {
      refuseUnreadable(error, socket, publicPath);
    },
  };
  const app = Fastify(options).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(({ schema }) => (data) => {
    const result = (schema as z.ZodType).safeParse(data);
    return result.success ? { value: result.data } : { error: new InvalidRequest(result.error.issues) };
  });
  app.setSerializerCompiler(serializerCompiler);

  // Node asks here instead of handing the request on: a hook refuses it (`hooks/guards.ts`).
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    app.server.emit('request', request, response);
  });
  app.server.on('connect', (_request: IncomingMessage, socket: Duplex) => refuseTunnel(socket, publicPath));

  registerErrors(app);
  app.problemPage = (problem, request, reply) => sendProblemPage(store, request, reply, problem);
  registerBase(app, { publicUrl, trustProxy });
  registerCallers(app, TIMEOUTS.handlerTimeout);
  await registerGuards(app, { rateLimit, maxEventLoopDelay });
  registerNotFound(app);
  registerMethods(app);
  registerCaching(app, store, version);
  metricsRoute(app, store);
  wellKnownRoutes(app);
  apiIndex(app, version);
  await registerOpenapi(app);
  eventRoutes(app, store);
  statementRoutes(app, store);
  claimRoutes(app, store);
  figureRoutes(app, store);
  actorRoutes(app, store);
  positionRoutes(app, store);
  topicRoutes(app, store);
  sourceRoutes(app, store);
  searchRoutes(app, store);
  timelineRoutes(app, store);
  graphRoutes(app, store);
  datasetRoutes(app, store);
  vocabularyRoutes(app);
  changeRoutes(app, store);
  problemPages(app, (type, request) => problemTypeDocument(store, request, type), CSP);
  registerPages(app, { store, software: version, articleText });
  healthRoutes(app, store);
  return app;
}
