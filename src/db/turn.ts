import { setImmediate } from 'node:timers/promises';

let last: Promise<unknown> = Promise.resolve();

/**
 * Waits for a turn of its own on the event loop. SQLite answers without ever waiting, so exports and suggestions take turns: between
 * two pieces of work of any of them, other requests are served.
 */
export function turn(): Promise<void> {
  const mine = last.then(() => setImmediate());
  last = mine;
  return mine;
}
