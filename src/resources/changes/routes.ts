import type { Store } from '../../db/store.ts';
import { listProblems, Problem } from '../../http/problems/types.ts';
import { linkWith } from '../../http/request/urls.ts';
import type { App } from '../../http/types.ts';
import { listChanges, newestSequence } from './queries.ts';
import { changeList, changeQuery } from './schema.ts';

/** `/v1/changes`. */
export function changeRoutes(app: App, store: Store): void {
  app.get(
    '/v1/changes',
    {
      schema: {
        operationId: 'listChanges',
        tags: ['Changes'],
        summary: 'List changes',
        description:
          'What loads did to records, in order. A mirror starts at 0, passes each `next` as `since`, and polls with the last one; a record may come several times, and its present state is read by its id.',
        querystring: changeQuery,
        response: {
          200: {
            description: 'Changes after a sequence',
            content: { 'application/json': { schema: changeList } },
          },
          ...listProblems,
        },
      },
    },
    async (request, reply) => {
      const { since } = request.query;
      const { items, more } = await listChanges(store.db, request.query);
      // A rebuilt store counts from 1: without an error, a mirror would wait for it to catch up.
      if (items.length === 0 && since > (await newestSequence(store.db))) {
        const detail = `${since} is beyond this store's last change; the store may have been rebuilt: start again from 0`;
        throw new Problem('invalid-request', `since: ${detail}`, [
          { parameter: 'since', location: 'query', detail, suggestions: ['0'] },
        ]);
      }
      const next = items.at(-1)?.sequence ?? since;
      if (more) {
        void reply.header('Link', `<${linkWith(request, 'since', String(next))}>; rel="next"`);
      }
      return { items, next };
    },
  );
}
