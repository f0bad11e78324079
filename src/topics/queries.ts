import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach } from '../db/conditions.ts';
import { countFacets, type Facet, type FacetCounts, link } from '../db/facets.ts';
import {
  type ListParameter,
  type Order,
  type Page,
  type PageRequest,
  pageOf,
  type Selection,
} from '../db/paging.ts';
import { missingRecord, requireReferences, topicsBeneath } from '../db/references.ts';
import { grouped } from '../db/related.ts';
import type { Database } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import type { topic, topicFacets, topicQuery } from './schema.ts';

type Topic = z.infer<typeof topic>;
/** What topics can be filtered by. */
export type TopicFilter = Omit<z.infer<typeof topicQuery>, ListParameter>;
export type TopicFacet = (typeof topicFacets)[number];
export type TopicSort = z.infer<typeof topicQuery>['sort'];

const { topics } = tables;

const ORDERS: Record<TopicSort, Order> = {
  label: { by: topics.label, id: topics.id, descending: false },
  '-label': { by: topics.label, id: topics.id, descending: true },
  id: { by: topics.id, id: topics.id, descending: false },
  '-id': { by: topics.id, id: topics.id, descending: true },
};

/**
 * One page of the topics that a filter leaves.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function listTopics(
  db: Database,
  filter: TopicFilter,
  sort: TopicSort,
  request: PageRequest,
): Promise<Page<Topic>> {
  const selection = await selectTopics(db, filter, sort);
  const page = await pageOf(db, selection, request);
  return { ...page, items: await wholeTopics(db, page.items) };
}

/** One topic. Throws a MissingRecordError when there is none of that id. */
export async function getTopic(db: Database, id: string): Promise<Topic> {
  const rows = await db.select().from(topics).where(eq(topics.id, id));
  const [found] = await wholeTopics(db, rows);
  if (!found) throw await missingRecord(db, 'topic', id);
  return found;
}

/** Counts over all topics that a filter leaves, by each of some facets. */
export async function countTopicsBy(
  db: Database,
  filter: TopicFilter,
  names: readonly TopicFacet[],
): Promise<Partial<Record<TopicFacet, FacetCounts>>> {
  const where = await topicsWhere(db, filter);
  return countFacets(db, { table: topics, where }, facets(), names);
}

function facets(): Record<TopicFacet, Facet> {
  return {
    broader: { of: 'topic', above: 'topic', links: [link(topics.id, topics.broader)] },
  };
}

async function selectTopics(
  db: Database,
  filter: TopicFilter,
  sort: TopicSort,
): Promise<Selection<typeof topics>> {
  const order = ORDERS[sort];
  return { table: topics, where: await topicsWhere(db, filter), order };
}

async function topicsWhere(db: Database, { broader }: TopicFilter): Promise<SQL | undefined> {
  await requireReferences(db, [{ parameter: 'broader', kind: 'topic', groups: broader }]);
  return and(...anyOfEach(topics.id, broader && (await topicsBeneath(db, broader))));
}

async function wholeTopics(db: Database, rows: (typeof topics.$inferSelect)[]): Promise<Topic[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const above = await db
    .select({ id: topics.id, label: topics.label })
    .from(topics)
    .where(
      inArray(
        topics.id,
        rows.map((row) => row.broader).filter((id) => id !== null),
      ),
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
    broader: above.find((candidate) => candidate.id === broader) ?? null,
    narrower: narrower.get(id) ?? [],
  }));
}
