import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { publishedBy, reportedBy } from '../db/conditions.ts';
import { countFacets, type Facet, type FacetCounts, link } from '../db/facets.ts';
import { byRelevance } from '../db/fulltext.ts';
import {
  type Order,
  type Page,
  type PageRequest,
  pageOf,
  type Selection,
  type Whole,
  wholeOf,
} from '../db/paging.ts';
import { missingRecord } from '../db/references.ts';
import {
  aboutOf,
  actorReferences,
  changedAt,
  citationsOf,
  datasetReferences,
  eventReferences,
  optional,
  reported,
  required,
  topicsOf,
} from '../db/related.ts';
import { type StatementFilter, statementsWhere } from '../db/statementFilter.ts';
import type { Database } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import type { statement, statementFacets, statementQuery } from './schema.ts';

type Statement = z.infer<typeof statement>;
export type StatementFacet = (typeof statementFacets)[number];
export type StatementSort = z.infer<typeof statementQuery>['sort'];

const { statements, sources, statementAbout, statementTopics, citations } = tables;

const ORDERS: Record<Exclude<StatementSort, 'relevance'>, Order> = {
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
  const selection = await selectStatements(db, filter, sort);
  const page = await pageOf(db, selection, request);
  return { ...page, items: await wholeStatements(db, page.items, filter.asOf) };
}

/** All statements that a filter leaves, piece by piece; the same order and errors as a list. */
export async function allStatements(
  db: Database,
  filter: StatementFilter,
  sort: StatementSort,
): Promise<Whole<Statement>> {
  const selection = await selectStatements(db, filter, sort);
  return wholeOf(db, selection, (rows) => wholeStatements(db, rows, filter.asOf));
}

/** One statement, as reported by a day if one is given. Throws a MissingRecordError when there is none of that id. */
export async function getStatement(db: Database, id: string, asOf?: string): Promise<Statement> {
  const rows = await db
    .select()
    .from(statements)
    .where(and(eq(statements.id, id), reportedBy(db, statements.id, citations.statement, asOf)));
  const [found] = await wholeStatements(db, rows, asOf);
  if (!found) throw await missingRecord(db, 'statement', id, asOf);
  return found;
}

/** When each of some statements was last put into the store, by id. */
export async function statementChanges(db: Database, ids: readonly string[]): Promise<Map<string, Date>> {
  return changedAt(db, 'statement', ids);
}

/** Counts over all statements that a filter leaves, by each of some facets. */
export async function countStatementsBy(
  db: Database,
  filter: StatementFilter,
  names: readonly StatementFacet[],
): Promise<Partial<Record<StatementFacet, FacetCounts>>> {
  const where = await statementsWhere(db, filter);
  return countFacets(db, { table: statements, where }, facetsOf(db, filter), names);
}

function facetsOf(db: Database, filter: StatementFilter): Record<StatementFacet, Facet> {
  const direct = filter.actorScope === 'direct';
  const above = direct ? 'nothing' : 'actor';
  return {
    actor: {
      of: 'actor',
      above,
      links: [
        link(statements.id, statements.speaker),
        ...(direct ? [] : [link(statements.id, statements.onBehalfOf)]),
      ],
    },
    about: { of: 'actor', above, links: [link(statementAbout.statement, statementAbout.actor)] },
    topic: { of: 'topic', above: 'topic', links: [link(statementTopics.statement, statementTopics.topic)] },
    form: { column: statements.form },
    medium: { column: statements.medium },
    occasion: {
      of: 'event',
      links: [
        link(
          statements.id,
          statements.occasion,
          reportedBy(db, statements.occasion, citations.event, filter.asOf),
        ),
      ],
    },
    source: {
      of: 'source',
      links: [link(citations.statement, citations.source, publishedBy(db, filter.asOf))],
    },
    publisher: {
      of: 'actor',
      links: [
        sql`select ${citations.statement} as record, ${sources.publisher} as value from ${citations} inner join ${sources} on ${sources.id} = ${citations.source} where ${and(isNotNull(citations.statement), isNotNull(sources.publisher), publishedBy(db, filter.asOf))}`,
      ],
    },
    dataset: { of: 'dataset', column: statements.dataset },
  };
}

async function selectStatements(
  db: Database,
  filter: StatementFilter,
  sort: StatementSort,
): Promise<Selection<typeof statements>> {
  const order =
    filter.q && sort === 'relevance'
      ? byRelevance('statement', statements.id, filter.q)
      : ORDERS[sort as keyof typeof ORDERS];
  return { table: statements, where: await statementsWhere(db, filter), order };
}

/** Rows with the actors, topics and citations they carry, in the order of the rows. */
async function wholeStatements(
  db: Database,
  rows: (typeof statements.$inferSelect)[],
  asOf?: string,
): Promise<Statement[]> {
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
    asOf,
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
  const cited = await citationsOf(db, citations.statement, ids, asOf);
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
    occasion: reported(occasions, row.occasion),
    about: about.get(row.id) ?? [],
    topics: topics.get(row.id) ?? [],
    citations: cited.get(row.id) ?? [],
  }));
}
