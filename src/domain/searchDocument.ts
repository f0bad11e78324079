import { stemOf, wordsOf } from './words.ts';

/** The texts by which a record is found. */
export interface SearchTexts {
  title: string;
  body: string;
  /** Phrases of its citations, and passages whose text is in the store. */
  cited: string;
}

/** The same as they are indexed: their words as terms and as stems, separated by spaces. */
export function indexedTexts({ title, body, cited }: SearchTexts) {
  const terms = (text: string): string[] => wordsOf(text.normalize('NFC')).map(({ term }) => term);
  const [ofTitle, ofBody, ofCited] = [terms(title), terms(body), terms(cited)];
  const stems = (some: string[]): string => some.map(stemOf).join(' ');
  return {
    title,
    body,
    cited,
    titleTerms: ofTitle.join(' '),
    bodyTerms: ofBody.join(' '),
    citedTerms: ofCited.join(' '),
    titleStems: stems(ofTitle),
    bodyStems: stems(ofBody),
    citedStems: stems(ofCited),
  };
}

/** Between two texts: a word that no text has, so that no phrase reaches from one into the next. */
export const SEPARATOR = '\ue001';

/** Phrases and passages as one text. */
export function citedText(texts: readonly string[]): string {
  return [...new Set(texts)].join(` ${SEPARATOR} `);
}
