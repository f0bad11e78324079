import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Store } from '../db/store.ts';
import { canonical, revalidate } from '../http/hooks/caching.ts';
import { forgetValidators, problemOf, wantsPage } from '../http/problems/handler.ts';
import type { Problem, ProblemType } from '../http/problems/types.ts';
import { basePath, baseUrl } from '../http/request/urls.ts';
import type { App } from '../http/types.ts';
import { datasetVersions } from '../resources/datasets/queries.ts';
import { type ArticleText, Context } from './context.ts';
import { document } from './layout.ts';
import { problemPage, problemTypePage } from './problems.ts';
import type { Page } from './types.ts';

/** What all pages are made from. */
export interface Site {
  store: Store;
  /** The version of Attest, which the pages' entity tags depend on. */
  software: string;
  /** Reads the texts of articles; undefined where they are not at hand. */
  articleText?: ArticleText | undefined;
}

/** How the pages at one path are made. */
export interface PageRoute<Query extends z.ZodObject> {
  path: string;
  /** The parameters of the page: those of the API's operation, and `asOf`. */
  query: Query;
  /** What else the page depends on besides the store: a text that changes with it. */
  dependsOn?: (context: Context) => Promise<string>;
  render: (context: Context, query: z.output<Query>, reply: FastifyReply) => Promise<Page>;
  /** The page that says what is wrong with the query beside its fields; a page about the problem alone if absent. */
  refused?: (context: Context, problem: Problem) => Page;
}

// No script but the pages' own runs, and nothing is loaded from elsewhere.
export const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** At most this many datasets are named in the citation of a page. */
const CITED = 3;
/** At most this many are looked through for that of a record. */
const DATASETS = 200;

const HTML = 'text/html; charset=utf-8';

/** Adds the pages at one path to the application. */
export function addPage<Query extends z.ZodObject>(
  app: App,
  { store, software, articleText }: Site,
  { path, query, render, refused, dependsOn }: PageRoute<Query>,
): void {
  app.get(
    path,
    {
      schema: {
        hide: true,
        querystring: query,
        ...(path.includes(':id') ? { params: z.strictObject({ id: z.string() }) } : {}),
      },
      config: { page: true },
      attachValidation: true,
      // Browsers also send the empty fields of a form; they are no filters.
      preValidation: async (request, reply) => {
        const target = withoutEmpty(request);
        if (target !== undefined) return reply.redirect(target, 302);
      },
    },
    async (request, reply) => {
      const context = new Context(store, request, articleText);
      try {
        const error: Error | undefined = request.validationError;
        if (error) throw error;
        const { id, loaded } = await store.version();
        const identity = [
          software,
          baseUrl(request),
          id,
          HTML,
          canonical(request),
          context.path,
          ...(dependsOn ? [await dependsOn(context)] : []),
        ];
        // A 304 has the policy, too: browsers take its headers for those of the page that they keep.
        void reply.header('Vary', 'accept-encoding').header('Content-Security-Policy', CSP);
        const unchanged = revalidate(request, reply, identity, loaded);
        if (unchanged) return unchanged;
        // Cast: Fastify knows no type of a query whose schema is generic; the validator returned this.
        const page = await render(context, request.query as z.output<Query>, reply);
        return await sendPage(reply, document(context, page, await citedDatasets(store, page)));
      } catch (error) {
        const problem = problemOf(error as Error, request);
        // Other problems, and those of programs, are answered where all are.
        if (problem.type !== 'invalid-request' || !refused || !wantsPage(request)) throw error;
        forgetValidators(reply);
        reply.problem = problem.type;
        return sendPage(reply.code(400), document(context, refused(context, problem)));
      }
    },
  );
}

/** The datasets that the citation of a page names. */
async function citedDatasets({ db }: Store, { dataset }: Page): ReturnType<typeof datasetVersions> {
  const all = await datasetVersions(db, DATASETS);
  return dataset === undefined ? all.slice(0, CITED) : all.filter(({ id }) => id === dataset);
}

/** Answers with HTML, under the policy of the pages. */
function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .header('Content-Security-Policy', CSP)
    .type(HTML)
    .serializer((text: unknown) => String(text))
    .send(html);
}

/** A problem as a page, for browsers; `store` is only there for links. */
export function sendProblemPage(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
): FastifyReply {
  const context = new Context(store, request);
  return sendPage(reply, document(context, problemPage(context, problem)));
}

/** The page that explains a type of problem; of all of them where it is null. */
export function problemTypeDocument(store: Store, request: FastifyRequest, type: ProblemType | null): string {
  const context = new Context(store, request);
  return document(context, problemTypePage(context, type));
}

/** The URL of a request without parameters that have no value; undefined when all have one. */
function withoutEmpty(request: FastifyRequest): string | undefined {
  const [path = '', query = ''] = request.url.split('?', 2);
  const given = query.split('&').filter((pair) => pair !== '');
  const kept = given.filter((pair) => !/^[^=]*=?$/.test(pair));
  if (kept.length === given.length) return undefined;
  return `${basePath(request)}${path}${kept.length > 0 ? `?${kept.join('&')}` : ''}`;
}
