import { distance } from 'fastest-levenshtein';
import { foldLetters } from './words.ts';

/** A text without case and accents, and with single spaces, to compare and sort names alike on every engine. */
export function fold(text: string): string {
  return foldLetters(text).replace(/[‘’]/g, "'").trim().replace(/\s+/g, ' ');
}

/** Longer than this, what a client gave is cut where a message repeats it. */
const MAX_QUOTED = 100;

/** A text as a message repeats it: its beginning, if it is long. */
export function shortened(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED).toWellFormed()}…` : text;
}

/** The same in quotation marks. */
export function quoted(text: unknown): string {
  return `"${shortened(String(text))}"`;
}

/**
 * How many letters differ between two folded texts (Levenshtein distance). Infinity when they differ too much for a
 * typing error: in more than a third of the first text (and more than two letters, or one in a word of four letters), or in all of it.
 */
export function unlikeness(word: string, other: string): number {
  const steps = distance(word, other);
  const most = Math.max(word.length > 4 ? 2 : 1, Math.floor(word.length / 3));
  return steps === 0 || (steps <= most && steps < word.length) ? steps : Number.POSITIVE_INFINITY;
}

/** The candidate most like a word that was probably mistyped, or undefined when none is near. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = fold(word);
  let best: { candidate: string | undefined; steps: number } = {
    candidate: undefined,
    steps: Number.POSITIVE_INFINITY,
  };
  for (const candidate of candidates) {
    const steps = unlikeness(wanted, fold(candidate));
    if (steps < best.steps) best = { candidate, steps };
  }
  return best.candidate;
}
