import type { Store } from '../../db/store.ts';
import { listProblems } from '../../http/problems/types.ts';
import type { App } from '../../http/types.ts';
import { getTimeline } from './queries.ts';
import { timeline, timelineQuery } from './schema.ts';

/** `/v1/timeline`. */
export function timelineRoutes(app: App, store: Store): void {
  app.get(
    '/v1/timeline',
    {
      schema: {
        operationId: 'getTimeline',
        tags: ['Analysis'],
        summary: 'Count records over time',
        description:
          'Events or statements by calendar interval, under the filters of their list. A record counts once, in the interval of the first day its date can mean, or of the last where a period has no known start. So a date that spans several intervals counts in the first, which may lie before `from`; `dateMatch=certain` omits uncertain dates that do. Records whose uncertain date is open at an end lie in no interval: `undated` counts them.',
        querystring: timelineQuery,
        response: {
          200: { description: 'The counts', content: { 'application/json': { schema: timeline } } },
          ...listProblems,
        },
      },
    },
    async (request) => getTimeline(store.workers, request.query),
  );
}
