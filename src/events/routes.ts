import type { Store } from '../db/store.ts';
import type { App } from '../http/app.ts';
import { listBody, pageRequest } from '../http/paging.ts';
import { asOf, query, recordPath } from '../http/parameters.ts';
import { listProblems, recordProblems } from '../http/problems.ts';
import { getEvent, listEvents } from './queries.ts';
import { event, eventList, eventQuery } from './schema.ts';

/** `/v1/events` and `/v1/events/{id}`. */
export function eventRoutes(app: App, store: Store): void {
  app.get(
    '/v1/events',
    {
      schema: {
        operationId: 'listEvents',
        tags: ['Events'],
        summary: 'List events',
        description:
          'Events by who took part, when, on what and by whose report; each with its participants, topics and citations. Newest first.',
        querystring: eventQuery,
        response: {
          200: { description: 'A page of events', content: { 'application/json': { schema: eventList } } },
          ...listProblems,
        },
      },
    },
    async (request, reply) => {
      const { sort, limit, cursor, count, ...filter } = request.query;
      const page = await listEvents(store.db, filter, sort, pageRequest(request, { limit, cursor, count }));
      return listBody(page, request, reply);
    },
  );

  app.get(
    '/v1/events/:id',
    {
      schema: {
        operationId: 'getEvent',
        tags: ['Events'],
        summary: 'Get an event',
        description: 'One event, whole.',
        params: recordPath('event', 'arms-embargo-lifted-2025'),
        querystring: query({ asOf }),
        response: {
          200: { description: 'The event', content: { 'application/json': { schema: event } } },
          ...recordProblems,
        },
      },
    },
    async (request) => getEvent(store.db, request.params.id, request.query.asOf),
  );
}
