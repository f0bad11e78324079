import {
  and,
  count,
  countDistinct,
  desc,
  eq,
  inArray,
  isNull,
  like,
  ne,
  not,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import type { NullableTextColumn } from '../../db/columns.ts';
import { citationsAsOf } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { eventsWhere } from '../../db/filters/events.ts';
import { resolveFilter } from '../../db/filters/resolve.ts';
import { statementsWhere } from '../../db/filters/statements.ts';
import { dayIn } from '../../db/lists/byDate.ts';
import { grouped, referencesTo } from '../../db/lists/related.ts';
import { tables } from '../../db/tables.ts';
import { intervalOf } from '../../domain/intervals.ts';
import { type Dimension, MAX_GROUPS, MAX_INTERVALS, type timeline, type timelineQuery } from './schema.ts';

type Timeline = z.infer<typeof timeline>;
/** What is counted, how, and under which filter. */
export type TimelineQuery = z.infer<typeof timelineQuery>;

const { events, eventParticipants, eventTopics, statements, statementTopics, citations } = tables;

/** A column to split by; in a table that links it to the record, where a record can have several. */
interface Split {
  key: NullableTextColumn;
  record?: PgColumn;
}

const SPLITS: Record<TimelineQuery['of'], Partial<Record<Dimension, Split>>> = {
  events: {
    type: { key: events.type },
    status: { key: events.status },
    country: { key: events.country },
    actor: { key: eventParticipants.actor, record: eventParticipants.event },
    topic: { key: eventTopics.topic, record: eventTopics.event },
    source: { key: citations.source, record: citations.event },
  },
  statements: {
    actor: { key: statements.speaker },
    topic: { key: statementTopics.topic, record: statementTopics.statement },
    source: { key: citations.source, record: citations.statement },
  },
};

type Counted = typeof events | typeof statements;
interface Group {
  id: string | null;
  rows: number;
}
interface Share extends Group {
  day: string | null;
}

/**
 * Counts of the records that a filter matches, over time.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function getTimeline(db: Database, query: TimelineQuery): Promise<Timeline> {
  const { of, interval, by } = query;
  const table = of === 'events' ? events : statements;
  const filter = await resolveFilter(db, query);
  const where = of === 'events' ? eventsWhere(db, filter) : statementsWhere(db, filter);
  const split = by && SPLITS[of][by];

  // By day first, which an index answers; in which interval a day lies is then a matter of the calendar.
  const days = await recordsByDay(db, table, where);
  const openDays = await recordsByDay(
    db,
    table,
    and(where, or(isNull(table.earliest), isNull(table.latest))),
  );
  const uncertain = await uncertainByInterval(db, table, where, interval);
  const counts = inIntervals(days, interval);
  const open = inIntervals(openDays, interval);
  const kept = [...counts.keys()].sort().slice(-MAX_INTERVALS);

  // A record that was reported by that day may also be cited from later sources.
  const counted = by === 'source' ? and(where, citationsAsOf(db, query.asOf)) : where;
  const parts = split && (await partsOf(db, table, counted, split, query));

  return {
    of,
    interval,
    by: by ?? null,
    items: kept.map((from) => ({
      from,
      to: intervalOf(from, interval).to,
      count: counts.get(from) ?? 0,
      open: open.get(from) ?? 0,
      uncertain: uncertain.get(from) ?? 0,
      ...(parts ? { groups: parts.sharesFrom(from) } : {}),
    })),
    ...(parts ? { groups: parts.groups } : {}),
    total: days.reduce((sum, { rows }) => sum + rows, 0),
    undated: days.find(({ day }) => day === null)?.rows ?? 0,
    truncated: { intervals: counts.size > kept.length, groups: parts?.truncated ?? false },
  };
}

/** The groups by which the counts are split, and the share of each in the interval that begins on a day. */
interface Parts {
  groups: NonNullable<Timeline['groups']>;
  truncated: boolean;
  sharesFrom(day: string): { id: string | null; count: number }[];
}

async function partsOf(
  db: Database,
  table: Counted,
  where: SQL | undefined,
  split: Split,
  { by, interval }: TimelineQuery,
): Promise<Parts> {
  const groups = await groupsOf(db, table, where, split);
  const shown = groups.slice(0, MAX_GROUPS);
  const names = await namesOf(
    db,
    by,
    shown.map((group) => group.id),
  );
  const shares = grouped(await sharesByDay(db, table, where, split, shown), (share) => [
    share.day === null ? '' : intervalOf(share.day, interval).from,
    share,
  ]);
  return {
    groups: shown.map(({ id, rows }) => ({
      id,
      name: (id !== null && names.get(id)) || null,
      count: rows,
    })),
    truncated: groups.length > shown.length,
    sharesFrom: (day) => sumsByGroup(shares.get(day) ?? [], shown),
  };
}

async function recordsByDay(
  db: Database,
  table: Counted,
  where: SQL | undefined,
): Promise<{ day: string | null; rows: number }[]> {
  const day = dayIn(table.sortDay);
  return db.select({ day, rows: count() }).from(table).where(where).groupBy(day);
}

/** How many records of each interval, by its first day, may lie in another one. */
async function uncertainByInterval(
  db: Database,
  table: Counted,
  where: SQL | undefined,
  interval: TimelineQuery['interval'],
): Promise<Map<string, number>> {
  const date = 'said' in table ? table.said : table.date;
  // `%` is escaped: it is also the mark of a date that is both uncertain and approximate.
  const approximate = sql<number>`case when ${date} like '%~%' or ${date} like '%?%' or ${date} like '%\\%%' escape '\\' then 1 else 0 end`;
  const day = dayIn(table.sortDay);
  const spread = and(not(like(date, '%/%')), ne(table.earliest, table.latest));
  const rows = await db
    .select({ day, latest: table.latest, approximate: approximate.mapWith(Number), rows: count() })
    .from(table)
    .where(and(where, or(spread, eq(approximate, 1))))
    .groupBy(day, table.latest, approximate);
  const sums = new Map<string, number>();
  for (const { day: first, latest, approximate: isApproximate, rows: some } of rows) {
    if (first === null) continue;
    const { from, to } = intervalOf(first, interval);
    if (isApproximate === 1 || (latest !== null && latest > to)) sums.set(from, (sums.get(from) ?? 0) + some);
  }
  return sums;
}

/** The sums of days by the first day of their interval. */
function inIntervals(
  days: readonly { day: string | null; rows: number }[],
  interval: TimelineQuery['interval'],
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { day, rows } of days) {
    if (day === null) continue;
    const { from } = intervalOf(day, interval);
    sums.set(from, (sums.get(from) ?? 0) + rows);
  }
  return sums;
}

