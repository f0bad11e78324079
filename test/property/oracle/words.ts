// Texts compared as the documentation of `q` and `name` explains it, worked out anew.

/** The words of a text, without case and without the accents of Latin letters. */
export function wordsIn(text: string): string[] {
  return (
    withoutAccents(text.toLowerCase())
      .replace(/[\u0300-\u036f]/g, '')
      .match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []
  );
}

/** A text with no accent on a Latin letter. */
export function withoutAccents(text: string): string {
  return text.replace(/\p{Script=Latin}\p{M}*/gu, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''));
}

/** Words that must stand in a row; of the last one, only the beginning where it is a prefix. */
interface Phrase {
  words: string[];
  prefix: boolean;
}

const PIECE = /"([^"]*)"|([\p{L}\p{N}\p{M}\p{Co}]+(?:[.'’][\p{L}\p{N}\p{M}\p{Co}]+)*)(\*?)/gu;

/** What a full-text query asks for; nothing when there is no word in it. */
export function phrasesOf(query: string): Phrase[] {
  return [...query.matchAll(PIECE)]
    .map(([, quoted, word, star]) => ({ words: wordsIn(quoted ?? word ?? ''), prefix: star === '*' }))
    .filter(({ words }) => words.length > 0);
}

/** Whether every phrase stands in one of the texts. */
export function hasPhrases(texts: readonly string[], phrases: readonly Phrase[]): boolean {
  const all = texts.map(wordsIn);
  return phrases.every((phrase) => all.some((words) => words.some((_, at) => standsAt(words, at, phrase))));
}

function standsAt(words: readonly string[], at: number, { words: wanted, prefix }: Phrase): boolean {
  return wanted.every((word, index) => {
    const here = words[at + index];
    return prefix && index === wanted.length - 1 ? here?.startsWith(word) : here === word;
  });
}

/** A name without case and accents, and with single spaces. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’]/g, "'")
    .toLowerCase()
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
