import type { FastifyReply, FastifyRequest } from 'fastify';
import { revalidate } from '../hooks/caching.ts';
import { problemTypes } from '../problems/types.ts';
import { basePath } from '../request/urls.ts';
import type { App } from '../types.ts';

const TYPES = Object.entries(problemTypes).sort(([, a], [, b]) => a.status - b.status);

/** `/problems`, and the page of each type, to which a problem's `type` leads. */
export function problemPages(app: App): void {
  page(app, '/problems', index());
  for (const [type, { status, title, explanation }] of TYPES) {
    page(app, `/problems/${type}`, `${status} ${title}\n\n${explanation}\n\nAll types: /problems\n`);
  }
}

function index(): string {
  const lines = TYPES.map(([type, { status, title }]) => `/problems/${type}\n    ${status} ${title}`);
  return `Problems\n\nEvery error of Attest is a problem (RFC 9457), as application/problem+json. Its type is one of:\n\n${lines.join('\n')}\n`;
}

function page(app: App, path: string, text: string): void {
  app.get(path, { schema: { hide: true } }, async (request: FastifyRequest, reply: FastifyReply) => {
    void reply.header('Vary', 'accept-encoding');
    const own = text.replaceAll('/problems', `${basePath(request)}/problems`);
    return revalidate(request, reply, [own], null) ?? reply.type('text/plain; charset=utf-8').send(own);
  });
}
