import { stemmer } from 'stemmer';

// Texts compared as the documentation of `q` and `name` explains it, worked out anew.

const UNSPACED =
  /[\p{Script=Khmer}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
/** Before a letter of such a script: no word begins with it, nor has it. */
const LETTER = '·';
const WITHOUT_WIDTH = /[\u00ad\u200b-\u200f\u2060\ufeff]/u;
const TYPED: Record<string, string> = {
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

const isLetter = (point: string | undefined): boolean =>
  point !== undefined && /[\p{L}\p{N}\p{M}\p{Co}]/u.test(point) && !UNSPACED.test(point);

/** A text without case, accents of Latin, Greek and Cyrillic letters, and characters without width. */
function plain(text: string): string {
  let last = '';
  let result = '';
  for (const point of text.normalize('NFKC').toLowerCase().normalize('NFKD')) {
    if (/\p{M}/u.test(point)) {
      const isAccent = /[\u0300-\u036f]/.test(point);
      if (!isAccent && !/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(last)) result += point;
      continue;
    }
    last = point;
    if (!WITHOUT_WIDTH.test(point)) result += TYPED[point] ?? point;
  }
  return result.normalize('NFC');
}

/** The words of a text: of the scripts that do not separate words, each letter. */
export function wordsIn(text: string): string[] {
  const points = pointsOf(text.normalize('NFC'));
  const words: string[] = [];
  for (let at = 0; at < points.length; ) {
    const point = points[at] ?? '';
    if (UNSPACED.test(point)) {
      words.push(`${LETTER}${pointsOf(plain(point))[0] ?? ''}`);
      at += 1;
      continue;
    }
    if (!isLetter(point)) {
      at += 1;
      continue;
    }
    // U.S. is one word: single letters with a stop between them.
    let end = at;
    while (
      /\p{L}/u.test(points[end] ?? '') &&
      points[end + 1] === '.' &&
      /\p{L}/u.test(points[end + 2] ?? '')
    )
      end += 2;
    const isAcronym = end > at && !isLetter(points[end + 1]) && /\p{L}/u.test(points[end] ?? '');
    if (!isAcronym) {
      end = at;
      while (isLetter(points[end + 1]) || WITHOUT_WIDTH.test(points[end + 1] ?? '')) end += 1;
    }
    const word = plain(points.slice(at, end + 1).join('')).replaceAll('.', '');
    // One character can be several words: ½ is 1 and 2.
    for (const part of word.split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u)) {
      if (/[\p{L}\p{N}\p{Co}]/u.test(part)) words.push(part);
    }
    at = end + 1;
    // An ’s at its end is no word.
    if (!isAcronym && /['’]/.test(points[at] ?? '') && points[at + 1] === 's' && !isLetter(points[at + 2]))
      at += 2;
  }
  return words;
}

/** A text with no accent on a Latin letter. */
export function withoutAccents(text: string): string {
  return text.replace(/\p{Script=Latin}\p{M}*/gu, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''));
}

/** Words that must follow each other. A prefix is the beginning of its last word; a word that is alone matches any English form. */
interface Phrase {
  words: string[];
  as: 'word' | 'phrase' | 'prefix';
}
/** What a full-text query asks for: one of each group, and none of others. */
export interface Wanted {
  all: Phrase[][];
  none: Phrase[];
}

const PIECE =
  /(?<minus>(?<![^\s])-)?(?:"(?<quoted>[^"]*)"|(?<word>[\p{L}\p{N}\p{M}\p{Co}\u00ad\u200b-\u200f\u2060\ufeff]+(?:[.'’][\p{L}\p{N}\p{M}\p{Co}\u00ad\u200b-\u200f\u2060\ufeff]+)*)(?<star>\*?))/gu;

/** What a full-text query asks for; nothing when there is no word in it that is to be found. */
export function phrasesOf(query: string): Wanted {
  const wanted: Wanted = { all: [], none: [] };
  let isAlternative = false;
  for (const { groups = {} } of query
    .normalize('NFC')
    .replace(/[“”„‟«»]/g, '"')
    .matchAll(PIECE)) {
    const { minus, quoted, word, star } = groups;
    if (word === 'OR' && !minus && !star && wanted.all.length > 0) {
      isAlternative = true;
      continue;
    }
    const words = wordsIn(quoted ?? word ?? '');
    if (words.length === 0) continue;
    const as = star ? 'prefix' : word !== undefined && words.length === 1 ? 'word' : 'phrase';
    if (minus) wanted.none.push({ words, as });
    else if (isAlternative) wanted.all.at(-1)?.push({ words, as });
    else wanted.all.push([{ words, as }]);
    isAlternative = false;
  }
  return wanted;
}

/** Whether one of the texts has a phrase of every group in `all`, and no text has a phrase in `none`. */
export function hasPhrases(texts: readonly string[], { all, none }: Wanted): boolean {
  const read = texts.map(wordsIn);
  const stands = (phrase: Phrase): boolean =>
    read.some((words) => words.some((_, at) => standsAt(words, at, phrase)));
  return all.every((group) => group.some(stands)) && !none.some(stands);
}

const stem = (word: string): string => (/^[a-z]+$/.test(word) ? stemmer(word) : word);

function standsAt(words: readonly string[], at: number, { words: wanted, as }: Phrase): boolean {
  return wanted.every((word, index) => {
    const here = words[at + index];
    if (here === undefined) return false;
    if (as === 'prefix' && index === wanted.length - 1) return here.startsWith(word);
    return here === word || (as === 'word' && stem(here) === stem(word));
  });
}

/** A name without case and accents, and with single spaces. */
export function plainName(name: string): string {
  return plain(name)
    .replace(/[‘’]/g, "'")
    .split(/\s+/)
    .filter((part) => part !== '')
    .join(' ');
}

/** The order of texts by their code points. */
export function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The code points of a text, which is what JSON Schema counts. */
export function pointsOf(text: string): string[] {
  return Array.from(text);
}
