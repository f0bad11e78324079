import { and, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { TextQuery } from '../../domain/textQuery.ts';
import { anyOfEach, citationsAsOf, inWindow, linkedToEach, recordsAsOf, type Window } from '../conditions.ts';
import type { Database } from '../database.ts';
import { recordsMatching } from '../fullText.ts';
import { type Groups, withDescendants } from '../hierarchy.ts';
import { requireReferences } from '../references.ts';
import { tables } from '../tables.ts';

/** What events and statements alike can be filtered by. */
export interface RecordFilter {
  actor?: Groups | undefined;
  actorScope: 'bodies' | 'direct';
  topic?: Groups | undefined;
  source?: Groups | undefined;
  publisher?: Groups | undefined;
  dataset?: Groups | undefined;
  from?: string | undefined;
  to?: string | undefined;
  dateMatch: Window['match'];
  q?: TextQuery | undefined;
  asOf?: string | undefined;
}

/** Records that citations point to, tagged with topics. */
export interface Cited {
  kind: 'event' | 'statement';
  table: typeof tables.events | typeof tables.statements;
  cited: PgColumn;
  topics: { record: PgColumn; to: PgColumn };
}

const { events, statements, eventTopics, statementTopics, citations, sources } = tables;

/** Events, as records that citations point to. */
export const citedEvents: Cited = {
  kind: 'event',
  table: events,
  cited: citations.event,
  topics: { record: eventTopics.event, to: eventTopics.topic },
};

/** Statements, as records that citations point to. */
export const citedStatements: Cited = {
  kind: 'statement',
  table: statements,
  cited: citations.statement,
  topics: { record: statementTopics.statement, to: statementTopics.topic },
};

/**
 * The conditions of a filter on events, or statements, that do not depend on which of the two they are.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function recordConditions(
  db: Database,
  { kind, table, cited, topics }: Cited,
  filter: RecordFilter,
): Promise<(SQL | undefined)[]> {
  await requireReferences(db, filter);
  const { topic, source, publisher, dataset, from, to, dateMatch, asOf } = filter;
  const publishers = publisher && (await sourcesPublishedBy(db, publisher));
  return [
    recordsMatching(kind, table.id, filter.q),
    recordsAsOf(db, table.id, cited, asOf),
    ...linkedToEach(db, table.id, topics, topic && (await withDescendants(db, 'topic', topic))),
    ...[...(source ?? []), ...(publishers ?? [])].map((group) =>
      inArray(
        table.id,
        db
          .select({ id: cited })
          .from(citations)
          .where(and(inArray(citations.source, group), isNotNull(cited), citationsAsOf(db, asOf))),
      ),
    ),
    ...anyOfEach(table.dataset, dataset),
    inWindow(table, { from, to, match: dateMatch }),
  ];
}

/** The groups of actors that a filter means: with the bodies beneath them, unless it means the actors alone. */
export async function inScope(
  db: Database,
  groups: Groups | undefined,
  scope: RecordFilter['actorScope'],
): Promise<Groups | undefined> {
  return groups && scope === 'bodies' ? withDescendants(db, 'actor', groups) : groups;
}

/** The sources that a publisher of each group published, as groups of source ids. */
export async function sourcesPublishedBy(db: Database, groups: Groups): Promise<Groups> {
  const result: Groups = [];
  for (const group of groups) {
    const rows = await db.select({ id: sources.id }).from(sources).where(inArray(sources.publisher, group));
    result.push(rows.map((row) => row.id));
  }
  return result;
}
