import type { Database } from '../../db/database.ts';
import type { FacetCounts } from '../../db/lists/facets.ts';
import type { Export, Page } from '../../db/lists/paging.ts';
import type { Subset } from '../../db/lists/queries.ts';
import type { FeedEntry } from './formats/atom.ts';
import type { Column } from './formats/csv.ts';
import type { Feature } from './formats/geojson.ts';
import type { CalendarEntry } from './formats/icalendar.ts';
import type { Thing } from './formats/jsonld.ts';

/** How the records of a resource read in each format that it has beside JSON. */
export interface RecordFormats<T> {
  /** The path of the list; a record's is beneath it. */
  path: string;
  /** What a reader sees at the head of a feed or calendar. */
  title: string;
  columns: readonly Column<T>[];
  thing?: (record: T, base: string) => Thing;
  feature?: (record: T) => Feature;
  calendarEntry?: (record: T, url: string, changed: Date) => CalendarEntry;
  feedEntry?: (record: T, url: string, changed: Date) => FeedEntry;
}

/** A list as one request asks for it. */
export interface ListRequest<T, Name extends string> {
  page(subset?: Subset): Promise<Page<T>>;
  export(db: Database): Promise<Export<T>>;
  countOutside(subset: Subset): Promise<number>;
  countFacets(names: readonly Name[]): Promise<Partial<Record<Name, FacetCounts>>>;
  changed(ids: readonly string[]): Promise<Map<string, Date>>;
}
