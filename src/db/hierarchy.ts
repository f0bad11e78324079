import { inArray } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import { tables } from './tables.ts';

/** The ids one filter names: every group must match, any id within a group does. */
export type Groups = string[][];

/** The groups with, beside each actor, the bodies beneath it at any depth. */
export async function withBodiesBeneath(db: Database, groups: Groups): Promise<Groups> {
  return joined(groups, await bodiesBeneath(db, groups));
}

/** The groups with, beside each topic, the topics beneath it at any depth. */
export async function withTopicsBeneath(db: Database, groups: Groups): Promise<Groups> {
  return joined(groups, await topicsBeneath(db, groups));
}

/** For each group, the actors that are beneath one of its own at any depth. */
export function bodiesBeneath(db: Database, groups: Groups): Promise<Groups> {
  return beneath(db, tables.actors, tables.actors.id, tables.actors.parent, groups);
}

/** For each group, the topics that are beneath one of its own at any depth. */
export function topicsBeneath(db: Database, groups: Groups): Promise<Groups> {
  return beneath(db, tables.topics, tables.topics.id, tables.topics.broader, groups);
}

function joined(groups: Groups, others: Groups): Groups {
  return groups.map((group, index) => [...new Set([...group, ...(others[index] ?? [])])]);
}

async function beneath(
  db: Database,
  table: PgTable,
  id: PgColumn,
  above: PgColumn,
  groups: Groups,
): Promise<Groups> {
  const result: Groups = [];
  for (const group of groups) {
    const found = new Set<string>();
    // Level by level: hierarchies are a few levels deep, and this runs alike on every engine.
    for (let level = group; level.length > 0; ) {
      const rows = await db.select({ id }).from(table).where(inArray(above, level));
      level = rows.map((row) => row.id as string).filter((below) => !found.has(below));
      for (const below of level) found.add(below);
    }
    result.push([...found]);
  }
  return result;
}
