import { fileURLToPath } from 'node:url';
import workerpool from 'workerpool';
import { StoreError } from '../../domain/errors.ts';
import type { Database } from '../database.ts';
import { databaseOver } from './connection.ts';
import { translate } from './errors.ts';

/** Heavy queries that may wait for a worker; more are refused. */
const MAX_WAITING = 500;
/** A worker that has to be stopped is in the middle of a query, so there is nothing to wait for. */
const STOP_MILLISECONDS = 50;

/**
 * A database whose queries run in worker processes, started when they are first needed: a heavy query does not
 * block others, and is ended when it takes longer than `milliseconds`. Processes, not threads: a thread cannot be
 * terminated while it is inside SQLite. Queries throw a StoreError when they are too slow, or too many wait.
 */
export function openWorkers(
  path: string,
  { workers, milliseconds }: { workers: number; milliseconds: number },
): { db: Database; close(): Promise<void> } {
  const pool = workerpool.pool(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    workerType: 'process',
    maxWorkers: workers,
    maxQueueSize: MAX_WAITING,
    workerTerminateTimeout: STOP_MILLISECONDS,
    // A separate process group: Ctrl-C is for the server, which lets requests finish. They end when it does.
    forkArgs: [path],
    forkOpts: { detached: true, serialization: 'advanced', execArgv: [] },
  });

  async function rows(query: string, parameters: unknown[]): Promise<unknown[]> {
    try {
      return (await pool.exec('rows', [query, parameters]).timeout(milliseconds)) as unknown[];
    } catch (error) {
      throw failure(error, path, milliseconds);
    }
  }
  return {
    db: databaseOver(rows),
    async close() {
      await pool.terminate(true);
    },
  };
}

function failure(error: unknown, path: string, milliseconds: number): unknown {
  if (error instanceof workerpool.Promise.TimeoutError) {
    return new StoreError('slow', `a query took longer than ${milliseconds / 1_000} s and was ended`, {
      cause: error,
    });
  }
  if (error instanceof Error && error.message.startsWith('Max queue size')) {
    return new StoreError('crowded', `${MAX_WAITING} heavy queries wait already`, { cause: error });
  }
  return translate(error, path);
}
