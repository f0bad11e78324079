import type { Database } from './database.ts';
import type { StoreVersion } from './version.ts';

/** Where the queries of a store run. */
export interface Databases {
  /** For reading; sees only what has been committed. */
  db: Database;
  /**
   * For heavy queries, whose cost grows with the number of matches: worker processes run them, so they do not block
   * other requests. They throw a StoreError when they take too long.
   */
  workers: Database;
}

/** The store as it was at one moment. */
export interface Snapshot {
  db: Database;
  close(): Promise<void>;
}

/** An open store. */
export interface Store extends Databases {
  /**
   * Runs `work` in one write transaction and returns its result; rolls all of it back
   * when it throws. Calls wait for one another.
   */
  transaction<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /**
   * The store as it is at this moment, whatever is written later, until it is closed; for answers that take many queries.
   * Throws a StoreError when too many are open, of all clients or of the one that this is for.
   */
  snapshot(): Promise<Snapshot>;
  /** Throws a StoreError when the store cannot be read. */
  ping(): Promise<void>;
  /** Identifier of the current contents; cheap to ask for while they stay the same. */
  version(): Promise<StoreVersion>;
  /** Seconds by which what is read is behind what is written; null where both are the same database. */
  lag(): Promise<number | null>;
  close(): Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions {
  /** How many slow queries run at once, each in a worker process; one more process is for quick ones. */
  workers?: number;
  /** Milliseconds after which a query in a worker is ended. */
  workerTimeout?: number;
  /** Where to read, if not from the same database: a replica of it, which may be behind. */
  readUrl?: string | undefined;
  /** For a copy alone: opens a store, too, into which a copy is unfinished. */
  copying?: boolean;
  /** For what only reads a store: a file that is not there is not made. */
  existing?: boolean;
}
