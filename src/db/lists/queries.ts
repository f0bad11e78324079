import { and, eq, not, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { TextQuery } from '../../domain/textQuery.ts';
import type { RecordKind, SearchableKind } from '../../domain/vocabularies.ts';
import type { Database } from '../database.ts';
import { missingRecord } from '../references.ts';
import { countFacets, type Facet, type FacetCounts } from './facets.ts';
import {
  countOf,
  type Order,
  type Page,
  type PageRequest,
  pageOf,
  type Selection,
  type Whole,
  wholeOf,
} from './paging.ts';
import { changedAt } from './related.ts';
import { byRelevance } from './relevance.ts';

// What every list is asked: a page, all of it, counts. A room says what its records are, once.

type ListTable = PgTable & { id: PgColumn };

/** The records that a map, or a calendar, can show. */
export type Only = 'located' | 'dated';

/** The words of an order that are no more than the other direction, or the rank of a text. */
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
  complete: (db: Database, rows: Table['$inferSelect'][], asOf: string | undefined) => Promise<Item[]>;
  facets: (db: Database, filter: Filter) => Record<Name, Facet>;
  /** What a map, or a calendar, can show of them. */
  only?: Record<Only, SQL>;
}

/** What can be asked of a list. Every function throws an UnknownReferenceError as its filter does. */
export interface ListQueries<Filter extends object, Sort extends string, Item, Name extends string> {
  /** One page of the records that a filter leaves; with `only`, of those that a format can show. */
  page(db: Database, filter: Filter, sort: Sort, request: PageRequest, only?: Only): Promise<Page<Item>>;
  /** All of them, piece by piece, in the order of the pages. */
  all(db: Database, filter: Filter, sort: Sort): Promise<Whole<Item>>;
  /** How many of them a format cannot show. */
  countOthers(db: Database, filter: Filter, only: Only): Promise<number>;
  /** Counts over all of them, by each of some facets. */
  countBy(db: Database, filter: Filter, names: readonly Name[]): Promise<Partial<Record<Name, FacetCounts>>>;
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

  function shown(only: Only): SQL {
    const condition = definition.only?.[only];
    if (!condition) throw new Error(`nothing says which of these records are ${only}`);
    return condition;
  }

  const complete = async (db: Database, rows: Table['$inferSelect'][], filter: Filter): Promise<Item[]> =>
    rows.length === 0 ? [] : definition.complete(db, rows, (filter as { asOf?: string }).asOf);

  return {
    async page(db, filter, sort, request, only) {
      const selection = await selected(db, filter, sort);
      if (only) selection.where = and(selection.where, shown(only));
      const page = await pageOf(db, selection, request);
      return { ...page, items: await complete(db, page.items, filter) };
    },
    async all(db, filter, sort) {
      return wholeOf(db, await selected(db, filter, sort), (rows) => complete(db, rows, filter));
    },
    async countOthers(db, filter, only) {
      return countOf(db, { table, where: and(await where(db, filter), not(shown(only))) });
    },
    async countBy(db, filter, names) {
      const selection = { table, where: await where(db, filter) };
      return countFacets(db, selection, definition.facets(db, filter), names);
    },
  };
}

/** The same for records of a kind; `reported` leaves those of which a source had told by a day. */
export function recordQueries<
  Table extends ListTable,
  Filter extends object,
  Sort extends string,
  Item,
  Name extends string,
>(
  kind: RecordKind,
  definition: ListDefinition<Table, Filter, Sort, Item, Name>,
  reported?: (db: Database, asOf: string | undefined) => SQL | undefined,
): RecordQueries<Filter, Sort, Item, Name> {
  const { table, complete } = definition;
  return {
    ...listQueries(definition, kind),
    async get(db, id, asOf) {
      const rows = (await db
        .select()
        .from(table as PgTable)
        .where(and(eq(table.id, id), reported?.(db, asOf)))) as Table['$inferSelect'][];
      const [found] = rows.length === 0 ? [] : await complete(db, rows, asOf);
      if (found === undefined) throw await missingRecord(db, kind, id, asOf);
      return found;
    },
    changed: (db, ids) => changedAt(db, kind, ids),
  };
}
