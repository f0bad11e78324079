import { and, asc, inArray, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { descendants } from '../../db/hierarchy.ts';
import { link } from '../../db/lists/facets.ts';
import type { ListParameter } from '../../db/lists/paging.ts';
import { type ListDefinition, recordQueries } from '../../db/lists/queries.ts';
import { grouped, optional, referencesTo } from '../../db/lists/related.ts';
import { requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import type { topic, topicFacets, topicQuery } from './schema.ts';

type Topic = z.infer<typeof topic>;
type TopicFilter = Omit<z.infer<typeof topicQuery>, ListParameter>;
type TopicFacet = (typeof topicFacets)[number];
type TopicSort = z.infer<typeof topicQuery>['sort'];

const { topics } = tables;

const definition: ListDefinition<typeof topics, TopicFilter, TopicSort, Topic, TopicFacet> = {
  table: topics,
  orders: () => ({ label: topics.label, id: topics.id }),
  where: topicsWhere,
  hydrate: hydrateTopics,
  facets: () => ({
    broader: { of: 'topic', hierarchy: 'topic', links: [link(topics.id, topics.broader)] },
  }),
};

/** Pages, counts and single records of topics. */
export const topicQueries = recordQueries('topic', definition);

async function topicsWhere(db: Database, { broader }: TopicFilter): Promise<SQL | undefined> {
  await requireReferences(db, { broader });
  return and(...anyOfEach(topics.id, broader && (await descendants(db, 'topic', broader))));
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
