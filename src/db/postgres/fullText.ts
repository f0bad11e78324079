import { type SQL, sql } from 'drizzle-orm';
import type { Term, TextQuery } from '../../domain/textQuery.ts';
import { stemOf } from '../../domain/words.ts';
import type { FullText, Reach } from '../engine.ts';

// Full-text search by PostgreSQL: `migrations/postgres` indexes the terms and stems of each document as lexemes. A lexeme says nothing of
// places, so words in a row are looked for in the texts of the documents that have all of them.

/** More than any score of BM25, in the unit of `score`. */
const EXACT = 1_000_000_000_000;
/** Longer words are cut in the index. */
const MAX_LEXEME = 500;

/** The texts of a document by which it is found: the weight of each in the score, and how its lexemes begin. */
const TERMS = [
  { column: 'titleTerms', weight: 8 },
  { column: 'bodyTerms', weight: 2 },
  { column: 'citedTerms', weight: 1 },
];
const STEMS = [
  { column: 'titleStems', weight: 4 },
  { column: 'bodyStems', weight: 1 },
  { column: 'citedStems', weight: 0.5 },
];

/** Words in a row that are looked for: among the terms, or among the stems. */
interface Phrase {
  words: string[];
  among: 'terms' | 'stems';
  /** Whether the last word may go on. */
  isPrefix: boolean;
}

export const tsvector: FullText = {
  matches(query, reach) {
    const phrases = query.all.flat().flatMap(phrasesOf);
    const counts = phrases.map(
      (phrase, index) =>
        sql`(select count(*) from "searchDocuments" as document where ${has(phrase, reach)}) as ${name(index)}`,
    );
    const score = sql.join(
      phrases.map((phrase, index) => bm25(phrase, reach, index)),
      sql` + `,
    );
    // The statistics are read once, and only where the score is asked for.
    return sql`with statistics as materialized (
        select "documents"::float8 as documents, "tokens"::float8 / nullif("documents", 0) as length, ${sql.join(counts, sql`, `)} from "searchTotals"
      )
      select document."sequence" as sequence,
        round(1e9::float8 * (${score}))::bigint + case when ${found(query, reach, exactly)} then ${sql.raw(String(EXACT))} else 0 end as score
      from "searchDocuments" as document where ${found(query, reach, widely)}`;
  },
  some: (query, reach, limit) =>
    sql`select document."sequence" as sequence from "searchDocuments" as document where ${found(query, reach, widely)} limit ${limit}`,
};

const exactly = ({ terms, as }: Term): Phrase => ({
  words: terms,
  among: 'terms',
  isPrefix: as === 'prefix',
});
/** A word as it is looked for: in any of its forms. What has the word itself has its stem. */
const widely = (term: Term): Phrase =>
  term.as === 'word' ? { words: term.terms.map(stemOf), among: 'stems', isPrefix: false } : exactly(term);

/** The phrases of which a term is made, for its score. */
const phrasesOf = (term: Term): Phrase[] =>
  term.as === 'word' ? [widely(term), exactly(term)] : [exactly(term)];

/** The condition that a document matches a query, each term of which is looked for in one way. */
function found(query: TextQuery, reach: Reach, phraseOf: (term: Term) => Phrase): SQL {
  const groups = query.all.map((group) => group.map(phraseOf));
  const none = query.none.map(widely);
  // All that lexemes alone can say is one look-up.
  const lookUp = [
    ...groups.map((group) => `(${group.map((phrase) => lexemes(phrase, reach)).join(' | ')})`),
    ...none.filter((phrase) => !isInTexts(phrase)).map((phrase) => `!${lexemes(phrase, reach)}`),
  ].join(' & ');
  const inTexts = [
    ...groups.filter((group) => group.some(isInTexts)).map((group) => anyOf(group, reach)),
    ...none.filter(isInTexts).map((phrase) => sql`not ${has(phrase, reach)}`),
  ];
  return sql`(${sql.join([matching(lookUp), ...inTexts], sql` and `)})`;
}

const anyOf = (phrases: readonly Phrase[], reach: Reach): SQL =>
  sql`(${sql.join(
    phrases.map((phrase) => has(phrase, reach)),
    sql` or `,
  )})`;

/** The condition that a document has a phrase. */
function has(phrase: Phrase, reach: Reach): SQL {
  const lookUp = matching(lexemes(phrase, reach));
  if (!isInTexts(phrase)) return lookUp;
  const row = ` ${phrase.words.join(' ')}${phrase.isPrefix ? '' : ' '}`;
  const texts = textsOf(phrase, reach).map(
    ({ column }) => sql`strpos(' ' || document.${sql.identifier(column)} || ' ', ${row}) > 0`,
  );
  return sql`(${lookUp} and (${sql.join(texts, sql` or `)}))`;
}

/** Whether lexemes cannot say that a document has a phrase. */
const isInTexts = ({ words }: Phrase): boolean =>
  words.length > 1 || words.some((word) => Array.from(word).length > MAX_LEXEME);

const matching = (lookUp: string): SQL => sql`document."vector" @@ ${lookUp}::tsquery`;

/** The lexemes of a phrase, as a tsquery. */
function lexemes({ words, among, isPrefix }: Phrase, { cited }: Reach): string {
  const prefixes = among === 'terms' ? ['t', 'T'] : ['s', 'S'];
  const all = (prefix: string): string =>
    words
      .map((word, index) => {
        const lexeme = `${prefix}${Array.from(word).slice(0, MAX_LEXEME).join('')}`;
        const goesOn = isPrefix && index === words.length - 1;
        return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${goesOn ? ':*' : ''}`;
      })
      .join(' & ');
  return `(${(cited ? prefixes : prefixes.slice(0, 1)).map((prefix) => `(${all(prefix)})`).join(' | ')})`;
}

const textsOf = ({ among }: Phrase, { cited }: Reach): typeof TERMS =>
  (among === 'terms' ? TERMS : STEMS).slice(0, cited ? 3 : 2);

const name = (index: number) => sql.identifier(`with${index}`);

/** What a phrase adds to the score of a document: BM25 as SQLite's FTS5 computes it. */
function bm25(phrase: Phrase, reach: Reach, index: number): SQL {
  const statistic = (column: SQL): SQL => sql`(select ${column} from statistics)`;
  const rarity = statistic(
    sql`case when ${name(index)} * 2 >= documents then 1e-6::float8 else ln((documents - ${name(index)} + 0.5) / (${name(index)} + 0.5)) end`,
  );
  const times = sql`(${sql.join(
    textsOf(phrase, reach).map(
      ({ column, weight }) => sql`${sql.raw(`${weight}::float8`)} * ${occurrences(column, phrase)}`,
    ),
    sql` + `,
  )})`;
  return sql`${rarity} * (${times} * 2.2::float8) / (${times} + 1.2::float8 * (0.25::float8 + 0.75::float8 * document."tokens" / ${statistic(sql`length`)}))`;
}

/** How often a text has a phrase. Spaces are doubled, so that words side by side are both counted. */
function occurrences(column: string, { words, isPrefix }: Phrase): SQL {
  const text = sql`(' ' || replace(document.${sql.identifier(column)}, ' ', '  ') || ' ')`;
  const row = ` ${words.join('  ')}${isPrefix ? '' : ' '}`;
  return sql`((octet_length(${text}) - octet_length(replace(${text}, ${row}, ''))) / ${sql.raw(String(Buffer.byteLength(row)))})`;
}
