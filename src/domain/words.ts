import { stemmer } from 'stemmer';
import { remembered } from './remembered.ts';

// What counts as a word of a text, and when two words are the same: for full text, and for names.

/**
 * A word of a text: how it is compared, and where it is (UTF-16 code units). Words that are together one character, as in `½`, are in
 * the same place.
 */
export interface Word {
  term: string;
  start: number;
  end: number;
}

/** Scripts that do not separate words: they are found by their letters in a row. */
const UNSPACED =
  '[\\p{Script=Khmer}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Myanmar}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー]';
/** What has no width: it may be inside a word, and is no part of it. */
const INVISIBLE = '\\u00ad\\u200b-\\u200f\\u2060\\ufeff';
/** A letter, digit or mark of a script that separates words. */
const LETTER = `[[\\p{L}\\p{N}\\p{M}\\p{Co}]--${UNSPACED}]`;
const ACRONYM = `(?<!${LETTER})(?:\\p{L}\\.)+\\p{L}(?!${LETTER})`;
const WORD = `${LETTER}(?:${LETTER}|[${INVISIBLE}])*`;
const WORDS = new RegExp(
  `(?<acronym>${ACRONYM})|(?<unspaced>${UNSPACED})|(?<word>${WORD})(?<possessive>['’]s(?!${LETTER}))?`,
  'gv',
);

/** Latin letters that are no letter with an accent, with what is typed for them. */
const TYPED_AS: Record<string, string> = {
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  ø: 'o',
  ŧ: 't',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
};
const TYPED = new RegExp(`[${Object.keys(TYPED_AS).join('')}]`, 'g');
// Only there is a mark an accent. In other scripts it can be a vowel, without which words would be mistaken for each other.
const ACCENTED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;

/**
 * A text as it is compared: without case, without accents of Latin, Greek and Cyrillic letters, and without characters that have no
 * width; wide and narrow forms of a letter are alike.
 */
export function foldLetters(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .normalize('NFKD')
      .replace(ACCENTED, '$1')
      // Those of no script are accents wherever they are.
      .replace(/[\u0300-\u036f]/g, '')
      .replace(TYPED, (letter) => TYPED_AS[letter] ?? letter)
      .normalize('NFC')
      .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
  );
}

/** The words of a text, in order. An `’s` at the end of a word is none, and `U.S.` is the word `us`. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORDS)].flatMap((match) => {
    const { acronym, unspaced, word } = match.groups ?? {};
    const start = match.index;
    if (unspaced !== undefined) return [{ term: encoded(unspaced), start, end: start + unspaced.length }];
    const written = acronym ?? word ?? '';
    return termsOf(written).map((term) => ({ term, start, end: start + written.length }));
  });
}

/** The terms of a word, which is nearly always one. */
const termsOf = remembered((written: string): readonly string[] => {
  const folded = foldLetters(written).replaceAll('.', '');
  // Folding can separate words: ½ becomes 1⁄2, which every full-text index takes for two.
  return (folded.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? []).filter((term) =>
    /[\p{L}\p{N}\p{Co}]/u.test(term),
  );
});

/**
 * A letter of a script that does not separate words, as a term of its own: in letters that every full-text index takes for one
 * word, which vowel signs are not.
 */
function encoded(letter: string): string {
  return `\ue000${foldLetters(letter).codePointAt(0)?.toString(16) ?? ''}`;
}

/** The form that an English word has in common with its other forms (Porter, 1980); any other word as it is. */
export const stemOf = remembered((term: string): string => (/^[a-z]+$/.test(term) ? stemmer(term) : term));
