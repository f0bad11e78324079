import { and, inArray, or, type SQL } from 'drizzle-orm';
import {
  anyOfEach,
  citedFromEach,
  inWindow,
  linkedToEach,
  type RecordFilter,
  reportedBy,
  sourcesPublishedBy,
} from './conditions.ts';
import { foundBy } from './fulltext.ts';
import { type Groups, requireReferences, withBodiesBeneath, withTopicsBeneath } from './references.ts';
import type { Database } from './store.ts';
import { tables } from './tables.ts';

/** What statements can be filtered by. */
export interface StatementFilter extends RecordFilter {
  about?: Groups | undefined;
  form?: Groups | undefined;
  medium?: Groups | undefined;
  occasion?: Groups | undefined;
}

const { statements, statementAbout, statementTopics, citations } = tables;

/**
 * The one WHERE of a filter on statements, for every query over `statements`.
 * Throws an UnknownReferenceError when the filter names records that do not exist.
 */
export async function statementsWhere(db: Database, filter: StatementFilter): Promise<SQL | undefined> {
  const { actor, about, topic, source, publisher, dataset, occasion, asOf } = filter;
  await requireReferences(db, [
    { parameter: 'actor', kind: 'actor', groups: actor },
    { parameter: 'about', kind: 'actor', groups: about },
    { parameter: 'topic', kind: 'topic', groups: topic },
    { parameter: 'source', kind: 'source', groups: source },
    { parameter: 'publisher', kind: 'actor', groups: publisher },
    { parameter: 'dataset', kind: 'dataset', groups: dataset },
    { parameter: 'occasion', kind: 'event', groups: occasion },
  ]);
  const direct = filter.actorScope === 'direct';
  const speakers = actor && (direct ? actor : await withBodiesBeneath(db, actor));
  const subjects = about && (direct ? about : await withBodiesBeneath(db, about));
  const topics = topic && (await withTopicsBeneath(db, topic));
  return and(
    foundBy('statement', statements.id, filter.q),
    reportedBy(db, statements.id, citations.statement, asOf),
    ...(speakers ?? []).map((group) =>
      direct
        ? inArray(statements.speaker, group)
        : or(inArray(statements.speaker, group), inArray(statements.onBehalfOf, group)),
    ),
    ...linkedToEach(
      db,
      statements.id,
      { record: statementAbout.statement, to: statementAbout.actor },
      subjects,
    ),
    ...linkedToEach(
      db,
      statements.id,
      { record: statementTopics.statement, to: statementTopics.topic },
      topics,
    ),
    ...citedFromEach(db, statements.id, citations.statement, source, asOf),
    ...citedFromEach(db, statements.id, citations.statement, await sourcesPublishedBy(db, publisher), asOf),
    ...anyOfEach(statements.dataset, dataset),
    ...anyOfEach(statements.form, filter.form),
    ...anyOfEach(statements.medium, filter.medium),
    ...anyOfEach(statements.occasion, occasion),
    occasion && reportedBy(db, statements.occasion, citations.event, asOf),
    inWindow(statements, { from: filter.from, to: filter.to, match: filter.dateMatch }),
  );
}
