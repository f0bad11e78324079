import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TextQuery } from '../../domain/textQuery.ts';
import type { SearchableKind } from '../../domain/vocabularies.ts';
import type { Database } from '../database.ts';
import { reachOf } from '../fullText.ts';
import { tables } from '../tables.ts';

const { searchDocuments } = tables;

/** An order by rank, best first, which takes a join. */
export interface Ranking {
  by: SQL;
  join: { table: SQL; on: SQL };
}

/** The order by how well records of a kind match a full-text query; undefined when there is no query. */
export function byRelevance(
  { engine }: Database,
  kind: SearchableKind,
  id: PgColumn,
  query: TextQuery | undefined,
  asOf?: string,
): Ranking | undefined {
  if (!query) return undefined;
  return {
    by: sql`ranked.score`,
    join: {
      // Materialized, so that it is made once and not for each row, whatever the statistics say.
      table: sql`(with hits as materialized (select ${searchDocuments.id} as record, score from (${engine.fullText.matches(query, reachOf(asOf))}) as found cross join ${searchDocuments} where ${searchDocuments.sequence} = found.sequence and ${searchDocuments.kind} = ${kind}) select record, score from hits) as ranked`,
      on: sql`ranked.record = ${id}`,
    },
  };
}
