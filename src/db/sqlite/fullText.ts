import { sql } from 'drizzle-orm';
import type { Term, TextQuery } from '../../domain/textQuery.ts';
import { stemOf } from '../../domain/words.ts';
import type { FullText, Reach } from '../engine.ts';

/** Full-text search by SQLite's FTS5. */
export const fts5: FullText = {
  matches(query, reach) {
    const all = expression(query, reach, termOf);
    // Words as they are written come before their other forms.
    const exact = expression(query, reach, exactly);
    // A title is short and says what the record is: its words count four times, and exact forms twice.
    // Materialized, and joined in this order: otherwise the plan depends on statistics, and can run a match once for each row.
    return sql`with found as materialized (select rowid as sequence, cast(round(bm25("searchIndex", 8.0, 2.0, 1.0, 4.0, 1.0, 0.5) * -1e9) as integer) as score from "searchIndex" where "searchIndex" match ${all}),
      exact as materialized (select rowid as sequence from "searchIndex" where "searchIndex" match ${exact})
      select found.sequence as sequence, found.score + case when exact.sequence is null then 0 else ${EXACT} end as score
      from found left join exact on exact.sequence = found.sequence`;
  },
  some: (query, reach, limit) =>
    sql`select rowid as sequence from "searchIndex" where "searchIndex" match ${expression(query, reach, termOf)} limit ${limit}`,
};

/** More than any score of BM25, in the unit of `score`. */
const EXACT = 1_000_000_000_000;

function expression(query: TextQuery, reach: Reach, write: (term: Term, reach: Reach) => string): string {
  const either = (terms: readonly Term[], how: typeof write): string =>
    `(${terms.map((term) => how(term, reach)).join(' OR ')})`;
  const all = query.all.map((group) => either(group, write)).join(' AND ');
  return query.none.length === 0 ? all : `(${all}) NOT ${either(query.none, termOf)}`;
}

function termOf(term: Term, reach: Reach): string {
  if (term.as !== 'word') return exactly(term, reach);
  const stems = reach.cited ? 'titleStems bodyStems citedStems' : 'titleStems bodyStems';
  return `({${stems}} : "${term.terms.map(stemOf).join(' ')}" OR ${exactly(term, reach)})`;
}

function exactly({ terms, as }: Term, reach: Reach): string {
  const columns = reach.cited ? 'titleTerms bodyTerms citedTerms' : 'titleTerms bodyTerms';
  return `{${columns}} : "${terms.join(' ')}"${as === 'prefix' ? ' *' : ''}`;
}
