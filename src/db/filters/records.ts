import { and, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Ids } from '../../domain/filterValues.ts';
import type { TextQuery } from '../../domain/textQuery.ts';
import { anyOfEach, citationsAsOf, inWindow, linkedToEach, recordsAsOf, type Window } from '../conditions.ts';
import type { Database } from '../database.ts';
import { recordsMatching } from '../fullText.ts';
import { tables } from '../tables.ts';
import type { Resolved } from './resolve.ts';

/** What events, statements and claims alike can be filtered by. */
export interface RecordFilter {
  actor?: Ids<'actor'> | undefined;
  actorScope: 'bodies' | 'direct';
  topic?: Ids<'topic'> | undefined;
  source?: Ids<'source'> | undefined;
  publisher?: Ids<'actor'> | undefined;
  dataset?: Ids<'dataset'> | undefined;
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

const { events, statements, eventTopics, statementTopics, citations } = tables;

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

/** The conditions of a filter on events, or statements, that do not depend on which of the two they are. */
export function recordConditions(
  db: Database,
  cited: Cited,
  filter: Resolved<RecordFilter>,
): (SQL | undefined)[] {
  return [...linkedConditions(db, cited, filter), ...columnConditions(cited, filter)];
}

/** Those of them that are on columns of the records. */
export function columnConditions(
  { table }: Cited,
  { dataset, from, to, dateMatch }: Resolved<RecordFilter>,
): (SQL | undefined)[] {
  return [...anyOfEach(table.dataset, dataset), inWindow(table, { from, to, match: dateMatch })];
}

/** Those of them that other tables answer. */
export function linkedConditions(
  db: Database,
  { kind, table, cited, topics }: Cited,
  { topic, cited: shownBy, q, asOf }: Resolved<RecordFilter>,
): (SQL | undefined)[] {
  return [
    recordsMatching(db, kind, table.id, q, asOf),
    recordsAsOf(db, table.id, cited, asOf),
    ...linkedToEach(db, table.id, topics, topic),
    ...(shownBy ?? []).map((shown) =>
      inArray(
        table.id,
        db
          .select({ id: cited })
          .from(citations)
          .where(and(shown, isNotNull(cited), citationsAsOf(db, asOf))),
      ),
    ),
  ];
}
