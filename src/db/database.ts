import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Engine } from './engine.ts';

/** Runs one statement and returns its rows, each as the list of its values. Throws a StoreError. */
export type RunStatement = (text: string, values: unknown[]) => Promise<unknown[]>;

/**
 * What queries are written against, on any engine: only `await`ed builders, and what `engine` says of the dialect. `run` takes
 * a statement as text, for those that are run too often to be built each time (`rows.ts`).
 */
export type Database = PgDatabase<PgQueryResultHKT> & { readonly engine: Engine; readonly run: RunStatement };
