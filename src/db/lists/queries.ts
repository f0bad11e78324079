import { and, eq, inArray, not, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { RecordKind } from '../../domain/vocabularies.ts';
import type { Database } from '../database.ts';
import { documentOf, documentsOf, hasDocuments } from '../documents.ts';
import { missingRecord } from '../references.ts';
import type { Databases } from '../store.ts';
import type { TwoWay } from './byDate.ts';
import { countFacets, type Facet, type FacetCounts } from './facets.ts';
import {
  batchesIn,
  batchesOf,
  countedPageOf,
  countOf,
  type Export,
  idsOf,
  type Matching,
  type Order,
  type Page,
  type PageRequest,
  type Put,
  pageOf,
  readsAll,
} from './paging.ts';
import { changedAt } from './related.ts';
import type { Ranking } from './relevance.ts';

// What every list can be asked for: a page, an export, counts. A resource defines what its records are, once.

/** The types of a list. */
export interface ListTypes {
  table: PgTable & { id: PgColumn };
  /** The parameters of its route, as parsed: its filters, and these. */
  query: { sort: string; facets?: readonly string[] | undefined; asOf?: string | undefined };
  /** A record as it is answered. */
  item: object;
}

/** The names of a list's facets. */
export type FacetName<T extends ListTypes> = NonNullable<T['query']['facets']>[number];

/** The words of a list's `sort`, without those of the opposite direction. */
type SortField<Sort extends string> = Sort extends `-${string}` ? never : Sort;

/** The records of a list that some formats alone can show: `located` on a map, `dated` (on a day, or a period) in a calendar. */
export type Subset = 'located' | 'dated';

/** What a list is made of. */
export interface ListDefinition<T extends ListTypes> {
  table: T['table'];
  /** The kind of the records; absent when they have no id in the API. */
  kind?: RecordKind;
  /**
   * The filters that make reading a page heavy, since their cost grows with what matches: the workers run such
   * queries. Counts and facets always run there.
   */
  heavy: readonly (keyof T['query'])[];
  /** What a query selects. Throws an UnknownReferenceError when its filters name records that do not exist. */
  select: (db: Database, query: T['query']) => Promise<Selection<T>>;
  /** Rows as whole records, in the order of the rows; there is at least one. Needed where no document has the records. */
  hydrate: (
    db: Database,
    rows: T['table']['$inferSelect'][],
    asOf: string | undefined,
  ) => Promise<T['item'][]>;
  /** The condition of each subset; only of lists that have a format for it. */
  subsets?: Record<Subset, SQL | undefined>;
}

/** The parts of a list of records that have ids. */
export interface RecordDefinition<T extends ListTypes> extends ListDefinition<T> {
  kind: RecordKind;
  /** The records that a source published by a day reports; undefined when no day is given. */
  recordsAsOf?: (db: Database, asOf: string | undefined) => SQL | undefined;
}

/** How the rows of a list are read through another table, in which they are in order, newest first. */
export interface ReadPath {
  /** The FROM: that table joined with the list's own. */
  table: SQL;
  /** The column of that table that has the id, and the one by which the rows are in order. */
  id: PgColumn;
  newestFirst: PgColumn;
}

/** What one query selects of a list, looked up once for its page, its counts and its export. */
export interface Selection<T extends ListTypes> {
  /** How the rows are read, where not from the list's own table alone. */
  path?: ReadPath | undefined;
  /** The one WHERE of the query's filters; without its day, where `shown` or `from` has that. */
  where: SQL | undefined;
  /** The condition that records are shown by the query's day, where some facets need it not. */
  shown?: SQL | undefined;
  /** What is read in place of the table: that joined with what the WHERE, orders and facets need of each record. */
  from?: SQL | undefined;
  /** What each word of `sort` orders by, ties broken by id; undefined where `relevance` has no text to rank by. */
  orders: Record<SortField<T['query']['sort']>, PgColumn | SQL | TwoWay | Ranking | undefined>;
  facets: () => Record<FacetName<T>, Facet>;
}

/** The records that one query matches. */
export interface Matches<T extends ListTypes> {
  /** One page of them. */
  page(request: PageRequest): Promise<Page<T['item']>>;
  /** The same page, each record as JSON. */
  pageAsJson(request: PageRequest): Promise<Page<string>>;
  /** How many of them are outside a subset. */
  countOutside(subset: Subset): Promise<number>;
  /** All of them, counted by each of some facets. */
  facets(names: NonNullable<T['query']['facets']>): Promise<Partial<Record<FacetName<T>, FacetCounts>>>;
  /** All of them, or of a subset of them, batch by batch, in the order of the pages. */
  export(subset?: Subset): Promise<Export<T['item']>>;
  /** When each of some records was put into the store, by id. */
  changed(ids: readonly string[]): Promise<Map<string, Put>>;
}

/** What can be asked of a list. */
export interface ListQueries<T extends ListTypes> {
  /** The records that a query matches. Throws an UnknownReferenceError as the definition's `select` does. */
  matching(databases: Databases, query: T['query']): Promise<Matches<T>>;
}

/** What can be asked of records that have ids. */
export interface RecordQueries<T extends ListTypes> extends ListQueries<T> {
  /** One record, as reported by a day if one is given. Throws a MissingRecordError when there is none of that id. */
  get(db: Database, id: string, asOf?: string): Promise<T['item']>;
  /** The same record as JSON. */
  getAsJson(db: Database, id: string, asOf?: string): Promise<string>;
}

/** The queries that a definition makes. */
export function listQueries<T extends ListTypes>(definition: ListDefinition<T>): ListQueries<T> {
  const { table, kind } = definition;

  function conditionOf(subset: Subset): SQL {
    const condition = definition.subsets?.[subset];
    if (!condition) throw new Error(`nothing says which of these records are ${subset}`);
    return condition;
  }

  return {
    async matching({ db, workers }, query) {
      const selection = await definition.select(db, query);
      const heavy = definition.heavy.some((filter) => query[filter] !== undefined);
      const reading = heavy ? workers : db;
      const { path, from, where, shown } = selection;
      const all: Matching = { table: path?.table ?? from ?? table, id: path?.id ?? table.id, where, shown };
      const order = orderOf(selection, query.sort);
      const pageOfIds = async (request: PageRequest): Promise<Page<string>> => {
        if (heavy && request.count && request.after === null && readsAll(order)) {
          const { ids, next, total } = await countedPageOf(reading, all, order, request.limit);
          return { items: ids, next, total };
        }
        const { ids, next } = await pageOf(reading, all, order, request);
        return { items: ids, next, total: request.count ? await countOf(workers, all) : null };
      };
      return {
        async page(request) {
          const page = await pageOfIds(request);
          return { ...page, items: await recordsOf(definition, reading, page.items, query.asOf) };
        },
        async pageAsJson(request) {
          const page = await pageOfIds(request);
          return { ...page, items: await jsonOf(definition, reading, page.items, query.asOf) };
        },
        countOutside: (subset) =>
          countOf(workers, { ...all, where: and(all.where, not(conditionOf(subset))) }),
        facets: (names) => countFacets<FacetName<T>>(workers, all, selection.facets(), names),
        async export(subset) {
          const matching = subset ? { ...all, where: and(all.where, conditionOf(subset)) } : all;
          // A heavy filter is read once, by the workers; the records then come by their ids.
          const ids = heavy ? await idsOf(workers, matching, order) : undefined;
          const total = ids ? ids.length : await countOf(workers, matching);
          const batches = () => (ids ? batchesIn(ids) : batchesOf(db, matching, order));
          return {
            total,
            async *records() {
              for await (const batch of batches()) yield await recordsOf(definition, db, batch, query.asOf);
            },
            async *json() {
              for await (const batch of batches()) yield await jsonOf(definition, db, batch, query.asOf);
            },
          };
        },
        changed: async (ids) => (kind ? changedAt(db, kind, ids) : new Map()),
      };
    },
  };
}

/** The same queries, for a list of records that have ids. */
export function recordQueries<T extends ListTypes>(definition: RecordDefinition<T>): RecordQueries<T> {
  const { kind, recordsAsOf } = definition;
  const table: ListTypes['table'] = definition.table;

  async function getAsJson(db: Database, id: string, asOf?: string): Promise<string> {
    const json = await found(db, id, asOf);
    if (json === undefined) throw await missingRecord(db, kind, id, asOf);
    return json;
  }

  async function found(db: Database, id: string, asOf?: string): Promise<string | undefined> {
    if (asOf === undefined && hasDocuments(kind)) return documentOf(db, kind, id);
    const rows = await db
      .select({ id: sql<string>`${table.id}` })
      .from(table)
      .where(and(eq(table.id, id), recordsAsOf?.(db, asOf)));
    const ids = rows.map((row) => row.id);
    const [json] = await jsonOf(definition, db, ids, asOf);
    return json;
  }

  return {
    ...listQueries(definition),
    getAsJson,
    get: async (db, id, asOf) => JSON.parse(await getAsJson(db, id, asOf)),
  };
}

/** The records of some ids, in the order of the ids. */
async function recordsOf<T extends ListTypes>(
  definition: ListDefinition<T>,
  db: Database,
  ids: readonly string[],
  asOf: string | undefined,
): Promise<T['item'][]> {
  const { kind } = definition;
  if (kind && hasDocuments(kind) && asOf === undefined) {
    const documents = await documentsOf(db, kind, ids);
    return documents.map((json) => JSON.parse(json));
  }
  const table: ListTypes['table'] = definition.table;
  const found = await db
    .select({ row: table, id: sql<string>`${table.id}` })
    .from(table)
    .where(inArray(table.id, [...ids]));
  if (found.length === 0) return [];
  const byId = new Map(found.map((each) => [each.id, each.row]));
  const rows = ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
  // Cast: rows of the definition's own table, which is read here without knowing its columns.
  return definition.hydrate(db, rows as T['table']['$inferSelect'][], asOf);
}

/** The same records, each as JSON. */
async function jsonOf<T extends ListTypes>(
  definition: ListDefinition<T>,
  db: Database,
  ids: readonly string[],
  asOf: string | undefined,
): Promise<string[]> {
  const { kind } = definition;
  if (kind && hasDocuments(kind) && asOf === undefined) return documentsOf(db, kind, ids);
  const records = await recordsOf(definition, db, ids, asOf);
  return records.map((record) => JSON.stringify(record));
}

function orderOf<T extends ListTypes>({ orders }: Selection<T>, sort: T['query']['sort']): Order {
  const byField: Partial<Record<string, PgColumn | SQL | TwoWay | Ranking>> = orders;
  const by = byField[sort.replace(/^-/, '')];
  if (!by) throw new Error(`nothing says how to sort by ${sort}`);
  if ('join' in by) return { ...by, descending: true };
  const descending = sort.startsWith('-');
  if ('ascending' in by) return { by: descending ? by.descending : by.ascending, descending };
  return { by, descending };
}
