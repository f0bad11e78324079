/** A word, or a phrase of several, that a text must contain. */
export interface Term {
  text: string;
  /** Whether the last word may go on. */
  prefix: boolean;
}

/** What a full-text query asks for: every term must match. */
export type TextQuery = Term[];

// Marks belong to the letter before them; an apostrophe or a stop inside a word does not end it (U.S.).
const LETTERS = '[\\p{L}\\p{N}\\p{M}\\p{Co}]+';
const WORD = `${LETTERS}(?:[.'’]${LETTERS})*`;
const TERM = new RegExp(`"(?<phrase>[^"]*)"|(?<word>${WORD})(?<star>\\*)?`, 'gu');
const LETTER = /[\p{L}\p{N}\p{Co}]/u;

/**
 * Reads a query as a user types it: words, `"quoted phrases"` and `prefix*`; all other punctuation
 * only separates words, and a quotation mark without a partner is such punctuation. Empty when there
 * is no word in it.
 */
export function parseTextQuery(text: string): TextQuery {
  return [...text.matchAll(TERM)]
    .map(({ groups }) => ({
      text: (groups?.phrase ?? groups?.word ?? '').replace(/[\p{Cc}"]/gu, ' '),
      prefix: groups?.star !== undefined,
    }))
    .filter((term) => LETTER.test(term.text));
}
