import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TextQuery } from '../../domain/textQuery.ts';
import type { SearchableKind } from '../../domain/vocabularies.ts';
import { fullText, reachOf } from '../fullText.ts';
import { tables } from '../tables.ts';

const { searchDocuments } = tables;

/** An order by rank, best first, which takes a join. */
export interface Ranking {
  by: SQL;
  join: { table: SQL; on: SQL };
}

/** The order by how well records of a kind match a full-text query; undefined when there is no query. */
export function byRelevance(
  kind: SearchableKind,
  id: PgColumn,
  query: TextQuery | undefined,
  asOf?: string,
): Ranking | undefined {
  if (!query) return undefined;
  return {
    by: sql`ranked.score`,
    join: {
      table: sql`(select ${searchDocuments.id} as record, score from (${fullText.matches(query, reachOf(asOf))}) as found inner join ${searchDocuments} on ${searchDocuments.sequence} = found.sequence where ${searchDocuments.kind} = ${kind}) as ranked`,
      on: sql`ranked.record = ${id}`,
    },
  };
}
