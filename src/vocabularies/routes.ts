import { closest } from '../db/text.ts';
import type { App } from '../http/app.ts';
import { query } from '../http/parameters.ts';
import { listProblems, Problem, recordProblems } from '../http/problems.ts';
import { getVocabulary } from './queries.ts';
import { vocabulary, vocabularyNames, vocabularyPath } from './schema.ts';

/** `/v1/vocabularies/{name}`. */
export function vocabularyRoutes(app: App): void {
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
      const detail = `there is no vocabulary "${name}"`;
      throw new Problem('not-found', `${detail}; there are ${vocabularyNames.join(', ')}`, [
        { parameter: 'name', in: 'path', detail, suggestions },
      ]);
    },
  );
}
