import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TextQuery } from '../../domain/textQuery.ts';
import type { SearchableKind } from '../../domain/vocabularies.ts';
import { fullText } from '../fullText.ts';
import { tables } from '../tables.ts';
import type { Order } from './paging.ts';

const { searchDocuments } = tables;

/** The order by how well records of a kind match a query, best first. */
export function byRelevance(kind: SearchableKind, id: PgColumn, query: TextQuery): Order {
  return {
    by: sql`ranked.score`,
    id,
    descending: true,
    join: {
      table: sql`(select ${searchDocuments.id} as record, score from (${fullText.matches(query)}) as found inner join ${searchDocuments} on ${searchDocuments.sequence} = found.sequence where ${searchDocuments.kind} = ${kind}) as ranked`,
      on: sql`ranked.record = ${id}`,
    },
  };
}
