import { asc, desc, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** The order of a list: by a column that is never null, ties broken by id. */
export interface Order {
  by: PgColumn;
  id: PgColumn;
  descending: boolean;
}

/** The place after a row in such an order. */
export interface Position {
  value: string;
  id: string;
}

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Where the next page begins; null after the last. */
  next: Position | null;
  /** Matches in all, when they were to be counted. */
  total: number | null;
}

/** Which page of which order. */
export interface PageRequest {
  after: Position | null;
  limit: number;
  count: boolean;
}

/** The ORDER BY terms. */
export function ordering(order: Order): SQL[] {
  return order.by === order.id
    ? [direction(order, order.id)]
    : [direction(order, order.by), direction(order, order.id)];
}

/** Only rows after a place: a row-value comparison, which one index answers at any depth. */
export function rowsAfter(order: Order, after: Position | null): SQL | undefined {
  if (!after) return undefined;
  const operator = sql.raw(order.descending ? '<' : '>');
  return order.by === order.id
    ? sql`${order.id} ${operator} ${after.id}`
    : sql`(${order.by}, ${order.id}) ${operator} (${after.value}, ${after.id})`;
}

/**
 * Runs a list query for one page: `select` gets a limit one higher than the page's,
 * by which the end is known without counting.
 */
export async function page<Row extends { id: string }>(
  request: PageRequest,
  queries: {
    select: (limit: number) => Promise<Row[]>;
    value: (row: Row) => string;
    count: () => Promise<number>;
  },
): Promise<Page<Row>> {
  const rows = await queries.select(request.limit + 1);
  const items = rows.slice(0, request.limit);
  const last = items.at(-1);
  const next = rows.length > request.limit && last ? { value: queries.value(last), id: last.id } : null;
  const total = request.count ? await queries.count() : null;
  return { items, next, total };
}

function direction(order: Order, column: PgColumn): SQL {
  return order.descending ? desc(column) : asc(column);
}
