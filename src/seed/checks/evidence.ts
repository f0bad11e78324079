import type { Dataset, PassageCitation } from '../files/dataset.ts';
import type { SeedSource } from '../files/format.ts';
import { sha256, unicodeForms } from '../files/passages.ts';
import { allCitations } from '../kinds.ts';

// What the articles' texts show about a dataset: whether its citations are exact, and whether it covers everything.

/** Whether a citation's passage is where it says; `beyond` when the text ends before the citation does. */
export type CitationState = 'exact' | 'moved' | 'lost' | 'beyond';

/** What the text of one source shows. Positions are code points. */
export interface Evidence {
  source: SeedSource;
  /** Whether the text is the one that was annotated, byte by byte. */
  sameText: boolean;
  /** How many code points the text has. */
  length: number;
  citations: { citation: PassageCitation; state: CitationState }[];
  /** Citations whose phrase does not lie in their passage, or is a whole sentence of it. */
  badPhrases: { citation: PassageCitation; fault: string }[];
  /** Sentences of the body (without headlines, captions and credits). */
  sentences: number;
  /** Those of which less than half is cited by any record. */
  uncited: string[];
  /** Quotation marks of the body that lie in no statement's citation, with the words around them. */
  unquoted: string[];
  /** Capitalised words of the body that belong to no actor, place or exception, with the words around them. */
  unnamed: string[];
}

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
// A capital at the start of a sentence says nothing; these words are never names.
const CALENDAR =
  'January February March April May June July August September October November December Nov Monday Tuesday Wednesday Thursday Friday Saturday Sunday I';

/** Compares a dataset with the text of one of its sources. */
export function examine(data: Dataset, source: SeedSource, text: string): Evidence {
  const points = Array.from(text);
  const body = bodyOf(source, points);
  const citations = allCitations(data).filter((citation) => citation.source === source.id);
  const stateOf = statesIn(points);
  const covered = new Uint8Array(points.length);
  for (const { start, end } of citations) covered.fill(1, start, end);
  const spoken = new Uint8Array(points.length);
  for (const { citations: cited } of data.records.statement) {
    for (const citation of cited)
      if (citation.source === source.id) spoken.fill(1, citation.start, citation.end);
  }

  const sentences = sentencesOf(points, body);
  const isCited = ({ start, end }: Span): boolean => {
    let cited = 0;
    for (let at = start; at < end; at++) cited += covered[at] ?? 0;
    return cited * 2 >= end - start;
  };
  return {
    source,
    sameText: sha256(text) === source.text.sha256,
    length: points.length,
    citations: citations.map((citation) => ({ citation, state: stateOf(citation) })),
    badPhrases: citations.flatMap((citation) => phraseFault(citation, points)),
    sentences: sentences.length,
    uncited: sentences.filter((sentence) => !isCited(sentence)).map((span) => wordsOf(points, span)),
    unquoted: unquoted(data, points, body, spoken),
    unnamed: unnamed(data, points, body, sentences),
  };
}

interface Span {
  start: number;
  end: number;
}

function wordsOf(points: readonly string[], { start, end }: Span): string {
  return points.slice(start, end).join('').replace(/\s+/g, ' ').trim();
}

/** Finds the state of citations of one text. What has moved has mostly moved as far as another citation: that is tried first. */
function statesIn(points: readonly string[]): (citation: PassageCitation) => CitationState {
  const bytes = Buffer.from(points.join(''));
  let byte = 0;
  const offsets = [0, ...points.map((point) => (byte += Buffer.byteLength(point)))];
  const shifts = new Set<number>();
  return ({ start, end, sha256: wanted }) => {
    const isAt = (at: number): boolean =>
      at >= 0 &&
      at + end - start <= points.length &&
      sha256(bytes.subarray(offsets[at], offsets[at + end - start])) === wanted;
    if (end <= points.length && isAt(start)) return 'exact';
    if ([...shifts].some((shift) => isAt(start + shift))) return 'moved';
    for (let at = 0; at + end - start <= points.length; at++) {
      if (!isAt(at)) continue;
      shifts.add(at - start);
      return 'moved';
    }
    return end > points.length ? 'beyond' : 'lost';
  };
}

function phraseFault(
  citation: PassageCitation,
  points: readonly string[],
): { citation: PassageCitation; fault: string }[] {
  const { phrase } = citation;
  if (phrase === undefined) return [];
  const passage = points.slice(citation.start, citation.end).join('');
  if (!passage.normalize().includes(phrase.normalize()))
    return [{ citation, fault: 'does not lie in its passage' }];
  const bare = (words: string): string =>
    words
      .normalize()
      .replace(/[^\p{L}\p{N} ]/gu, '')
      .trim();
  const whole = [...SENTENCES.segment(passage)].some(({ segment }) => bare(segment) === bare(phrase));
  return whole ? [{ citation, fault: 'is a whole sentence' }] : [];
}

