import type { z } from 'zod';
import type { actorReference, citation, dateRange, sourceReference, topicReference } from '../schemas.ts';
import type { Thing } from './jsonld.ts';

// The parts of records that several resources share, in the words of schema.org.

/** An actor of which no more than the name is known here. */
export function actorThing({ id, name }: z.infer<typeof actorReference>, base: string): Thing {
  return { '@id': `${base}/v1/actors/${id}`, '@type': 'Thing', name };
}

/** A topic as a term of a scheme. */
export function topicThing({ id, label }: z.infer<typeof topicReference>, base: string): Thing {
  return { '@id': `${base}/v1/topics/${id}`, '@type': 'DefinedTerm', name: label, termCode: id };
}

/** A source as an article. */
export function sourceThing({ id, title }: z.infer<typeof sourceReference>, base: string): Thing {
  return { '@id': `${base}/v1/sources/${id}`, '@type': 'NewsArticle', headline: title };
}

/** The articles that citations point into, each once. */
export function articlesOf(citations: readonly z.infer<typeof citation>[], base: string): Thing[] {
  return [...new Map(citations.map(({ source }) => [source.id, sourceThing(source, base)])).values()];
}

/** A date as schema.org has it: the day or the month or the year that is known; null for anything vaguer. */
export function dateOf({ edtf }: z.infer<typeof dateRange>): string | null {
  return /^\d{4}(-(0\d|1[0-2])(-\d\d)?)?$/.test(edtf) ? edtf : null;
}
