import { type SearchHit, suggestQuery } from '../../db/fullText.ts';
import type { Store } from '../../db/store.ts';
import { listProblems } from '../../http/problems/types.ts';
import { listBody, pageRequest } from '../../http/request/cursors.ts';
import type { App } from '../../http/types.ts';
import { searchRecords } from './queries.ts';
import { searchList, searchQuery } from './schema.ts';

/** `/v1/search`. */
export function searchRoutes(app: App, store: Store): void {
  app.get(
    '/v1/search',
    {
      schema: {
        operationId: 'search',
        tags: ['Search'],
        summary: 'Search records of every kind',
        description:
          'Events, statements, claims, actors, topics and sources in which every word is found, best first, with the words around the matches. The lists have the same `q` as one of their filters.',
        querystring: searchQuery,
        response: {
          200: {
            description: 'A page of results',
            content: { 'application/json': { schema: searchList } },
          },
          ...listProblems,
        },
      },
    },
    async (request, reply) => {
      const { limit, cursor, count, ...filter } = request.query;
      const page = await searchRecords(store.workers, filter, pageRequest(request, { limit, cursor, count }));
      const body = listBody({ ...page, items: page.items.map(result) }, request, reply);
      if (page.items.length > 0 || cursor !== undefined) return body;
      return { ...body, didYouMean: await suggestQuery(store.workers, filter.q) };
    },
  );
}

function result({ snippet, score, ...record }: SearchHit) {
  const html = snippet.map((part, index) => (index % 2 ? `<mark>${escaped(part)}</mark>` : escaped(part)));
  return { ...record, snippet: html.join(''), score: score / 1e9 };
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
