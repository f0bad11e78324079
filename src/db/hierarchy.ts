import { inArray, type SQL, sql } from 'drizzle-orm';
import type { Groups } from '../domain/filterValues.ts';
import { among } from './conditions.ts';
import type { Database } from './database.ts';
import { chunks } from './rows.ts';
import { tables } from './tables.ts';

const { actors, topics } = tables;

/** The kinds of record that form a hierarchy: the table, and the column that names the record above. */
const HIERARCHIES = {
  actor: { table: actors, id: actors.id, above: actors.parent },
  topic: { table: topics, id: topics.id, above: topics.broader },
};

export type HierarchyKind = keyof typeof HIERARCHIES;

/** For each group, its records and all below them, at any depth. */
export async function withDescendants(db: Database, kind: HierarchyKind, groups: Groups): Promise<Groups> {
  const below = await descendants(db, kind, groups);
  return groups.map((group, index) => [...new Set([...group, ...(below[index] ?? [])])]);
}

/** For each group, all records below its own, at any depth. */
export async function descendants(db: Database, kind: HierarchyKind, groups: Groups): Promise<Groups> {
  const { table, id, above } = HIERARCHIES[kind];
  const result: Groups = [];
  for (const group of groups) {
    const found = new Set<string>();
    // Level by level: hierarchies are a few levels deep, and this runs alike on every engine.
    for (let level = group; level.length > 0; ) {
      const rows = await db
        .select({ id })
        .from(table)
        .where(among(db, above, level));
      level = rows.map((row) => row.id).filter((below) => !found.has(below));
      for (const below of level) found.add(below);
    }
    result.push([...found]);
  }
  return result;
}

/** Each of some records with itself and all above it, at any height. */
export async function ancestorsOf(
  db: Database,
  kind: HierarchyKind,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const { table, id, above } = HIERARCHIES[kind];
  const parents = new Map<string, string | null>();
  for (let level = [...ids]; level.length > 0; ) {
    for (const some of chunks(level)) {
      const rows = await db.select({ id, above }).from(table).where(inArray(id, some));
      for (const row of rows) parents.set(row.id, row.above);
    }
    const next = new Set(level.flatMap((each) => parents.get(each) ?? []));
    level = [...next].filter((each) => !parents.has(each));
  }
  const chainOf = (from: string): string[] => {
    const chain = new Set<string>();
    for (let at: string | null | undefined = from; at && !chain.has(at); at = parents.get(at)) chain.add(at);
    return [...chain];
  };
  return new Map(ids.map((each) => [each, chainOf(each)]));
}

/** A SELECT of every record of a hierarchy (`id`) with itself and each one above it (`ancestor`). */
export function withAncestors(kind: HierarchyKind): SQL {
  const { table, id, above } = HIERARCHIES[kind];
  return sql`(
    with recursive above(id, ancestor) as (
      select ${id}, ${id} from ${table}
      union
      select above.id, ${above} from above inner join ${table} on ${id} = above.ancestor where ${above} is not null
    )
    select id, ancestor from above
  )`;
}
