import { z } from 'zod';

/** A thing of schema.org; a property that is null or an empty list is omitted. */
export type Thing = { '@type': string | string[] } & { [property: string]: unknown };

// Inline rather than a URL: no client has to fetch it, and dates and links get their types.
const CONTEXT = {
  '@vocab': 'https://schema.org/',
  startDate: { '@type': 'Date' },
  endDate: { '@type': 'Date' },
  dateCreated: { '@type': 'Date' },
  datePublished: { '@type': 'Date' },
  eventStatus: { '@type': '@id' },
};

export const linkedData = z
  .looseObject({
    '@context': z.record(z.string(), z.unknown()).describe('What the names mean: those of schema.org'),
    '@id': z.string().optional().describe('URL of the record, or of this page'),
  })
  .meta({
    id: 'LinkedData',
    description: 'The record, or in `@graph` the records of a page, in the words of schema.org (JSON-LD 1.1)',
  });

/** One thing as a document. */
export function thingDocument(thing: Thing): string {
  return JSON.stringify({ '@context': CONTEXT, ...thing }, leaveOut);
}

/** A page of things as a document. */
export function thingsDocument(page: string, things: readonly Thing[]): string {
  return JSON.stringify({ '@context': CONTEXT, '@id': page, '@graph': things }, leaveOut);
}

function leaveOut(key: string, value: unknown): unknown {
  return value === null || (Array.isArray(value) && value.length === 0 && key !== '@graph')
    ? undefined
    : value;
}
