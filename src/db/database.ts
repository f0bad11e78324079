import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Engine } from './engine.ts';

/** What queries are written against, on any engine: only `await`ed builders, and what `engine` says of the dialect. */
export type Database = PgDatabase<PgQueryResultHKT> & { readonly engine: Engine };
