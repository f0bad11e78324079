import workerpool from 'workerpool';
import { openReader } from './connection.ts';

// A process that runs the heavy queries of one store, one after another; started by `heavy.ts` with the store's path.

const [, , path] = process.argv;
if (path === undefined) throw new Error('the path of the store is missing');
const reader = openReader(path);

workerpool.worker({
  /** The rows of a query, each as the list of its values. */
  rows: (query: string, parameters: unknown[]): unknown[] =>
    reader
      .prepare(query)
      .raw()
      .all(...parameters),
});
