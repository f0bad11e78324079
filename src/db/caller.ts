import { AsyncLocalStorage } from 'node:async_hooks';

/** The client for which queries run: whose share they use, until when, and whether it still waits for them. */
export interface Caller {
  /** Identifies the client, such as its address. */
  client: string;
  /** Aborted when the client is gone: nothing needs its queries any more. */
  gone: AbortSignal;
  /** When its answer is due, on the clock of `performance.now()`; Infinity when nothing limits it. */
  deadline: number;
}

const callers = new AsyncLocalStorage<Caller>();

/** Runs `work`, and all that follows from it, for a caller. */
export function runFor<T>(caller: Caller, work: () => T): T {
  return callers.run(caller, work);
}

/** The caller for which this code runs; undefined for what the server does by itself. */
export function currentCaller(): Caller | undefined {
  return callers.getStore();
}
