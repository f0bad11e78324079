import { and } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { descendants } from '../../db/hierarchy.ts';
import { link } from '../../db/lists/facets.ts';
import { recordQueries, type Selection } from '../../db/lists/queries.ts';
import { hydrateTopics } from '../../db/records/topics.ts';
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
