import { and, asc, desc, is, SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../database.ts';
import { turn } from '../turn.ts';

/** The rows of a table, or of a join of tables, that a filter matches. */
export interface Matching {
  table: PgTable | SQL;
  id: PgColumn;
  where: SQL | undefined;
  /** The condition that they are shown by the day of the query, where it has one and the table is not that of those alone. */
  shown?: SQL | undefined;
}

/** The order of a list: by a value that is never null, ties broken by id. */
export interface Order {
  /** A text column; an expression, where it is a whole number, needs `join`. */
  by: PgColumn | SQL;
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

/** Which page of an order. */
export interface PageRequest {
  after: SortKey | null;
  limit: number;
  count: boolean;
}

/** All of a list, with the number of all items. They are read as records or as JSON, batch by batch: one of the two, once. */
export interface Export<T> {
  total: number;
  records: () => AsyncGenerator<T[]>;
  json: () => AsyncGenerator<string[]>;
}

/** When a record was first and when it was last put into the store. */
export interface Put {
  first: Date;
  last: Date;
}

/** Rows read at once in an export, at most. */
export const BATCH_SIZE = 100;
/** In the first batch; each later one has twice as many, so that a download that is given up soon has cost little. */
const FIRST_BATCH = 25;

/** The ids of one page. Reads one more than the page has, to know whether there is another page. */
export async function pageOf(
  db: Database,
  matching: Matching,
  order: Order,
  { after, limit }: Pick<PageRequest, 'after' | 'limit'>,
): Promise<{ ids: string[]; next: SortKey | null }> {
  return pageIn(await keyedIds(db, matching, order, after, limit + 1), limit);
}

/** The ids of the first page and the number of all rows, by one statement: for filters and orders that read all rows in any case. */
export async function countedPageOf(
  db: Database,
  matching: Matching,
  order: Order,
  limit: number,
): Promise<{ ids: string[]; next: SortKey | null; total: number }> {
  const number = sql<number>`count(*) over ()`.mapWith(Number);
  const found = await keyedIds(db, matching, order, null, limit + 1, number);
  return { ...pageIn(found, limit), total: found[0]?.number ?? 0 };
}

/** Whether a page in some order needs all matches, since no index has the order. */
export function readsAll({ by, join }: Order): boolean {
  return join === undefined && is(by, SQL);
}

function pageIn(found: KeyedId[], limit: number): { ids: string[]; next: SortKey | null } {
  const page = found.slice(0, limit);
  return { ids: page.map(({ id }) => id), next: found.length > limit ? sortKeyOf(page.at(-1)) : null };
}

/** The ids of all rows, batch by batch, in the order of the pages: no more than one batch is in memory. */
export async function* batchesOf(db: Database, matching: Matching, order: Order): AsyncGenerator<string[]> {
  let after: SortKey | null = null;
  for (let size = FIRST_BATCH; ; size = Math.min(2 * size, BATCH_SIZE)) {
    await turn();
    const found: KeyedId[] = await keyedIds(db, matching, order, after, size);
    if (found.length > 0) yield found.map(({ id }) => id);
    if (found.length < size) return;
    after = sortKeyOf(found.at(-1));
  }
}

/** The ids of all rows, in the order of the pages. */
export async function idsOf(db: Database, matching: Matching, order: Order): Promise<string[]> {
  const query = db
    .select({ id: sql<string>`${matching.id}` })
    .from(matching.table)
    .$dynamic();
  if (order.join) void query.innerJoin(order.join.table, order.join.on);
  const rows = await query
    .where(and(matching.shown, matching.where))
    .orderBy(...ordering(matching.id, order));
  return rows.map(({ id }) => id);
}

/** Ids that have been read, in the same batches. */
export async function* batchesIn(ids: string[]): AsyncGenerator<string[]> {
  for (
    let start = 0, size = FIRST_BATCH;
    start < ids.length;
    start += size, size = Math.min(2 * size, BATCH_SIZE)
  ) {
    await turn();
    yield ids.slice(start, start + size);
  }
}

/** How many rows match. */
export async function countOf(db: Database, { table, where, shown }: Omit<Matching, 'id'>): Promise<number> {
  const [found] = await db
    .select({ rows: sql<number>`count(*)`.mapWith(Number) })
    .from(table)
    .where(and(shown, where));
  return found?.rows ?? 0;
}

interface KeyedId {
  id: string;
  value: string | number;
  number: number | null;
}

async function keyedIds(
  db: Database,
  { table, id, where, shown }: Matching,
  order: Order,
  after: SortKey | null,
  limit: number,
  number: SQL<number | null> = sql`null`,
): Promise<KeyedId[]> {
  // Under a name, by which a value that is computed is computed once, not again for the order.
  const value = sql<string | number>`${order.by}`.as('sortKey');
  const query = db
    .select({ id: sql<string>`${id}`, value, number })
    .from(table)
    .$dynamic();
  if (order.join) void query.innerJoin(order.join.table, order.join.on);
  return query
    .where(and(shown, where, rowsAfter(id, order, after)))
    .orderBy(...ordering(id, order, sql`${value}`))
    .limit(limit);
}

function sortKeyOf(row: KeyedId | undefined): SortKey | null {
  return row ? { value: String(row.value), id: row.id } : null;
}

/** The terms of an order; `named`: its value under the name that it was selected by. */
function ordering(id: PgColumn, { by, descending }: Order, named: PgColumn | SQL = by): SQL[] {
  const direction = descending ? desc : asc;
  return by === id ? [direction(id)] : [direction(named), direction(id)];
}

/** Only rows after a sort key: a row-value comparison, which one index answers at any depth. */
function rowsAfter(id: PgColumn, { by, descending, join }: Order, after: SortKey | null): SQL | undefined {
  if (!after) return undefined;
  const operator = sql.raw(descending ? '<' : '>');
  if (by === id) return sql`${id} ${operator} ${after.id}`;
  const value = join ? Number(after.value) : after.value;
  return sql`(${by}, ${id}) ${operator} (${value}, ${after.id})`;
}
