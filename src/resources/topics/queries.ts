import { and, asc, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { descendants } from '../../db/hierarchy.ts';
import { link } from '../../db/lists/facets.ts';
import { recordQueries, type Selection } from '../../db/lists/queries.ts';
import { grouped, optional, referencesTo } from '../../db/lists/related.ts';
import { requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import type { topic, topicQuery } from './schema.ts';

type Topic = z.infer<typeof topic>;
interface TopicList {
  table: typeof topics;
  query: z.infer<typeof topicQuery>;
  item: Topic;
}

const { topics } = tables;

/** Pages, counts and single records of topics. */
export const topicQueries = recordQueries<TopicList>({
  table: topics,
  kind: 'topic',
  heavy: [],
  select: selectTopics,
  hydrate: hydrateTopics,
});

async function selectTopics(db: Database, query: TopicList['query']): Promise<Selection<TopicList>> {
  const { broader } = await requireReferences(db, query);
  const { label, id } = topics;
  return {
    where: and(...anyOfEach(id, broader && (await descendants(db, 'topic', broader)))),
    orders: { label, id },
    facets: () => ({
      broader: { of: 'topic', hierarchy: 'topic', links: [link(id, topics.broader)] },
    }),
  };
}

async function hydrateTopics(db: Database, rows: (typeof topics.$inferSelect)[]): Promise<Topic[]> {
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
