import { and, gte, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Groups } from '../domain/filterValues.ts';
import type { Database } from './database.ts';
import { tables } from './tables.ts';

/** A window of days, either end open, and how a record's interval must lie to it. */
export interface Window {
  from: string | undefined;
  to: string | undefined;
  /** `possible`: the interval overlaps the window; `certain`: it lies wholly inside it. */
  match: 'possible' | 'certain';
}

interface Days {
  earliest: PgColumn;
  latest: PgColumn;
}

/** What each end of a window demands of the days of a record. */
const BOUNDS: Record<
  Window['match'],
  { from: (days: Days, day: string) => SQL | undefined; to: (days: Days, day: string) => SQL | undefined }
> = {
  possible: {
    from: ({ latest }, day) => or(gte(latest, day), isNull(latest)),
    to: ({ earliest }, day) => or(lte(earliest, day), isNull(earliest)),
  },
  certain: {
    from: ({ earliest }, day) => gte(earliest, day),
    to: ({ latest }, day) => lte(latest, day),
  },
};

/** The records whose interval of days matches a window; undefined when the window has no end at all. */
export function inWindow(days: Days, { from, to, match }: Window): SQL | undefined {
  return and(
    from === undefined ? undefined : BOUNDS[match].from(days, from),
    to === undefined ? undefined : BOUNDS[match].to(days, to),
  );
}

/** One condition for each group: the column holds any of the group's values. */
export function anyOfEach(column: PgColumn | SQL, groups: Groups | undefined): SQL[] {
  return (groups ?? []).map((group) => inArray(sql`${column}`, group));
}

/** The records linked, in a link table, to something of each group. */
export function linkedToEach(
  db: Database,
  id: PgColumn,
  link: { record: PgColumn; to: PgColumn },
  groups: Groups | undefined,
): SQL[] {
  return (groups ?? []).map((group) =>
    inArray(id, db.select({ id: link.record }).from(link.record.table).where(inArray(link.to, group))),
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
