import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { asOf, format, query, recordPath } from '../../http/request/parameters.ts';
import { feed } from '../../http/response/formats/atom.ts';
import { calendar } from '../../http/response/formats/icalendar.ts';
import { linkedData } from '../../http/response/formats/jsonld.ts';
import { lines } from '../../http/response/formats/ndjson.ts';
import { answerList, answerRecord } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { eventFeatureCollection, eventFormats, eventTable } from './formats.ts';
import { eventQueries } from './queries.ts';
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
          200: {
            description: 'A page of events',
            content: {
              'application/json': { schema: eventList },
              'text/csv': { schema: eventTable },
              'application/x-ndjson': { schema: lines },
              'application/geo+json': { schema: eventFeatureCollection },
              'text/calendar': { schema: calendar },
              'application/atom+xml': { schema: feed },
              'application/ld+json': { schema: linkedData },
            },
          },
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
        querystring: query({ asOf, format: format(['json', 'jsonld']) }),
        response: {
          200: {
            description: 'The event',
            content: { 'application/json': { schema: event }, 'application/ld+json': { schema: linkedData } },
          },
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(
        await eventQueries.get(store.db, request.params.id, request.query.asOf),
        request,
        reply,
        eventFormats,
      ),
  );
}
