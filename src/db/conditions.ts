import { and, eq, exists, gte, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { DateMatch } from '../domain/dates.ts';
import type { Groups } from '../domain/filterValues.ts';
import type { Database } from './database.ts';
import { tables } from './tables.ts';

/** A window of days, either end open, and how a record's days must lie to it. */
export interface Window {
  from: string | undefined;
  to: string | undefined;
  match: DateMatch;
}

interface Days {
  earliest: PgColumn;
  latest: PgColumn;
  boundedEarliest: PgColumn;
  boundedLatest: PgColumn;
  begunBy: PgColumn;
  lastsUntil: PgColumn;
}

/** The records whose days match a window; undefined when the window has no end at all. A comparison with null is false. */
export function inWindow(days: Days, { from, to, match }: Window): SQL | undefined {
  const { earliest, latest, boundedEarliest, boundedLatest, begunBy, lastsUntil } = days;
  switch (match) {
    case 'bounded':
      // Where the window is open itself, what lies wholly inside it needs no bound on that side.
      return and(
        from === undefined
          ? undefined
          : to
            ? gte(boundedLatest, from)
            : or(gte(boundedLatest, from), gte(earliest, from)),
        to === undefined
          ? undefined
          : from
            ? lte(boundedEarliest, to)
            : or(lte(boundedEarliest, to), lte(latest, to)),
      );
    case 'possible':
      return and(
        from === undefined ? undefined : or(gte(latest, from), isNull(latest)),
        to === undefined ? undefined : or(lte(earliest, to), isNull(earliest)),
      );
    case 'certain':
      return and(
        from === undefined ? undefined : gte(lastsUntil, from),
        to === undefined ? undefined : lte(begunBy, to),
      );
  }
}

/** Values that a condition names one by one, so that a planner sees how few they are; engines bound their number. */
const FEW = 100;

/** The column has one of the values, of which there may be any number. */
export function among(db: Database, column: PgColumn, values: readonly string[]): SQL {
  return values.length > FEW
    ? db.engine.among(sql`${column}`, sql`${JSON.stringify(values)}`)
    : inArray(column, [...values]);
}

/** One condition for each group: the column has one of the group's values. */
export function anyOfEach(column: PgColumn | SQL, groups: Groups | undefined): SQL[] {
  return (groups ?? []).map((group) => inArray(sql`${column}`, group));
}

/** The records linked, in a link table, to something of each group; a group may have any number of values. */
export function linkedToEach(
  db: Database,
  id: PgColumn,
  link: { record: PgColumn; to: PgColumn },
  groups: Groups | undefined,
): SQL[] {
  return (groups ?? []).map((group) =>
    inArray(
      id,
      db
        .select({ id: link.record })
        .from(link.record.table)
        .where(among(db, link.to, group)),
    ),
  );
}

/** The citations from sources published by a day; undefined when no day is given. */
export function citationsAsOf(db: Database, asOf: string | undefined): SQL | undefined {
  if (asOf === undefined) return undefined;
  const { citations, sources } = tables;
  return inArray(
    citations.source,
    db.select({ id: sources.id }).from(sources).where(lte(sources.latest, asOf)),
  );
}

/** The records that some source published by a day reports; undefined when no day is given. */
export function recordsAsOf(
  db: Database,
  id: PgColumn,
  cited: PgColumn,
  asOf: string | undefined,
): SQL | undefined {
  if (asOf === undefined) return undefined;
  const { citations } = tables;
  return inArray(
    id,
    db
      .select({ id: cited })
      .from(citations)
      .where(and(isNotNull(cited), citationsAsOf(db, asOf))),
  );
}

/** The same, looked up for each record: for queries that read few of them, which must not cost what all of them do. */
export function eachAsOf(
  db: Database,
  id: PgColumn,
  cited: PgColumn,
  asOf: string | undefined,
): SQL | undefined {
  if (asOf === undefined) return undefined;
  const { citations } = tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(citations)
      .where(and(eq(cited, id), citationsAsOf(db, asOf))),
  );
}
