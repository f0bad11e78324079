import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TextQuery } from '../domain/textQuery.ts';
import type { SearchableKind } from '../domain/vocabularies.ts';
import type { Database } from './database.ts';
import { tables } from './tables.ts';

const { searchDocuments } = tables;

// Around each match in a snippet; no document holds a control character (`seed/load/write.ts`).
const BEGIN = '\u0002';
const END = '\u0003';
const SNIPPET_WORDS = 24;

/** What full-text search is made of where the engines differ. */
interface FullText {
  /** A SELECT of `sequence` and `score` (a whole number, higher is better) of every document that matches. */
  matches(query: TextQuery): SQL;
  /** For a document that matches: the words around the matches, between BEGIN and END. */
  snippet(db: Database, query: TextQuery, sequences: number[]): Promise<Map<number, string>>;
}

/** SQLite's FTS5. */
const fts5: FullText = {
  matches(query) {
    // A title is short and says what the record is: its words count four times.
    return sql`select rowid as sequence, cast(round(bm25("searchIndex", 4.0, 1.0) * -1e9) as integer) as score from "searchIndex" where "searchIndex" match ${expression(query)}`;
  },
  async snippet(db, query, sequences) {
    const rows = await db
      .select({
        sequence: sql<number>`rowid`,
        snippet: sql<string>`snippet("searchIndex", -1, ${BEGIN}, ${END}, '…', ${SNIPPET_WORDS})`,
      })
      .from(sql`"searchIndex"`)
      .where(and(sql`"searchIndex" match ${expression(query)}`, inArray(sql`rowid`, sequences)));
    return new Map(rows.map((row) => [row.sequence, row.snippet]));
  },
};

/** Every term quoted, so that FTS5 reads no operator out of it. */
function expression(query: TextQuery): string {
  return query.map(({ text, prefix }) => `"${text}"${prefix ? ' *' : ''}`).join(' AND ');
}

export const fullText = fts5;

/** The records of a kind in which every term of a query is found; undefined when there is no query. */
export function recordsMatching(
  kind: SearchableKind,
  id: PgColumn,
  query: TextQuery | undefined,
): SQL | undefined {
  if (!query) return undefined;
  return sql`${id} in (select ${searchDocuments.id} from ${searchDocuments} where ${searchDocuments.kind} = ${kind} and ${searchDocuments.sequence} in (select sequence from (${fullText.matches(query)}) as found))`;
}

/** A record found by full text. */
export interface SearchHit {
  kind: SearchableKind;
  id: string;
  title: string;
  /** The words around the matches; those that match are the odd ones of the parts. */
  snippet: string[];
  /** How well it matches, to compare with others of the same answer. */
  score: number;
}

/** A place in the order of search results: they are ranked by score, ties broken by kind and id. */
export interface SearchPlace {
  score: number;
  /** `kind/id` */
  key: string;
}

/** Records of any kind (of some, where `kinds` says which) that match a query, best first. */
export async function search(
  db: Database,
  query: TextQuery,
  kinds: readonly SearchableKind[] | undefined,
  { after, limit, count }: { after: SearchPlace | null; limit: number; count: boolean },
): Promise<{ items: SearchHit[]; more: boolean; total: number | null }> {
  const ofKinds = kinds && inArray(searchDocuments.kind, [...kinds]);
  const rows = await ranked(db, query, ofKinds, after, limit + 1);
  const items = rows.slice(0, limit);
  const snippets = await fullText.snippet(
    db,
    query,
    items.map((row) => row.sequence),
  );
  return {
    items: items.map(({ sequence, ...row }) => ({
      ...row,
      score: Number(row.score),
      snippet: (snippets.get(sequence) ?? row.title).split(new RegExp(`[${BEGIN}${END}]`)),
    })),
    more: rows.length > limit,
    total: count ? await countMatches(db, query, ofKinds) : null,
  };
}

const matchesOf = (query: TextQuery): SQL => sql`(${fullText.matches(query)}) as found`;

/** The documents that match a query and a condition, best first, from after a place in that order. */
function ranked(
  db: Database,
  query: TextQuery,
  condition: SQL | undefined,
  after: SearchPlace | null,
  limit: number,
) {
  const { sequence, kind, id, title } = searchDocuments;
  const key = sql`${kind} || '/' || ${id}`;
  const score = sql<number>`found.score`;
  const afterPlace =
    after && sql`(${score} < ${after.score} or (${score} = ${after.score} and ${key} > ${after.key}))`;
  return db
    .select({ sequence, kind, id, title, score })
    .from(searchDocuments)
    .innerJoin(matchesOf(query), eq(sequence, sql`found.sequence`))
    .where(and(condition, afterPlace ?? undefined))
    .orderBy(sql`${score} desc`, sql`${key} asc`)
    .limit(limit);
}

async function countMatches(db: Database, query: TextQuery, condition: SQL | undefined): Promise<number> {
  const [found] = await db
    .select({ rows: sql<number>`count(*)`.mapWith(Number) })
    .from(searchDocuments)
    .innerJoin(matchesOf(query), eq(searchDocuments.sequence, sql`found.sequence`))
    .where(condition);
  return found?.rows ?? 0;
}
