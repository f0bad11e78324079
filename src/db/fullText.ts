import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { SEPARATOR } from '../domain/searchDocument.ts';
import { unlikeness } from '../domain/spelling.ts';
import { matchesIn, type Term, type TextQuery, writeTextQuery } from '../domain/textQuery.ts';
import type { SearchableKind } from '../domain/vocabularies.ts';
import { type Word, wordsOf } from '../domain/words.ts';
import type { Database } from './database.ts';
import type { Reach } from './engine.ts';
import { tables } from './tables.ts';

const { searchDocuments, searchWords } = tables;

const SNIPPET_WORDS = 24;
/** At most this many words come before the first match in a snippet. */
const WORDS_BEFORE = 6;

/** What is searched: as of a day, only what does not depend on later sources. */
export const reachOf = (asOf: string | undefined): Reach => ({ cited: asOf === undefined });

/** The records of a kind in which every term of a query is found; undefined when there is no query. */
export function recordsMatching(
  { engine }: Database,
  kind: SearchableKind,
  id: PgColumn,
  query: TextQuery | undefined,
  asOf?: string,
): SQL | undefined {
  if (!query) return undefined;
  return sql`${id} in (select ${searchDocuments.id} from (${engine.fullText.matches(query, reachOf(asOf))}) as found cross join ${searchDocuments} where ${searchDocuments.sequence} = found.sequence and ${searchDocuments.kind} = ${kind})`;
}

/** The words around the matches, from the first text with a match, as parts: those with an odd index match. */
function snippetOf(texts: readonly string[], query: TextQuery): string[] {
  for (const text of texts) {
    const words = wordsOf(text.normalize('NFC'));
    const matches = matchesIn(
      words.map(({ term }) => term),
      query,
    );
    const [first] = matches;
    if (first) return partsOf(text.normalize('NFC'), words, matches, firstShown(words, first.first));
  }
  return [texts[0] ?? ''];
}

/** The word at which a snippet begins: the first one, if the text is short enough to be shown from there. */
function firstShown(words: readonly Word[], match: number): number {
  return words.length <= SNIPPET_WORDS || match < SNIPPET_WORDS / 2 ? 0 : match - WORDS_BEFORE;
}

/** A text from one of its words on, for a number of words, in parts of which the odd ones match. */
function partsOf(
  text: string,
  words: readonly Word[],
  matches: readonly { first: number; last: number }[],
  from: number,
): string[] {
  const until = Math.min(words.length, from + SNIPPET_WORDS) - 1;
  const parts: string[] = [];
  let at = from === 0 ? 0 : (words[from]?.start ?? 0);
  let shown = from;
  for (const { first, last } of matches) {
    if (first < shown || last > until) continue;
    const [start, end] = [words[first]?.start ?? 0, words[last]?.end ?? 0];
    // Another word of a character that is marked already.
    if (start < at) continue;
    parts.push(text.slice(at, start), text.slice(start, end));
    at = end;
    shown = last + 1;
  }
  const isEnd = until === words.length - 1;
  parts.push(text.slice(at, isEnd ? undefined : words[until]?.end));
  if (from > 0) parts[0] = `…${parts[0]}`;
  return isEnd ? parts : [...parts.slice(0, -1), `${parts.at(-1)}…`];
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
  return {
    items: items.map(({ kind, id, title, body, cited, score }) => ({
      kind,
      id,
      title,
      score: Number(score),
      snippet: snippetOf([body, title, cited], query).map((part) => part.replaceAll(SEPARATOR, '…')),
    })),
    more: rows.length > limit,
    total: count ? await countMatches(db, query, ofKinds) : null,
  };
}

const matchesOf = ({ engine }: Database, query: TextQuery): SQL =>
  sql`(${engine.fullText.matches(query, { cited: true })}) as found`;

/** The documents that match a query and a condition, best first, from after a place in that order. */
function ranked(
  db: Database,
  query: TextQuery,
  condition: SQL | undefined,
  after: SearchPlace | null,
  limit: number,
) {
  const { sequence, kind, id, title, body, cited } = searchDocuments;
  const key = sql`${kind} || '/' || ${id}`;
  const score = sql<number>`found.score`;
  const afterPlace =
    after && sql`(${score} < ${after.score} or (${score} = ${after.score} and ${key} > ${after.key}))`;
  return db
    .select({ kind, id, title, body, cited, score })
    .from(searchDocuments)
    .innerJoin(matchesOf(db, query), eq(sequence, sql`found.sequence`))
    .where(and(condition, afterPlace ?? undefined))
    .orderBy(sql`${score} desc`, sql`${key} asc`)
    .limit(limit);
}

async function countMatches(db: Database, query: TextQuery, condition: SQL | undefined): Promise<number> {
  const [found] = await db
    .select({ rows: sql<number>`count(*)`.mapWith(Number) })
    .from(searchDocuments)
    .innerJoin(matchesOf(db, query), eq(searchDocuments.sequence, sql`found.sequence`))
    .where(condition);
  return found?.rows ?? 0;
}

/** At most this many words of the store are compared with a word that the store does not have. */
const MAX_CANDIDATES = 2_000;

/** The query that was probably meant by one with words that are nowhere in the store; null when none is near. */
export async function suggestQuery(db: Database, query: TextQuery): Promise<string | null> {
  let corrected = false;
  const meant = async (term: Term): Promise<Term> => {
    const [word = ''] = term.terms;
    if (term.as !== 'word' || (await countUpTo(db, term, { cited: true }, 1)) > 0) return term;
    const near = await nearestTerm(db, word);
    if (near === undefined) return term;
    corrected = true;
    return { ...term, terms: [near] };
  };
  const all = await Promise.all(query.all.map((group) => Promise.all(group.map(meant))));
  return corrected ? writeTextQuery({ all, none: query.none }) : null;
}

/** The number of records in which a term is found, counted up to a limit: what a word costs does not depend on how many have it. */
export async function countUpTo(db: Database, term: Term, reach: Reach, limit: number): Promise<number> {
  const found = db.engine.fullText.some({ all: [[term]], none: [] }, reach, limit);
  const [counted] = await db
    .select({ records: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`(${found}) as found`);
  return counted?.records ?? 0;
}

/**
 * The word of the store that is most like another, which may be that word: of those that begin alike, else of those of which it is the
 * rest; of several that are as near, the one in most records.
 */
export async function nearestTerm(db: Database, word: string): Promise<string | undefined> {
  const alike = await nearestWhere(db, word, beginsWith(firstLetters(word, 2)));
  return alike ?? nearestWhere(db, word, beginsWith(firstLetters(word, 1)));
}

const firstLetters = (word: string, count: number): string => Array.from(word).slice(0, count).join('');

const beginsWith = (beginning: string): SQL =>
  sql`${searchWords.term} >= ${beginning} and ${searchWords.term} < ${`${beginning}\u{10ffff}`}`;

async function nearestWhere(db: Database, word: string, condition: SQL): Promise<string | undefined> {
  const { term, records } = searchWords;
  const candidates = await db
    .select({ term, records })
    .from(searchWords)
    .where(condition)
    .orderBy(asc(term))
    .limit(MAX_CANDIDATES);
  const near = candidates
    .map((candidate) => ({ ...candidate, steps: unlikeness(word, candidate.term) }))
    .filter(({ steps }) => steps < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.steps - b.steps || b.records - a.records || (a.term < b.term ? -1 : 1));
  return near[0]?.term;
}
