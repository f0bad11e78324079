import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { asOf, query, recordPath } from '../../http/request/parameters.ts';
import { answerRecord } from '../../http/response/documents.ts';
import { answerList } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { eventFormats } from './formats.ts';
import { eventQueries } from './queries.ts';
import { eventQuery } from './schema.ts';

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
        querystring: eventQuery.extend(eventFormats.list.parameters),
        response: {
          200: eventFormats.list.response('A page of events'),
          ...listProblems,
        },
      },
    },
    async (request, reply) => answerList(store, request, reply, request.query, eventQueries, eventFormats),
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
        querystring: query({ asOf, ...eventFormats.record.parameters }),
        response: {
          200: eventFormats.record.response('The event'),
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(
        store.db,
        request,
        reply,
        eventQueries,
        { id: request.params.id, asOf: request.query.asOf },
        eventFormats.record,
      ),
  );
}
