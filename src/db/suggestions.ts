import { and, asc, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { fold, unlikeness } from '../domain/spelling.ts';
import type { Term } from '../domain/textQuery.ts';
import { type RecordKind, type SearchableKind, searchableKinds } from '../domain/vocabularies.ts';
import { stemOf, wordsOf } from '../domain/words.ts';
import type { Database } from './database.ts';
import { countUpTo, nearestTerm } from './fullText.ts';
import { type RecordTable, recordTables } from './recordTables.ts';
import { tables } from './tables.ts';

// What was probably meant by an id that no record has. Candidates come from indexes, and their number is limited, so that a store of any
// size answers as fast (docs/decisions/0026-suggestions-of-one-cost.md).

const MAX_SUGGESTIONS = 3;
/** Nothing is like a text that is longer. */
const MAX_LENGTH = 200;
/** At most this many words of a text are looked up. */
const MAX_WORDS = 4;
/** At most this many records that have the rarest of the words are looked at, of all kinds. */
const MAX_MATCHES = 1_000;
/** At most this many records are compared from each index. */
const MAX_CANDIDATES = 60;

/** A record that may have been meant, under one of the forms in which it can be named. */
interface Candidate {
  id: string;
  form: string;
  /** Whether the form is a name or a title, not an id. */
  isName: boolean;
}

/**
 * Ids of that kind that were probably meant by a text, an id or a name, best first: those of which it is a whole part, then those whose
 * id or name, under any spelling a source uses, is nearest to it, then those that have all of its words.
 */
export async function suggest(db: Database, kind: RecordKind, text: string): Promise<string[]> {
  const wanted = fold(text.slice(0, MAX_LENGTH + 1).replaceAll(/[-_]/g, ' '));
  if (wanted === '' || wanted.length > MAX_LENGTH) return [];
  const byWords = isSearchable(kind) ? await withWords(db, kind, wanted) : [];
  const ids = [...new Set([...byWords, ...(await withBeginning(db, kind, wanted))])];
  const ranked = (await formsOf(db, kind, ids))
    .map(({ id, form, isName }) => ({
      id,
      steps: stepsTo(wanted, form),
      rank: form === wanted ? 0 : isName ? 1 : 2,
    }))
    .filter(({ steps }) => steps < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.steps - b.steps || a.rank - b.rank || (a.id < b.id ? -1 : 1));
  // Records that only mention all of its words are suggested where nothing is named like it.
  const near = ranked.length > 0 ? ranked.map(({ id }) => id) : byWords;
  return [...new Set(near)].slice(0, MAX_SUGGESTIONS);
}

const isSearchable = (kind: RecordKind): kind is SearchableKind =>
  searchableKinds.some((searchable) => searchable === kind);

/** 0 for a text that is a whole part of a form, else how unlike it is. */
function stepsTo(wanted: string, form: string): number {
  return ` ${form} `.includes(` ${wanted} `) ? 0 : unlikeness(wanted, form);
}

/** The records that have all words of a text, or the words of the store that are most like them. */
async function withWords(db: Database, kind: SearchableKind, text: string): Promise<string[]> {
  const reach = { cited: false };
  const words: { term: Term; stem: string; records: number }[] = [];
  for (const { term: given } of wordsOf(text).slice(0, MAX_WORDS)) {
    const word = (await nearestTerm(db, given)) ?? given;
    const term: Term = { terms: [word], as: 'word' };
    words.push({ term, stem: stemOf(word), records: await countUpTo(db, term, reach, MAX_MATCHES) });
  }
  const [rarest, ...others] = words.sort((a, b) => a.records - b.records);
  if (!rarest) return [];
  const { searchDocuments } = tables;
  // Not all words at once: if they are in many records and together in none, the index reads all of these to find that.
  const found = db.engine.fullText.some({ all: [[rarest.term]], none: [] }, reach, MAX_MATCHES);
  const stems = sql`' ' || ${searchDocuments.titleStems} || ' ' || ${searchDocuments.bodyStems} || ' '`;
  const rows = await db
    .select({ id: searchDocuments.id })
    // In this order: otherwise all records of the kind can be read.
    .from(sql`(${found}) as found`)
    .crossJoin(searchDocuments)
    .where(
      and(
        sql`${searchDocuments.sequence} = found.sequence`,
        ofKind(kind),
        ...others.map(({ stem }) => sql`${stems} like ${`% ${stem} %`}`),
      ),
    )
    // The same on every engine: records that match alike are suggested in the order in which they were loaded.
    .orderBy(sql`found.sequence`)
    .limit(MAX_CANDIDATES);
  return rows.map(({ id }) => id);
}

/** The records whose ids begin like a text. */
async function withBeginning(db: Database, kind: RecordKind, text: string): Promise<string[]> {
  const { table }: RecordTable = recordTables[kind];
  const id = text.replaceAll(/[^a-z0-9]+/g, '-');
  const near = async (length: number): Promise<string[]> => {
    const beginning = id.slice(0, length);
    if (beginning === '') return [];
    const rows = await db
      .select({ id: table.id })
      .from(table)
      .where(and(gte(table.id, beginning), lt(table.id, `${beginning}~`)))
      .orderBy(asc(table.id))
      .limit(MAX_CANDIDATES);
    return rows.map((row) => row.id);
  };
  return [...(await near(id.length - 1)), ...(await near(4)), ...(await near(2)), ...(await near(1))];
}

/** The forms in which some records can be named: their ids and each word of these, names and titles. */
async function formsOf(db: Database, kind: RecordKind, ids: readonly string[]): Promise<Candidate[]> {
  if (ids.length === 0) return [];
  const forms = ids.flatMap((id) => {
    const name = id.replaceAll('-', ' ');
    return [name, ...name.split(' ')].map((form) => ({ id, form, isName: false }));
  });
  const { actors, actorAliases, searchDocuments } = tables;
  const named = (rows: { id: string; form: string }[]): Candidate[] =>
    rows.map(({ id, form }) => ({ id, form: fold(form), isName: true }));
  const titles = await db
    .select({ id: searchDocuments.id, form: searchDocuments.title })
    .from(searchDocuments)
    .where(and(ofKind(kind), inArray(searchDocuments.id, [...ids])));
  if (kind !== 'actor') return [...forms, ...named(titles)];
  const names = await db
    .select({ id: actors.id, form: actors.name })
    .from(actors)
    .where(inArray(actors.id, [...ids]));
  const aliases = await db
    .select({ id: actorAliases.actor, form: actorAliases.name })
    .from(actorAliases)
    .where(inArray(actorAliases.actor, [...ids]));
  return [...forms, ...named([...names, ...aliases])];
}

const ofKind = (kind: RecordKind): SQL => sql`${tables.searchDocuments.kind} = ${kind}`;
