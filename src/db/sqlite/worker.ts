import workerpool from 'workerpool';
import { openReadOnly, rowsOf } from './file.ts';

// A process that runs the heavy queries of one store, one after another; started by `workerPool.ts` with the
// store's path. Its errors are translated where they arrive.

const [, , path] = process.argv;
if (path === undefined) throw new Error('the path of the store is missing');
// Opened with the first query, so that a file that cannot be opened is the answer to it.
let reader: ReturnType<typeof openReadOnly> | undefined;

workerpool.worker({
  /** The rows of a query, each as the list of its values. */
  rows: (query: string, parameters: unknown[]): unknown[] => {
    reader ??= openReadOnly(path);
    return rowsOf(reader, query, parameters);
  },
});
