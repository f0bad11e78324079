import { readFileSync } from 'node:fs';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

// Swagger UI sets style attributes, and loads pictures from data: URLs; no script but the server's own runs.
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const asset = (name: string): string => readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');

/** Runs in the browser: an answer without a name for a file is shown, where it would else be kept for a download. */
function shown(response: { headers?: Record<string, string> }) {
  delete response.headers?.['content-disposition'];
  return response;
}

declare const window: { location: { href: string } };

/**
 * Runs in the browser: operations are asked where the page itself is, which its policy allows, even where the document
 * names another address of the same server.
 */
function here(request: { url?: string; loadSpec?: boolean }) {
  if (request.url !== undefined && !request.loadSpec) {
    const base = window.location.href.replace(/\/docs\/?([?#].*)?$/, '');
    request.url = request.url.replace(/^.*?(?=\/v1\/)/, base);
  }
  return request;
}

/** Where a page of Swagger UI is to be read, relative to itself; undefined: there. Its files are found from `/docs/` alone. */
function elsewhere(url: string): string | undefined {
  const [path = '', query] = url.split('?');
  if (path === '/docs') return 'docs/';
  if (path === '/docs/static/index.html') return '../';
  // The page has its address from this one, query included.
  if (path === '/docs/' && query !== undefined) return './';
  // There is one document, at one address, which has an entity tag.
  const copy = /^\/docs\/(json|yaml)$/.exec(path);
  return copy ? `../openapi.${copy[1]}` : undefined;
}

/** Adds Swagger UI at `/docs`, over the document that `/openapi.json` gives. */
export async function registerDocs(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: {
      // Without the bar in which the address of some other document could be given.
      layout: 'BaseLayout',
      docExpansion: 'list',
      deepLinking: true,
      defaultModelExpandDepth: 2,
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      requestInterceptor: here,
      responseInterceptor: shown,
      validatorUrl: null,
    },
    theme: {
      title: 'Attest: explore the API',
      css: [{ filename: 'theme.css', content: asset('theme.css') }],
      js: [{ filename: 'theme.js', content: asset('theme.js') }],
      favicon: [
        {
          filename: 'favicon.svg',
          rel: 'icon',
          type: 'image/svg+xml',
          sizes: 'any',
          content: asset('favicon.svg'),
        },
      ],
    },
    staticCSP: CSP,
    uiHooks: {
      onRequest(request, reply, done) {
        void reply.header('Cache-Control', 'no-cache');
        const address = elsewhere(request.url);
        if (address === undefined) done();
        else void reply.redirect(address, 308);
      },
    },
  });
}