/** 1 for every code point of the body, 0 for headlines, captions and the like. */
function bodyOf(source: SeedSource, points: readonly string[]): Uint8Array {
  const body = new Uint8Array(points.length).fill(1);
  for (const { start, end } of source.text.paratext ?? []) body.fill(0, start, end);
  return body;
}

/** The sentences that lie in the body; a line break ends one, as it does a paragraph. */
function sentencesOf(points: readonly string[], body: Uint8Array): Span[] {
  const spans: Span[] = [];
  let start = 0;
  const flush = (end: number): void => {
    const stretch = points.slice(start, end).join('');
    let at = start;
    for (const { segment } of SENTENCES.segment(stretch)) {
      const length = Array.from(segment).length;
      if (/\p{L}/u.test(segment)) spans.push({ start: at, end: at + Array.from(segment.trimEnd()).length });
      at += length;
    }
  };
  for (let at = 0; at <= points.length; at++) {
    if (at < points.length && body[at] === 1 && points[at] !== '\n') continue;
    flush(at);
    start = at + 1;
  }
  return spans;
}

function unquoted(data: Dataset, points: readonly string[], body: Uint8Array, spoken: Uint8Array): string[] {
  const exempt = occurrences(
    points,
    data.exceptions.filter(({ kind }) => kind === 'quotation').map((exception) => exception.text),
    false,
  );
  return points.flatMap((point, at) =>
    /["“”]/.test(point) && body[at] === 1 && spoken[at] === 0 && exempt[at] === 0
      ? [wordsOf(points, { start: Math.max(0, at - 25), end: at + 35 })]
      : [],
  );
}

/** The names of actors, places, days and months, and what an exception says is no name. */
function knownNames(data: Dataset): string[] {
  return [
    ...CALENDAR.split(' '),
    ...data.records.actor.flatMap((actor) => [actor.name, ...actor.aliases.map((alias) => alias.name)]),
    ...data.records.event.flatMap((event) => (event.place ? event.place.name.split(', ') : [])),
    ...data.exceptions.filter(({ kind }) => kind === 'name').map((exception) => exception.text),
  ];
}

function unnamed(
  data: Dataset,
  points: readonly string[],
  body: Uint8Array,
  sentences: readonly Span[],
): string[] {
  const known = occurrences(points, knownNames(data), true);
  const all = words(points).filter(({ start }) => body[start] === 1);
  const starts = new Set(sentences.map((sentence) => sentence.start));
  const isInitial = (at: number): boolean =>
    starts.has(at) || /["“”‘[]/.test(points[at - 1] ?? '') || /[.:?!…]/.test(points[at - 2] ?? '');
  const wordAt = ({ start, end }: Span): string => points.slice(start, end).join('');
  const inside = new Set(all.filter(({ start }) => !isInitial(start)).map(wordAt));
  const small = new Set([...inside].filter((word) => word === word.toLowerCase()));
  const report = (word: string, start: number, end: number): string[] => [
    `${word}: ${wordsOf(points, { start: Math.max(0, start - 20), end: end + 25 })}`,
  ];
  return all.flatMap(({ start, end }, index) => {
    const word = wordAt({ start, end });
    if (!/^\p{Lu}/u.test(word) || known[start] === 1) return [];
    if (!isInitial(start)) return report(word, start, end);
    // At the start of a sentence every word has a capital: it is a name if it has one elsewhere too, or
    // if the next word has one and it is itself never written small.
    const next = all[index + 1];
    const followed =
      next !== undefined && /^\p{Lu}/u.test(points[next.start] ?? '') && next.start - end === 1;
    if (inside.has(word) || (followed && !small.has(word.toLowerCase()))) return report(word, start, end);
    return [];
  });
}
function words(points: readonly string[]): Span[] {
  const found: Span[] = [];
  let start = -1;
  for (let at = 0; at <= points.length; at++) {
    const inside = at < points.length && /[\p{L}\p{N}]/u.test(points[at] ?? '');
    if (inside && start < 0) start = at;
    if (!inside && start >= 0) {
      found.push({ start, end: at });
      start = -1;
    }
  }
  return found;
}

/** 1 for every code point that lies in an occurrence of one of the forms (as whole words, where asked). */
function occurrences(points: readonly string[], forms: readonly string[], whole: boolean): Uint8Array {
  const marks = new Uint8Array(points.length);
  const isWord = (point: string | undefined): boolean => point !== undefined && /[\p{L}\p{N}]/u.test(point);
  for (const form of new Set(forms.flatMap(unicodeForms))) {
    const wanted = Array.from(form);
    for (let at = 0; at + wanted.length <= points.length; at++) {
      if (wanted.some((point, offset) => points[at + offset] !== point)) continue;
      const bounded = !isWord(points[at - 1]) && !isWord(points[at + wanted.length]);
      if (!whole || bounded) marks.fill(1, at, at + wanted.length);
    }
  }
  return marks;
}
