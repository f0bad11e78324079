import { stemOf, wordsOf } from './words.ts';

/** A word, or words in a row, that a text must contain, as terms of `words.ts`. */
export interface Term {
  terms: string[];
  /** `word`: in any of its forms. `phrase`: exactly these, in a row. `prefix`: the last one may go on. */
  as: 'word' | 'phrase' | 'prefix';
}

/** What a full-text query asks for: of each group of `all` one term, and none of `none`. */
export interface TextQuery {
  all: Term[][];
  none: Term[];
}

const PIECE = `[[\\p{L}\\p{N}\\p{M}\\p{Co}]\\u00ad\\u200b-\\u200f\\u2060\\ufeff]+`;
const TERM = new RegExp(
  `(?<minus>(?<=^|\\s)-)?(?:"(?<phrase>[^"]*)"|(?<word>${PIECE}(?:[.'’]${PIECE})*)(?<star>\\*)?)`,
  'gv',
);
const QUOTES = /[“”„‟«»]/g;

/**
 * Reads a query as a user types it: words, `"quoted phrases"`, `prefix*`, `-word` for what must not be there, and `a OR b`. All other
 * punctuation only separates words, and a quotation mark without a partner is such punctuation. `all` is empty when no word
 * is asked for.
 */
export function parseTextQuery(text: string): TextQuery {
  const query: TextQuery = { all: [], none: [] };
  let joins = false;
  for (const { groups = {} } of text.normalize('NFC').replace(QUOTES, '"').matchAll(TERM)) {
    const { minus, phrase, word, star } = groups;
    if (word === 'OR' && minus === undefined && star === undefined && query.all.length > 0) {
      joins = true;
      continue;
    }
    const term = termOf(phrase ?? word ?? '', phrase === undefined, star !== undefined);
    if (!term) continue;
    if (minus !== undefined) query.none.push(term);
    else if (joins) query.all.at(-1)?.push(term);
    else query.all.push([term]);
    joins = false;
  }
  return query;
}

function termOf(text: string, isWord: boolean, isPrefix: boolean): Term | undefined {
  const terms = wordsOf(text).map(({ term }) => term);
  if (terms.length === 0) return undefined;
  if (isPrefix) return { terms, as: 'prefix' };
  // Letters of a script that does not separate words are a word only together.
  return { terms, as: isWord && terms.length === 1 ? 'word' : 'phrase' };
}

/** Where the terms of a query that must be there match some words: as positions of first and last word, in order. */
export function matchesIn(terms: readonly string[], query: TextQuery): { first: number; last: number }[] {
  const stems = terms.map(stemOf);
  const found = query.all.flat().flatMap((term) =>
    terms.flatMap((_, first) => {
      const isHere = term.terms.every((wanted, index) => {
        const here = terms[first + index];
        if (here === undefined) return false;
        if (term.as === 'prefix' && index === term.terms.length - 1) return here.startsWith(wanted);
        return here === wanted || (term.as === 'word' && stems[first + index] === stemOf(wanted));
      });
      return isHere ? [{ first, last: first + term.terms.length - 1 }] : [];
    }),
  );
  return found.sort((a, b) => a.first - b.first || b.last - a.last);
}

/** A query as one would type it. */
export function writeTextQuery({ all, none }: TextQuery): string {
  const write = ({ terms, as }: Term): string => {
    const text = terms.join(' ');
    if (as === 'phrase') return `"${text}"`;
    return as === 'prefix' ? `${text}*` : text;
  };
  return [
    ...all.map((group) => group.map(write).join(' OR ')),
    ...none.map((term) => `-${write(term)}`),
  ].join(' ');
}
