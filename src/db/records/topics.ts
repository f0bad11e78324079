import { asc, inArray } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { grouped, optional, referencesTo } from '../lists/related.ts';
import { tables } from '../tables.ts';

const { topics } = tables;

/** Rows with the topics above and below them, in the order of the rows. */
export async function hydrateTopics(db: Database, rows: (typeof topics.$inferSelect)[]) {
  const ids = rows.map((row) => row.id);
  const above = await referencesTo(
    db,
    'topic',
    rows.map((row) => row.broader),
  );
  const below = await db
    .select({ id: topics.id, label: topics.label, broader: topics.broader })
    .from(topics)
    .where(inArray(topics.broader, ids))
    .orderBy(asc(topics.label), asc(topics.id));
  const narrower = grouped(below, ({ id, label, broader }) => [broader ?? '', { id, label }]);
  return rows.map(({ id, label, description, broader }) => ({
    id,
    label,
    description,
    broader: optional(above, broader),
    narrower: narrower.get(id) ?? [],
  }));
}
