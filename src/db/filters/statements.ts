import { and, inArray, or, type SQL } from 'drizzle-orm';
import { anyOfEach, linkedToEach, recordsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import type { Groups } from '../hierarchy.ts';
import { tables } from '../tables.ts';
import { citedStatements, inScope, type RecordFilter, recordConditions } from './records.ts';

/** What statements can be filtered by. */
export interface StatementFilter extends RecordFilter {
  about?: Groups | undefined;
  form?: Groups | undefined;
  medium?: Groups | undefined;
  occasion?: Groups | undefined;
}

const { statements, statementAbout, citations } = tables;

/**
 * The one WHERE of a filter on statements, for every query over `statements`.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function statementsWhere(db: Database, filter: StatementFilter): Promise<SQL | undefined> {
  const common = await recordConditions(db, citedStatements, filter);
  const { actorScope: scope } = filter;
  const speakers = await inScope(db, filter.actor, scope);
  const subjects = await inScope(db, filter.about, scope);
  const about = { record: statementAbout.statement, to: statementAbout.actor };
  return and(
    ...common,
    ...(speakers ?? []).map((group) =>
      scope === 'direct'
        ? inArray(statements.speaker, group)
        : or(inArray(statements.speaker, group), inArray(statements.onBehalfOf, group)),
    ),
    ...linkedToEach(db, statements.id, about, subjects),
    ...anyOfEach(statements.form, filter.form),
    ...anyOfEach(statements.medium, filter.medium),
    ...anyOfEach(statements.occasion, filter.occasion),
    // An event that no source had reported by then is not an occasion yet.
    filter.occasion && recordsAsOf(db, statements.occasion, citations.event, filter.asOf),
  );
}
