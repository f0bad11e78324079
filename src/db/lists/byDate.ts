import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { OPEN, UNDATED } from '../../domain/dates.ts';

/** An order whose two directions are no mirror images of each other. */
export interface TwoWay {
  ascending: PgColumn | SQL;
  descending: PgColumn | SQL;
}

/** The order by date: uncertain dates that are open at an end come last in both directions. */
export function byDate(table: { sortDay: PgColumn; sortDayDescending: PgColumn }): TwoWay {
  return { ascending: table.sortDay, descending: table.sortDayDescending };
}

/** The same by an ascending sort key that is computed. */
export function byComputedDate(sortDay: SQL): TwoWay {
  const descending = sql`(select case when day = ${UNDATED.ascending} then ${UNDATED.descending} when day >= ${OPEN} then '!' || substr(day, 2) else day end from (select ${sortDay} as day) as computed)`;
  return { ascending: sortDay, descending };
}

/** The day in a sort key, null where it is that of a date that is open at an end. */
export function dayIn(sortDay: PgColumn): SQL<string | null> {
  // A literal: PostgreSQL takes two parameters for different values, even where one expression is grouped by.
  return sql<string | null>`case when ${sortDay} < ${sql.raw(`'${OPEN}'`)} then ${sortDay} end`;
}