/** The largest groups, one more than an answer has. */
async function groupsOf(
  db: Database,
  table: Counted,
  where: SQL | undefined,
  { key, record }: Split,
): Promise<Group[]> {
  const rows = recordsOf(table, record);
  const all = db.select({ id: key, rows }).from(table).$dynamic();
  const found = await (record ? all.innerJoin(record.table, eq(record, table.id)) : all)
    .where(where)
    .groupBy(key)
    .orderBy(desc(rows), sql`${key} asc nulls last`)
    .limit(MAX_GROUPS + 1);
  return found;
}

/** Joined to a link table, a record can come several times; counting distinct ids costs, so only then. */
function recordsOf(table: Counted, record: PgColumn | undefined): SQL<number> {
  return record ? countDistinct(table.id) : count();
}

/** How many records of some groups lie on each day. */
async function sharesByDay(
  db: Database,
  table: Counted,
  where: SQL | undefined,
  { key, record }: Split,
  groups: readonly Group[],
): Promise<Share[]> {
  const ids = groups.map((group) => group.id).filter((id) => id !== null);
  const all = db
    .select({ day: dayIn(table.sortDay), id: key, rows: recordsOf(table, record) })
    .from(table)
    .$dynamic();
  const found = await (record ? all.innerJoin(record.table, eq(record, table.id)) : all)
    .where(and(where, or(inArray(key, ids), isNull(key))))
    .groupBy(dayIn(table.sortDay), key);
  return found;
}

/** The shares of each group, added up, in the order of the groups. */
function sumsByGroup(
  shares: readonly Share[],
  groups: readonly Group[],
): { id: string | null; count: number }[] {
  const sums = new Map<string | null, number>();
  for (const { id, rows } of shares) sums.set(id, (sums.get(id) ?? 0) + rows);
  return groups.flatMap(({ id }) => {
    const sum = sums.get(id);
    return sum === undefined ? [] : [{ id, count: sum }];
  });
}

/** The names of groups that are records. */
async function namesOf(
  db: Database,
  by: Dimension | undefined,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  if (by === 'actor') return valuesOf(await referencesTo(db, 'actor', ids), ({ name }) => name);
  if (by === 'topic') return valuesOf(await referencesTo(db, 'topic', ids), ({ label }) => label);
  if (by === 'source') return valuesOf(await referencesTo(db, 'source', ids), ({ title }) => title);
  return new Map();
}

function valuesOf<T>(
  references: ReadonlyMap<string, T>,
  value: (reference: T) => string,
): Map<string, string> {
  return new Map([...references].map(([id, reference]) => [id, value(reference)]));
}
