import type { Store } from '../../db/store.ts';
import { listProblems, recordProblems } from '../../http/problems/types.ts';
import { query, recordPath } from '../../http/request/parameters.ts';
import { answerRecord } from '../../http/response/documents.ts';
import { answerList } from '../../http/response/lists.ts';
import type { App } from '../../http/types.ts';
import { datasetQueries } from './queries.ts';
import { dataset, datasetList, datasetQuery } from './schema.ts';

/** `/v1/datasets` and `/v1/datasets/{id}`. */
export function datasetRoutes(app: App, store: Store): void {
  app.get(
    '/v1/datasets',
    {
      schema: {
        operationId: 'listDatasets',
        tags: ['Datasets'],
        summary: 'List datasets',
        description:
          'What is in the store: each dataset with its version, licence and citation, its counts, and the days it covers. By id.',
        querystring: datasetQuery,
        response: {
          200: {
            description: 'A page of datasets',
            content: { 'application/json': { schema: datasetList } },
          },
          ...listProblems,
        },
      },
    },
    async (request, reply) => answerList(store, request, reply, request.query, datasetQueries),
  );

  app.get(
    '/v1/datasets/:id',
    {
      schema: {
        operationId: 'getDataset',
        tags: ['Datasets'],
        summary: 'Get a dataset',
        description: 'One dataset: what is in it, which days it covers, and how to cite it.',
        params: recordPath('dataset', 'cambodia-us'),
        querystring: query({}),
        response: {
          200: { description: 'The dataset', content: { 'application/json': { schema: dataset } } },
          ...recordProblems,
        },
      },
    },
    async (request, reply) =>
      answerRecord(store.db, request, reply, datasetQueries, { id: request.params.id }),
  );
}
