import { closest, quoted } from '../../domain/spelling.ts';
import { listProblems, Problem, recordProblems } from '../../http/problems/types.ts';
import { listBody, pageRequest } from '../../http/request/cursors.ts';
import { query } from '../../http/request/parameters.ts';
import type { App } from '../../http/types.ts';
import { getVocabulary, listVocabularies } from './queries.ts';
import { vocabulary, vocabularyList, vocabularyNames, vocabularyPath, vocabularyQuery } from './schema.ts';

/** `/v1/vocabularies` and `/v1/vocabularies/{name}`. */
export function vocabularyRoutes(app: App): void {
  app.get(
    '/v1/vocabularies',
    {
      schema: {
        operationId: 'listVocabularies',
        tags: ['Vocabularies'],
        summary: 'List vocabularies',
        description:
          'All vocabularies: what the words of each describe, and their number. Those of events come first.',
        querystring: vocabularyQuery,
        response: {
          200: {
            description: 'A page of vocabularies',
            content: { 'application/json': { schema: vocabularyList } },
          },
          ...listProblems,
        },
      },
    },
    async (request, reply) => {
      const page = listVocabularies(pageRequest(request, request.query));
      return listBody(page, request, reply);
    },
  );

  app.get(
    '/v1/vocabularies/:name',
    {
      schema: {
        operationId: 'getVocabulary',
        tags: ['Vocabularies'],
        summary: 'Get a vocabulary',
        description:
          'The words that a field or a filter takes, each with its definition; event types with their class of interaction and their modes.',
        params: vocabularyPath,
        querystring: query({}),
        response: {
          200: { description: 'The vocabulary', content: { 'application/json': { schema: vocabulary } } },
          ...listProblems,
          404: {
            ...recordProblems[404],
            description: 'There is no such vocabulary; `errors` lists those there are',
          },
        },
      },
    },
    async (request) => {
      const { name } = request.params;
      const found = getVocabulary(name);
      if (found) return found;
      const meant = closest(name, vocabularyNames);
      const suggestions = [...new Set([...(meant ? [meant] : []), ...vocabularyNames])];
      const detail = `there is no vocabulary ${quoted(name)}`;
      throw new Problem('not-found', `${detail}; there are ${vocabularyNames.join(', ')}`, [
        { parameter: 'name', location: 'path', detail, suggestions },
      ]);
    },
  );
}
