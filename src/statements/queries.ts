import { and, count, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type Order, ordering, type Page, type PageRequest, page, rowsAfter } from '../db/paging.ts';
import { missingRecord } from '../db/references.ts';
import {
  aboutOf,
  actorReferences,
  citationsOf,
  datasetReferences,
  eventReferences,
  optional,
  required,
  topicsOf,
} from '../db/related.ts';
import { type StatementFilter, statementsWhere } from '../db/statementFilter.ts';
import type { Database } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import type { statement, statementQuery } from './schema.ts';

type Statement = z.infer<typeof statement>;
export type StatementSort = z.infer<typeof statementQuery>['sort'];

const { statements, statementAbout, statementTopics, citations } = tables;

const ORDERS: Record<StatementSort, Order> = {
  date: { by: statements.sortDay, id: statements.id, descending: false },
  '-date': { by: statements.sortDay, id: statements.id, descending: true },
  id: { by: statements.id, id: statements.id, descending: false },
  '-id': { by: statements.id, id: statements.id, descending: true },
};

/**
 * One page of the statements that a filter leaves, whole records.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function listStatements(
  db: Database,
  filter: StatementFilter,
  sort: StatementSort,
  request: PageRequest,
): Promise<Page<Statement>> {
  const where = await statementsWhere(db, filter);
  const order = ORDERS[sort];
  const { items, next, total } = await page(request, {
    select: async (limit) =>
      db
        .select()
        .from(statements)
        .where(and(where, rowsAfter(order, request.after)))
        .orderBy(...ordering(order))
        .limit(limit),
    value: (row) => row.sortDay,
    count: async () => (await db.select({ rows: count() }).from(statements).where(where))[0]?.rows ?? 0,
  });
  return { items: await wholeStatements(db, items), next, total };
}

/** One statement. Throws a MissingRecordError when there is none of that id. */
export async function getStatement(db: Database, id: string): Promise<Statement> {
  const rows = await db.select().from(statements).where(eq(statements.id, id));
  const [found] = await wholeStatements(db, rows);
  if (!found) throw await missingRecord(db, 'statement', id);
  return found;
}

/** Rows with the actors, topics and citations they carry, in the order of the rows. */
async function wholeStatements(db: Database, rows: (typeof statements.$inferSelect)[]): Promise<Statement[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const actors = await actorReferences(
    db,
    rows.flatMap((row) => [row.speaker, row.relayedBy, row.onBehalfOf]),
  );
  const datasets = await datasetReferences(
    db,
    rows.map((row) => row.dataset),
  );
  const occasions = await eventReferences(
    db,
    rows.map((row) => row.occasion),
  );
  const about = await aboutOf(
    db,
    { record: statementAbout.statement, actor: statementAbout.actor, ordinal: statementAbout.ordinal },
    ids,
  );
  const topics = await topicsOf(
    db,
    { record: statementTopics.statement, topic: statementTopics.topic, ordinal: statementTopics.ordinal },
    ids,
  );
  const cited = await citationsOf(db, citations.statement, ids);
  return rows.map((row) => ({
    id: row.id,
    dataset: required(datasets, row.dataset),
    speaker: required(actors, row.speaker),
    relayedBy: optional(actors, row.relayedBy),
    onBehalfOf: optional(actors, row.onBehalfOf),
    form: row.form,
    medium: row.medium,
    said: { edtf: row.said, earliest: row.earliest, latest: row.latest },
    gist: row.gist,
    occasion: optional(occasions, row.occasion),
    about: about.get(row.id) ?? [],
    topics: topics.get(row.id) ?? [],
    citations: cited.get(row.id) ?? [],
  }));
}
