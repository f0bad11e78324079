import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** What queries are written against, on any engine: only `await`ed builders. */
export type Database = PgDatabase<PgQueryResultHKT>;
