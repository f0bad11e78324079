import { and, inArray, is, isNotNull, SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RecordKind } from '../../domain/vocabularies.ts';
import { citationsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import type { Cited } from '../filters/records.ts';
import { type HierarchyKind, withAncestors } from '../hierarchy.ts';
import { tables } from '../tables.ts';
import type { Matching } from './paging.ts';
import { referencesTo } from './related.ts';

/** The matches of a filter, counted by each value of one of its parameters. */
export interface FacetCounts {
  groups: { value: string; label: string | null; count: number }[];
  /** Whether there are more groups than are listed. */
  truncated: boolean;
}

/** By which values records are grouped. Each count equals the total of the list after filtering by that value. */
export type Facet = {
  /** The kind of record whose ids the values are; absent when they are words. */
  of?: RecordKind;
} & (
  | { column: PgColumn | SQL }
  /** SELECTs of `record` and `value`; in a hierarchy, a value counts for all above it too. */
  | ({ links: SQL[] } & Linked)
  /** The same, where a record must be linked in each of several ways. */
  | ({ ways: SQL[][] } & Linked)
);

interface Linked {
  hierarchy?: HierarchyKind | undefined;
  /** Whether all that are linked are shown by the day of the query, if it has one. */
  areShown?: boolean;
  /** The values in the order in which those of the same count are listed; by the alphabet without it. */
  order?: readonly string[];
}

/** Groups listed of one facet. */
export const MAX_GROUPS = 50;

const { citations, sources } = tables;

/** A SELECT of records and what a table links them to. */
export function link(record: PgColumn, value: PgColumn, condition?: SQL): SQL {
  return sql`select ${record} as record, ${value} as value from ${record.table} where ${and(sql`${record} is not null`, sql`${value} is not null`, condition)}`;
}

/** The facets of events, or statements, that do not depend on which of the two they are. */
export function recordFacets(
  db: Database,
  { table, cited, topics }: Cited,
  asOf: string | undefined,
): Record<'topic' | 'source' | 'publisher' | 'dataset', Facet> {
  const published = citationsAsOf(db, asOf);
  return {
    topic: { of: 'topic', hierarchy: 'topic', links: [link(topics.record, topics.to)] },
    source: { of: 'source', links: [link(cited, citations.source, published)] },
    publisher: {
      of: 'actor',
      links: [
        sql`select ${cited} as record, ${sources.publisher} as value from ${citations} inner join ${sources} on ${sources.id} = ${citations.source} where ${and(isNotNull(cited), isNotNull(sources.publisher), published)}`,
      ],
    },
    dataset: { of: 'dataset', column: table.dataset },
  };
}

/** The counts of some facets over all rows that match, most frequent first; the facets in the order in which they are defined. */
export async function countFacets<Name extends string>(
  db: Database,
  matching: Matching,
  facets: Partial<Record<string, Facet>>,
  names: readonly Name[],
): Promise<Partial<Record<Name, FacetCounts>>> {
  const result: Partial<Record<Name, FacetCounts>> = {};
  const order = Object.keys(facets);
  for (const name of names.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))) {
    const facet = facets[name];
    if (!facet) throw new Error(`nothing says what the facet ${name} counts`);
    const groups = await groupsOf(db, matching, facet);
    const shown = groups.slice(0, MAX_GROUPS);
    const labels = facet.of ? await labelsOf(db, facet.of, shown) : new Map<string, string>();
    result[name] = {
      groups: shown.map(({ value, count }) => ({ value, label: labels.get(value) ?? null, count })),
      truncated: groups.length > MAX_GROUPS,
    };
  }
  return result;
}

interface Group {
  value: string;
  count: number;
}

async function labelsOf(
  db: Database,
  kind: RecordKind,
  groups: readonly Group[],
): Promise<Map<string, string>> {
  const ids = groups.map(({ value }) => value);
  const found = await referencesTo(db, kind, ids);
  // The fields of a reference besides its id are what a reader knows the record by.
  return new Map([...found].map(([id, { id: _id, ...label }]) => [id, Object.values(label).join('')]));
}

/** The largest groups, one more than are listed. */
function groupsOf(db: Database, matching: Matching, facet: Facet): Promise<Group[]> {
  if ('column' in facet) return groupsByColumn(db, matching, facet.column);
  return groupsByLinks(db, matching, 'ways' in facet ? facet.ways : [facet.links], facet);
}

async function groupsByColumn(
  db: Database,
  { table, where, shown }: Matching,
  column: PgColumn | SQL,
): Promise<Group[]> {
  const value = sql<string>`${column}`;
  return db
    .select({ value: sql<string>`${value}`, count: sql<number>`count(*)`.mapWith(Number) })
    .from(table)
    .where(and(shown, where, sql`${value} is not null`))
    .groupBy(value)
    .orderBy(sql`count(*) desc`, value)
    .limit(MAX_GROUPS + 1);
}

async function groupsByLinks(
  db: Database,
  { table, id, where, shown }: Matching,
  ways: readonly SQL[][],
  { hierarchy, areShown, order }: Linked,
): Promise<Group[]> {
  const pairs = ways.map((links) => {
    const linked = sql`(${sql.join(links, sql` union all `)}) as linked`;
    return hierarchy
      ? sql`select linked.record, above.ancestor as value from ${linked} inner join ${withAncestors(hierarchy)} as above on above.id = linked.value`
      : sql`select linked.record, linked.value from ${linked}`;
  });
  const value = sql<string>`pairs.value`;
  const condition = and(areShown ? undefined : shown, where);
  const isNarrowed = condition !== undefined || (is(table, SQL) && !areShown);
  const groups = await db
    .select({ value, count: sql<number>`count(distinct pairs.record)`.mapWith(Number) })
    .from(sql`(${sql.join(pairs, sql` intersect `)}) as pairs`)
    .where(
      isNarrowed
        ? inArray(
            sql`pairs.record`,
            db
              .select({ id: sql`${id}` })
              .from(table)
              .where(condition),
          )
        : undefined,
    )
    .groupBy(value)
    .orderBy(sql`count(distinct pairs.record) desc`, value)
    .limit(MAX_GROUPS + 1);
  if (!order) return groups;
  return groups.sort((a, b) => b.count - a.count || order.indexOf(a.value) - order.indexOf(b.value));
}
