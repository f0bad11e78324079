import type { Html } from './html.ts';

/** A page, without what all pages have. */
export interface Page {
  /** What it is, for the tab of a browser and for search engines. */
  title: string;
  /** In a sentence or two, for previews of links. */
  description: string;
  /** The pages above it, from the home page on. */
  crumbs: readonly Crumb[];
  body: Html;
  /** Where programs get the same; absent where there is nothing to get. */
  data?: DataLinks;
  /** Id of the dataset to cite with it; the first datasets of the store unless given. */
  dataset?: string;
  /** Whether it is the same as of whatever day. */
  isTimeless?: boolean;
  /** The record for search engines, in terms of schema.org. */
  thing?: object;
}

/** A page above another one. */
export interface Crumb {
  name: string;
  path: string;
}

/** Where programs get what a page shows. */
export interface DataLinks {
  /** The path and query in the API. */
  api: string;
  /** The words of `format=`, with their media types; JSON apart. */
  formats: readonly DataFormat[];
  /** The tag and the id of the operation, by which Swagger UI opens it. */
  operation: string;
}

export type DataFormat = 'csv' | 'ndjson' | 'geojson' | 'icalendar' | 'atom' | 'jsonld' | 'graphml';
