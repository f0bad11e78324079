import * as lite from 'drizzle-orm/sqlite-core';
import type { Columns } from '../columns.ts';
import { defineTables } from '../tables.ts';

// The tables in SQLite's own builders: drizzle-kit reads them to generate `migrations/sqlite` (`npm run migration`).
// Queries use `tables.ts`.

// Cast: the same names, each building SQLite's counterpart, of which `defineTables` uses nothing but the names.
const sqliteColumns = {
  table: lite.sqliteTable,
  text: () => lite.text(),
  int: () => lite.integer(),
  real: () => lite.real(),
  json: () => lite.text({ mode: 'json' }),
  instant: () => lite.integer({ mode: 'timestamp_ms' }),
  sequence: () => lite.integer().primaryKey({ autoIncrement: true }),
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  check: lite.check,
  primaryKey: lite.primaryKey,
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
} = defineTables(sqliteColumns);
