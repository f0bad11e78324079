import { type SQL, sql } from 'drizzle-orm';
import type { Groups } from '../domain/filterValues.ts';
import { among } from './conditions.ts';
import type { Database } from './database.ts';
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
      const rows = await db.select({ id }).from(table).where(among(db, above, level));
      level = rows.map((row) => row.id).filter((below) => !found.has(below));
      for (const below of level) found.add(below);
    }
    result.push([...found]);
  }
  return result;
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
