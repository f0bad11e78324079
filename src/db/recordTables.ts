import type { PgTable } from 'drizzle-orm/pg-core';
import type { RecordKind } from '../domain/vocabularies.ts';
import type { TextColumn } from './columns.ts';
import { tables } from './tables.ts';

/** The table of one kind of record. */
export interface RecordTable {
  table: PgTable & { id: TextColumn; contentHash: TextColumn };
  /** Id of the dataset whose files define the record. */
  dataset: TextColumn;
}

/** The table of each kind of record. */
export const recordTables = {
  dataset: { table: tables.datasets, dataset: tables.datasets.id },
  topic: { table: tables.topics, dataset: tables.topics.definedBy },
  actor: { table: tables.actors, dataset: tables.actors.definedBy },
  source: { table: tables.sources, dataset: tables.sources.dataset },
  event: { table: tables.events, dataset: tables.events.dataset },
  statement: { table: tables.statements, dataset: tables.statements.dataset },
  claim: { table: tables.claims, dataset: tables.claims.dataset },
} satisfies Record<RecordKind, RecordTable>;
