import * as pg from 'drizzle-orm/pg-core';
import { type Columns, columns } from '../columns.ts';
import { defineTables } from '../tables.ts';

// The tables as PostgreSQL stores them: drizzle-kit reads them to generate `migrations/postgres` (`npm run migration`).
// Queries use `tables.ts`.

/** Text in the order of its bytes, whatever the locale of the database is: as SQLite compares it. */
const text = pg.customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"' });

// Cast: the same names, each building the same kind of column with another type of PostgreSQL.
const postgresColumns = {
  ...columns,
  text: () => text(),
  // Numbers of changes may be asked for that an integer cannot have.
  sequence: () => pg.bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
} as unknown as Columns;

export const {
  datasets,
  topics,
  actors,
  sources,
  sourceContributors,
  sourceDerivations,
  actorAliases,
  affiliations,
  events,
  eventParticipants,
  eventTopics,
  eventKeys,
  eventLinks,
  statements,
  statementAbout,
  statementTopics,
  claims,
  claimAbout,
  claimTopics,
  claimContradictions,
  positions,
  figures,
  citations,
  passages,
  documents,
  searchDocuments,
  searchWords,
  retiredIds,
  changes,
  copies,
} = defineTables(postgresColumns);
