import type { Database } from './database.ts';
import type { StoreVersion } from './version.ts';

/** An open store. */
export interface Store {
  /** For reading; sees only what has been committed. */
  db: Database;
  /**
   * The same for queries whose cost grows with what matches: run aside, so that they hold up nobody. They throw
   * a StoreError when they take too long.
   */
  heavy: Database;
  /**
   * Runs `work` in one write transaction and returns its result; rolls all of it back
   * when it throws. Calls wait for one another.
   */
  transaction<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /**
   * A view that stays as it is, whatever is written, until it is closed; for answers that take many queries.
   * Throws a StoreError when too many are open.
   */
  snapshot(): Promise<{ db: Database; close(): Promise<void> }>;
  /** Throws a StoreError when the store cannot be read. */
  ping(): Promise<void>;
  /** What the store holds at this moment, in a word; costs next to nothing while it stays the same. */
  version(): Promise<StoreVersion>;
  close(): Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions {
  /** Processes that run heavy queries. */
  workers?: number;
  /** Milliseconds after which a heavy query is ended. */
  heavyMilliseconds?: number;
}
