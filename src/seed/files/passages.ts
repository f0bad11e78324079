import { hash } from 'node:crypto';

/** The SHA-256 of a string's UTF-8 bytes, in lower-case hexadecimal. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text);
}

/** A passage of an article, as a citation locates it (W3C Web Annotation, TextPositionSelector). */
export interface Passage {
  /** First code point. */
  start: number;
  /** Code point after the last. */
  end: number;
  /** SHA-256 of the passage's UTF-8 bytes. */
  sha256: string;
  text: string;
}

/** The passage between two code points of a text; undefined when the text ends before it does. */
export function passageAt(text: string, start: number, end: number): Passage | undefined {
  const points = Array.from(text);
  if (end > points.length) return undefined;
  const passage = points.slice(start, end).join('');
  return { start, end, sha256: sha256(passage), text: passage };
}

/**
 * The passages that run from `first` to the nearest `last` after it. Curly and
 * straight quotation marks are alike, so is any run of white space, and so are composed and
 * decomposed letters; the passage itself is what the article has.
 */
export function findPassages(text: string, first: string, last: string = first): Passage[] {
  const starts = [...text.matchAll(pattern(first))];
  return starts.flatMap((match) => {
    const tail = first === last ? text.slice(match.index) : text.slice(match.index + match[0].length);
    const end = pattern(last).exec(tail);
    if (!end) return [];
    const stop = text.length - tail.length + end.index + end[0].length;
    const start = Array.from(text.slice(0, match.index)).length;
    return passageAt(text, start, start + Array.from(text.slice(match.index, stop)).length) ?? [];
  });
}

/** A text in both forms that Unicode has for letters with marks: composed and decomposed. */
export function unicodeForms(text: string): string[] {
  return [...new Set([text.normalize('NFC'), text.normalize('NFD')])];
}

function pattern(words: string): RegExp {
  return new RegExp(unicodeForms(words).map(literally).join('|'), 'gu');
}

function literally(words: string): string {
  return words
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/['‘’]/g, "['‘’]")
    .replace(/["“”]/g, '["“”]')
    .replace(/\s+/g, '\\s+');
}
