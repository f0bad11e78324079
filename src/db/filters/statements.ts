import { and, or, type SQL } from 'drizzle-orm';
import type { Groups, Ids } from '../../domain/filterValues.ts';
import type { StatementForm, StatementMedium } from '../../domain/vocabularies.ts';
import { among, anyOfEach, linkedToEach, recordsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { tables } from '../tables.ts';
import { citedStatements, type RecordFilter, recordConditions } from './records.ts';
import type { Resolved } from './resolve.ts';

/** What statements can be filtered by. */
export interface StatementFilter extends RecordFilter {
  about?: Ids<'actor'> | undefined;
  form?: Groups<StatementForm> | undefined;
  medium?: Groups<StatementMedium> | undefined;
  occasion?: Ids<'event'> | undefined;
}

const { statements, statementAbout, citations } = tables;

/** The one WHERE of a filter on statements, for every query over `statements`. */
export function statementsWhere(db: Database, filter: Resolved<StatementFilter>): SQL | undefined {
  const about = { record: statementAbout.statement, to: statementAbout.actor };
  return and(
    ...recordConditions(db, citedStatements, filter),
    ...(filter.actor ?? []).map((group) =>
      filter.actorScope === 'direct'
        ? among(db, statements.speaker, group)
        : or(among(db, statements.speaker, group), among(db, statements.onBehalfOf, group)),
    ),
    ...linkedToEach(db, statements.id, about, filter.about),
    ...anyOfEach(statements.form, filter.form),
    ...anyOfEach(statements.medium, filter.medium),
    ...anyOfEach(statements.occasion, filter.occasion),
    // An event that no source had reported by then is not an occasion yet.
    filter.occasion && recordsAsOf(db, statements.occasion, citations.event, filter.asOf),
  );
}
