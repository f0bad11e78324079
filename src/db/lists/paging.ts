import { setImmediate } from 'node:timers/promises';
import { and, asc, desc, is, SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../database.ts';

/** The order of a list: by a value that is never null, ties broken by id. */
export interface Order {
  /** A text column; an expression, where it is a whole number, needs `join`. */
  by: PgColumn | SQL;
  id: PgColumn;
  descending: boolean;
  /** What has to be joined for a `by` that ranks the rows by a whole number. */
  join?: { table: SQL; on: SQL };
}

/** What a row is ordered by: a page begins after the one of the last row before it. */
export interface SortKey {
  value: string;
  id: string;
}

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** The sort key after which the next page begins; null on the last one. */
  next: SortKey | null;
  /** All matches, when the request asks for the count. */
  total: number | null;
}

/** Which page of which order. */
export interface PageRequest {
  after: SortKey | null;
  limit: number;
  count: boolean;
}

/** All of a list, in batches, with the number of all items. */
export interface Export<T> {
  total: number;
  batches: AsyncGenerator<T[]>;
}

/** The rows that a filter matches, in an order. */
export interface Selection<Table extends PgTable> {
  table: Table;
  where: SQL | undefined;
  order: Order;
}

/** The parameters of a list that are not filters. */
export type ListParameter = 'sort' | 'limit' | 'cursor' | 'count' | 'fields' | 'facets' | 'format' | 'bom';

/** Rows read at once in an export. */
export const BATCH_SIZE = 250;

/**
 * One page of a selection. It reads one row more than the page has, by which the end is known
 * without counting.
 */
export async function pageOf<Table extends PgTable>(
  db: Database,
  selection: Selection<Table>,
  request: PageRequest,
): Promise<Page<Table['$inferSelect']>> {
  const found = await rowsOf(db, selection, request.after, request.limit + 1);
  const rows = found.slice(0, request.limit);
  const next = found.length > request.limit ? sortKeyOf(rows.at(-1)) : null;
  const total = request.count ? await countOf(db, selection) : null;
  return { items: rows.map(({ row }) => row), next, total };
}

/** All of a selection, batch by batch: no more than one batch is in memory. `hydrate` turns rows into records. */
export async function exportOf<Table extends PgTable, Item>(
  db: Database,
  selection: Selection<Table>,
  hydrate: (rows: Table['$inferSelect'][]) => Promise<Item[]>,
): Promise<Export<Item>> {
  async function* batches(): AsyncGenerator<Item[]> {
    for (let after: SortKey | null = null; ; ) {
      const found: KeyedRow<Table>[] = await rowsOf(db, selection, after, BATCH_SIZE);
      if (found.length > 0) yield await hydrate(found.map(({ row }) => row));
      if (found.length < BATCH_SIZE) return;
      // SQLite answers without ever waiting: let other requests run.
      await setImmediate();
      after = sortKeyOf(found.at(-1));
    }
  }
  return { total: await countOf(db, selection), batches: batches() };
}

/** How many rows a filter matches. */
export async function countOf(
  db: Database,
  { table, where }: { table: PgTable; where: SQL | undefined },
): Promise<number> {
  const [row] = await db
    .select({ rows: sql<number>`count(*)`.mapWith(Number) })
    .from(table)
    .where(where);
  return row?.rows ?? 0;
}

type KeyedRow<Table extends PgTable> = { row: Table['$inferSelect']; id: string; value: string | number };

async function rowsOf<Table extends PgTable>(
  db: Database,
  { table, where, order }: Selection<Table>,
  after: SortKey | null,
  limit: number,
): Promise<KeyedRow<Table>[]> {
  // The expression goes in as a part of another one: at the top Drizzle would strip its columns of their tables.
  const value = is(order.by, SQL) ? sql<string>`${order.by}` : order.by;
  const query = db
    .select({ row: table, id: order.id, value } as never)
    .from(table as PgTable)
    .$dynamic();
  if (order.join) void query.innerJoin(order.join.table, order.join.on);
  return (await query
    .where(and(where, rowsAfter(order, after)))
    .orderBy(...ordering(order))
    .limit(limit)) as unknown as KeyedRow<Table>[];
}

function sortKeyOf(row: KeyedRow<PgTable> | undefined): SortKey | null {
  return row ? { value: String(row.value), id: row.id } : null;
}

function ordering(order: Order): SQL[] {
  const direction = order.descending ? desc : asc;
  return order.by === order.id ? [direction(order.id)] : [direction(order.by), direction(order.id)];
}

/** Only rows after a sort key: a row-value comparison, which one index answers at any depth. */
function rowsAfter(order: Order, after: SortKey | null): SQL | undefined {
  if (!after) return undefined;
  const operator = sql.raw(order.descending ? '<' : '>');
  if (order.by === order.id) return sql`${order.id} ${operator} ${after.id}`;
  const value = order.join ? Number(after.value) : after.value;
  return sql`(${order.by}, ${order.id}) ${operator} (${value}, ${after.id})`;
}
