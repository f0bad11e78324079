import { and, eq, not, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { TextQuery } from '../../domain/textQuery.ts';
import type { RecordKind, SearchableKind } from '../../domain/vocabularies.ts';
import type { Database } from '../database.ts';
import { missingRecord } from '../references.ts';
import { countFacets, type Facet, type FacetCounts } from './facets.ts';
import {
  countOf,
  type Export,
  exportOf,
  type Order,
  type Page,
  type PageRequest,
  pageOf,
  type Selection,
} from './paging.ts';
import { changedAt } from './related.ts';
import { byRelevance } from './relevance.ts';

// What every list can be asked for: a page, an export, counts. A resource defines what its records are, once.

type ListTable = PgTable & { id: PgColumn };

/** The records of a list that some formats alone can show: `located` on a map, `dated` in a calendar. */
export type Subset = 'located' | 'dated';

/** The words of `sort` that need no order of their own: the other direction of one, or relevance. */
type Derived = `-${string}` | 'relevance';

/** What a list is made of. */
export interface ListDefinition<
  Table extends ListTable,
  Filter extends object,
  Sort extends string,
  Item,
  Name extends string,
> {
  table: Table;
  /** What each order is by; ties are broken by id. */
  orders: (db: Database, filter: Filter) => Record<Exclude<Sort, Derived>, PgColumn | SQL>;
  /**
   * The one WHERE of a filter, for pages, counts and facets alike. Throws an UnknownReferenceError when the
   * filter names records that do not exist.
   */
  where: (db: Database, filter: Filter) => Promise<SQL | undefined>;
  /** Rows as whole records, in the order of the rows; there is at least one. */
  hydrate: (db: Database, rows: Table['$inferSelect'][], asOf: string | undefined) => Promise<Item[]>;
  facets: (db: Database, filter: Filter) => Record<Name, Facet>;
  /** The condition of each subset; of lists that have a format for it. */
  subsets?: Record<Subset, SQL>;
}

/** What can be asked of a list. Every function throws an UnknownReferenceError as its filter does. */
export interface ListQueries<Filter extends object, Sort extends string, Item, Name extends string> {
  /** One page of the records that a filter matches, or of a subset of them. */
  page(db: Database, filter: Filter, sort: Sort, request: PageRequest, subset?: Subset): Promise<Page<Item>>;
  /** All of them, batch by batch, in the order of the pages. */
  export(db: Database, filter: Filter, sort: Sort): Promise<Export<Item>>;
  /** How many of them are outside a subset. */
  countOutside(db: Database, filter: Filter, subset: Subset): Promise<number>;
  /** All of them, counted by each of some facets. */
  countFacets(
    db: Database,
    filter: Filter,
    names: readonly Name[],
  ): Promise<Partial<Record<Name, FacetCounts>>>;
}

/** What can be asked of records that have ids of their own. */
export interface RecordQueries<Filter extends object, Sort extends string, Item, Name extends string>
  extends ListQueries<Filter, Sort, Item, Name> {
  /** One record, as reported by a day if one is given. Throws a MissingRecordError when there is none of that id. */
  get(db: Database, id: string, asOf?: string): Promise<Item>;
  /** When each of some records was last put into the store, by id. */
  changed(db: Database, ids: readonly string[]): Promise<Map<string, Date>>;
}

/** The queries that a definition makes. */
export function listQueries<
  Table extends ListTable,
  Filter extends object,
  Sort extends string,
  Item,
  Name extends string,
>(
  definition: ListDefinition<Table, Filter, Sort, Item, Name>,
  kind?: RecordKind,
): ListQueries<Filter, Sort, Item, Name> {
  const { table, where } = definition;

  async function selected(db: Database, filter: Filter, sort: Sort): Promise<Selection<Table>> {
    const { q } = filter as { q?: TextQuery | undefined };
    const order =
      q && sort === 'relevance'
        ? // Only what can be searched has `q`.
          byRelevance(kind as SearchableKind, table.id, q)
        : orderOf(db, filter, sort);
    return { table, where: await where(db, filter), order };
  }

  function orderOf(db: Database, filter: Filter, sort: Sort): Order {
    const by = definition.orders(db, filter)[sort.replace(/^-/, '') as Exclude<Sort, Derived>];
    return { by, id: table.id, descending: sort.startsWith('-') };
  }

  function conditionOf(subset: Subset): SQL {
    const condition = definition.subsets?.[subset];
    if (!condition) throw new Error(`nothing says which of these records are ${subset}`);
    return condition;
  }

  const hydrate = async (db: Database, rows: Table['$inferSelect'][], filter: Filter): Promise<Item[]> =>
    rows.length === 0 ? [] : definition.hydrate(db, rows, (filter as { asOf?: string }).asOf);

  return {
    async page(db, filter, sort, request, subset) {
      const selection = await selected(db, filter, sort);
      if (subset) selection.where = and(selection.where, conditionOf(subset));
      const page = await pageOf(db, selection, request);
      return { ...page, items: await hydrate(db, page.items, filter) };
    },
    async export(db, filter, sort) {
      return exportOf(db, await selected(db, filter, sort), (rows) => hydrate(db, rows, filter));
    },
    async countOutside(db, filter, subset) {
      return countOf(db, { table, where: and(await where(db, filter), not(conditionOf(subset))) });
    },
    async countFacets(db, filter, names) {
      const selection = { table, where: await where(db, filter) };
      return countFacets(db, selection, definition.facets(db, filter), names);
    },
  };
}

/** The same for records of a kind; `recordsAsOf` matches those that a source published by a day reports. */
export function recordQueries<
  Table extends ListTable,
  Filter extends object,
  Sort extends string,
  Item,
  Name extends string,
>(
  kind: RecordKind,
  definition: ListDefinition<Table, Filter, Sort, Item, Name>,
  recordsAsOf?: (db: Database, asOf: string | undefined) => SQL | undefined,
): RecordQueries<Filter, Sort, Item, Name> {
  const { table, hydrate } = definition;
  return {
    ...listQueries(definition, kind),
    async get(db, id, asOf) {
      const rows = (await db
        .select()
        .from(table as PgTable)
        .where(and(eq(table.id, id), recordsAsOf?.(db, asOf)))) as Table['$inferSelect'][];
      const [found] = rows.length === 0 ? [] : await hydrate(db, rows, asOf);
      if (found === undefined) throw await missingRecord(db, kind, id, asOf);
      return found;
    },
    changed: (db, ids) => changedAt(db, kind, ids),
  };
}
