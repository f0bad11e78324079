import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { actorRoutes } from './actors/routes.ts';
import { claimRoutes } from './claims/routes.ts';
import type { LogLevel } from './config.ts';
import type { Store } from './db/store.ts';
import { eventRoutes } from './events/routes.ts';
import { InvalidRequest, registerErrors, send } from './http/errors.ts';
import { healthRoutes } from './http/health.ts';
import { registerNegotiation } from './http/negotiation.ts';
import { registerOpenapi } from './http/openapi.ts';
import { Problem, problemTypes } from './http/problems.ts';
import { searchRoutes } from './search/routes.ts';
import { sourceRoutes } from './sources/routes.ts';
import { statementRoutes } from './statements/routes.ts';
import { topicRoutes } from './topics/routes.ts';

/**
 * The whole application over a store, ready to listen or to inject requests into.
 * Starts nothing and owns nothing: the caller closes both it and the store.
 */
export async function buildApp({
  store,
  logLevel,
}: {
  store: Store;
  logLevel: LogLevel;
}): Promise<FastifyInstance> {
  const options: FastifyServerOptions = {
    logger: logLevel === 'silent' ? false : { level: logLevel },
    routerOptions: { maxParamLength: 500 },
    // What the router itself refuses, such as a malformed escape, never reaches an error handler.
    frameworkErrors: (error, request, reply) => {
      const status = error.statusCode ?? 400;
      const type = status === 414 ? 'request-too-long' : 'bad-http';
      void send(reply as never, request as never, new Problem(type, error.message));
    },
    clientErrorHandler(error, socket) {
      // Not even a request yet: answer on the bare connection, then end it.
      if (socket.destroyed || !socket.writable) return;
      const type = error.code === 'HPE_HEADER_OVERFLOW' ? 'request-too-long' : 'bad-http';
      const status = type === 'request-too-long' ? '431 Request Header Fields Too Large' : '400 Bad Request';
      const body = JSON.stringify({
        type: `/problems/${type}`,
        title: problemTypes[type].title,
        status: Number.parseInt(status, 10),
        detail: problemTypes[type].explanation,
        instance: '',
        errors: [],
      });
      socket.end(
        `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    },
  };
  const app = Fastify(options).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(({ schema }) => (data) => {
    const result = (schema as z.ZodType).safeParse(data);
    return result.success ? { value: result.data } : { error: new InvalidRequest(result.error.issues) };
  });
  app.setSerializerCompiler(serializerCompiler);

  registerErrors(app);
  registerNegotiation(app);
  await registerOpenapi(app);
  eventRoutes(app, store);
  statementRoutes(app, store);
  claimRoutes(app, store);
  actorRoutes(app, store);
  topicRoutes(app, store);
  sourceRoutes(app, store);
  searchRoutes(app, store);
  healthRoutes(app, store);
  return app;
}
