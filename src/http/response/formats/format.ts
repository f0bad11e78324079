import type { z } from 'zod';
import type { Export, Put } from '../../../db/lists/paging.ts';
import type { Subset } from '../../../db/lists/queries.ts';

/** What every format declares: its media type, and the schema of a body in it for the OpenAPI document. */
export interface Format {
  mediaType: string;
  schema: z.ZodType;
}

/** A format of one document: a record, or a graph. `base` is the URL of the API. */
export interface DocumentFormat<T> extends Format {
  write: (document: T, base: string) => string;
}

/** The media types of exports; their routes stream for as long as a client reads (`hooks/guards.ts`). */
export const EXPORT_MEDIA_TYPES = [
  'text/csv',
  'application/x-ndjson',
  'application/geo+json',
  'text/calendar',
] as const;

/** All matches of a list, as records or as JSON. */
export type Matches<T> = Pick<Export<T>, 'records' | 'json'>;

/** A format that has all matches of a list, written batch by batch. */
export interface ExportFormat<T> extends Format {
  writes: 'export';
  mediaType: (typeof EXPORT_MEDIA_TYPES)[number];
  /** Of the name of the file that it is downloaded as. */
  extension: string;
  /** The options that it supports; a request that gives another one is refused. */
  supports: readonly (keyof ExportOptions)[];
  /** The records that it can show, where it cannot show all. */
  subset?: Subset;
  write: (matches: Matches<T>, options: ExportOptions, content: ListContent) => AsyncIterable<string>;
}

/** The parameters of an export. */
export interface ExportOptions {
  /** The fields of each record; undefined: all of them. */
  fields: readonly string[] | undefined;
  /** Whether to begin with a byte order mark. */
  bom: boolean;
}

/** A format that has one page of a list. */
export interface PageFormat<T> extends Format {
  writes: 'page';
  write: (page: PageContent<T>) => string | Promise<string>;
  /** Writes a single record; only formats of single records have it. `base` is the URL of the API. */
  writeRecord?: (record: T, base: string) => string;
}

/** A format of a list. */
export type ListFormat<T> = PageFormat<T> | ExportFormat<T>;

/** What a writer may need of a list besides its records. */
export interface ListContent {
  /** The title of the list. */
  title: string;
  /** The URL of the API. */
  base: string;
  /** The URL of a record of this list. */
  urlOf: (id: string) => string;
  /** When each of some records was put into the store, by id. */
  changed: (ids: readonly string[]) => Promise<ReadonlyMap<string, Put>>;
  /** The number of matches outside the format's subset; 0 where it shows all. */
  outside: number;
}

/** A page of a list. */
export interface PageContent<T> extends Omit<ListContent, 'outside'> {
  records: readonly T[];
  /** The path and query of this page, without the address of the API. */
  path: string;
  /** The URL of this page, and that of the next one; null on the last page. */
  self: string;
  nextUrl: string | null;
}
