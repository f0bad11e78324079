import { z } from 'zod';
import type { PageFormat } from './format.ts';

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

const schema = z
  .looseObject({
    '@context': z.record(z.string(), z.unknown()).describe('What the names mean: those of schema.org'),
    '@id': z.string().optional().describe('URL of the record; a list has none'),
  })
  .meta({
    id: 'LinkedData',
    description: 'The record, or in `@graph` the records of a page, in the words of schema.org (JSON-LD 1.1)',
  });

/** A page, or a record, in the words of schema.org; `thing` says what a record is in them. */
export function jsonld<T>(thing: (record: T, base: string) => Thing): PageFormat<T> {
  return {
    writes: 'page',
    mediaType: 'application/ld+json',
    schema,
    write({ records, base }) {
      const things = records.map((record) => thing(record, base));
      // Without an id: beside `@graph` it would name a graph, and its triples would not be in the default one.
      return JSON.stringify({ '@context': CONTEXT, '@graph': things }, withoutEmpty);
    },
    writeRecord: (record, base) =>
      JSON.stringify({ '@context': CONTEXT, ...thing(record, base) }, withoutEmpty),
  };
}

function withoutEmpty(key: string, value: unknown): unknown {
  return value === null || (Array.isArray(value) && value.length === 0 && key !== '@graph')
    ? undefined
    : value;
}
