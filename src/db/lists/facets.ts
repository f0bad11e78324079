import { and, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { RecordKind } from '../../domain/vocabularies.ts';
import { citationsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import type { Cited } from '../filters/records.ts';
import { type HierarchyKind, withAncestors } from '../hierarchy.ts';
import { tables } from '../tables.ts';
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
  | { links: SQL[]; hierarchy?: HierarchyKind | undefined }
  /** The same, where a record must be linked in each of several ways. */
  | { ways: SQL[][]; hierarchy?: HierarchyKind | undefined }
  /** A condition for each of some words. */
  | { words: readonly string[]; where: (word: string) => Promise<SQL | undefined> }
);

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

/** The counts of some facets over all rows that a filter matches, most frequent first. */
export async function countFacets<Name extends string>(
  db: Database,
  selection: { table: PgTable & { id: PgColumn }; where: SQL | undefined },
  facets: Record<Name, Facet>,
  names: readonly Name[],
): Promise<Partial<Record<Name, FacetCounts>>> {
  const result: Partial<Record<Name, FacetCounts>> = {};
  for (const name of names) {
    const facet = facets[name];
    const rows = await groupsOf(db, selection, facet);
    const shown = rows.slice(0, MAX_GROUPS);
    const labels = facet.of ? await labelsOf(db, facet.of, shown) : new Map<string, string>();
    result[name] = {
      groups: shown.map(({ value, count }) => ({ value, label: labels.get(value) ?? null, count })),
      truncated: rows.length > MAX_GROUPS,
    };
  }
  return result;
}

async function labelsOf(
  db: Database,
  kind: RecordKind,
  groups: readonly { value: string }[],
): Promise<Map<string, string>> {
  const ids = groups.map(({ value }) => value);
  const found = await referencesTo(db, kind, ids);
  // What a reference has beside its id is what a reader knows the record by.
  return new Map([...found].map(([id, { id: _id, ...label }]) => [id, Object.values(label)[0] as string]));
}

async function groupsOf(
  db: Database,
  { table, where }: { table: PgTable & { id: PgColumn }; where: SQL | undefined },
  facet: Facet,
): Promise<{ value: string; count: number }[]> {
  const count = sql<number>`count(*)`.mapWith(Number);
  if ('words' in facet) {
    const groups: { value: string; count: number }[] = [];
    for (const value of facet.words) {
      const [row] = await db
        .select({ count })
        .from(table as PgTable)
        .where(await facet.where(value));
      if (row && row.count > 0) groups.push({ value, count: row.count });
    }
    return groups.sort((a, b) => b.count - a.count);
  }
  if ('column' in facet) {
    const value = sql<string>`${facet.column}`;
    return db
      .select({ value: sql<string>`${value}`, count })
      .from(table as PgTable)
      .where(and(where, sql`${value} is not null`))
      .groupBy(value)
      .orderBy(sql`count(*) desc`, value)
      .limit(MAX_GROUPS + 1);
  }
  const matches = db
    .select({ id: table.id })
    .from(table as PgTable)
    .where(where);
  const { hierarchy } = facet;
  const ways = ('ways' in facet ? facet.ways : [facet.links]).map((links) => {
    const linked = sql`(${sql.join(links, sql` union all `)}) as linked`;
    return hierarchy
      ? sql`select linked.record, above.ancestor as value from ${linked} inner join ${withAncestors(hierarchy)} as above on above.id = linked.value`
      : sql`select linked.record, linked.value from ${linked}`;
  });
  const value = sql<string>`pairs.value`;
  return db
    .select({ value, count: sql<number>`count(distinct pairs.record)`.mapWith(Number) })
    .from(sql`(${sql.join(ways, sql` intersect `)}) as pairs`)
    .where(inArray(sql`pairs.record`, matches))
    .groupBy(value)
    .orderBy(sql`count(distinct pairs.record) desc`, value)
    .limit(MAX_GROUPS + 1);
}
