import type { FastifyReply, FastifyRequest } from 'fastify';
import { revalidate } from '../hooks/caching.ts';
import { type ProblemType, problemTypes } from '../problems/types.ts';
import { acceptable } from '../request/negotiation.ts';
import { basePath, baseUrl } from '../request/urls.ts';
import type { App } from '../types.ts';

const TYPES = Object.entries(problemTypes).sort(([, a], [, b]) => a.status - b.status);
const PLAIN = 'text/plain';
const HTML = 'text/html';

/** Writes the page of a type of problem, or of all where it is null, for browsers. */
export type ProblemDocument = (type: ProblemType | null, request: FastifyRequest) => string;

/**
 * `/problems`, and the page of each type, to which a problem's `type` leads: text, or HTML under the policy `csp`
 * where that is preferred.
 */
export function problemPages(app: App, inHtml: ProblemDocument, csp: string): void {
  const add = (path: string, type: ProblemType | null, text: string): void => {
    app.get(path, { schema: { hide: true } }, async (request: FastifyRequest, reply: FastifyReply) => {
      const media = acceptable(request, [PLAIN, HTML]);
      if (media === HTML) void reply.header('Content-Security-Policy', csp);
      void reply.header('Vary', 'accept, accept-encoding');
      const own =
        media === HTML
          ? inHtml(type, request)
          : text.replaceAll('/problems', `${basePath(request)}/problems`);
      return (
        revalidate(request, reply, [own, baseUrl(request)], null) ??
        reply.type(`${media}; charset=utf-8`).send(own)
      );
    });
  };
  add('/problems', null, index());
  for (const [type, { status, title, explanation }] of TYPES) {
    // Cast: the keys of an object literal, which the compiler forgets.
    add(
      `/problems/${type}`,
      type as ProblemType,
      `${status} ${title}\n\n${explanation}\n\nAll types: /problems\n`,
    );
  }
}

function index(): string {
  const lines = TYPES.map(([type, { status, title }]) => `/problems/${type}\n    ${status} ${title}`);
  return `Problems\n\nEvery error of Attest is a problem (RFC 9457), as application/problem+json. Its type is one of:\n\n${lines.join('\n')}\n`;
}
