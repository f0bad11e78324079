import type { z } from 'zod';
import { eachAsOf, recordsAsOf } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { citedStatements } from '../../db/filters/records.ts';
import { type Resolved, resolveFilter } from '../../db/filters/resolve.ts';
import { type StatementFilter, statementsWhere } from '../../db/filters/statements.ts';
import { byDate } from '../../db/lists/byDate.ts';
import { type Facet, link, recordFacets } from '../../db/lists/facets.ts';
import { type FacetName, recordQueries, type Selection } from '../../db/lists/queries.ts';
import {
  aboutOf,
  citationsOf,
  ifReported,
  optional,
  referencesTo,
  required,
  topicsOf,
} from '../../db/lists/related.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { tables } from '../../db/tables.ts';
import { dateRange } from '../../domain/dates.ts';
import type { statement, statementQuery } from './schema.ts';

type Statement = z.infer<typeof statement>;
interface StatementList {
  table: typeof statements;
  query: z.infer<typeof statementQuery>;
  item: Statement;
}

const { statements, statementAbout, statementTopics, citations } = tables;

/** Pages, exports, counts and single records of statements. */
export const statementQueries = recordQueries<StatementList>({
  table: statements,
  kind: 'statement',
  heavy: ['q', 'asOf'],
  select: selectStatements,
  hydrate: hydrateStatements,
  recordsAsOf: (db, asOf) => eachAsOf(db, statements.id, citations.statement, asOf),
});

async function selectStatements(
  db: Database,
  query: StatementList['query'],
): Promise<Selection<StatementList>> {
  const filter = await resolveFilter(db, query);
  const { id } = statements;
  return {
    where: statementsWhere(db, filter),
    orders: {
      date: byDate(statements),
      id,
      relevance: byRelevance(db, 'statement', id, filter.q, filter.asOf),
    },
    facets: () => facetsOf(db, filter),
  };
}

function facetsOf(db: Database, filter: Resolved<StatementFilter>): Record<FacetName<StatementList>, Facet> {
  const direct = filter.actorScope === 'direct';
  const hierarchy = direct ? undefined : 'actor';
  return {
    ...recordFacets(db, citedStatements, filter.asOf),
    actor: {
      of: 'actor',
      hierarchy,
      links: [
        link(statements.id, statements.speaker),
        ...(direct ? [] : [link(statements.id, statements.onBehalfOf)]),
      ],
    },
    about: { of: 'actor', hierarchy, links: [link(statementAbout.statement, statementAbout.actor)] },
    form: { column: statements.form },
    medium: { column: statements.medium },
    occasion: {
      of: 'event',
      links: [
        link(
          statements.id,
          statements.occasion,
          recordsAsOf(db, statements.occasion, citations.event, filter.asOf),
        ),
      ],
    },
  };
}

/** Rows with the actors, topics and citations they carry, in the order of the rows. */
async function hydrateStatements(
  db: Database,
  rows: (typeof statements.$inferSelect)[],
  asOf: string | undefined,
): Promise<Statement[]> {
  const ids = rows.map((row) => row.id);
  const actors = await referencesTo(
    db,
    'actor',
    rows.flatMap((row) => [row.speaker, row.relayedBy, row.onBehalfOf]),
  );
  const datasets = await referencesTo(
    db,
    'dataset',
    rows.map((row) => row.dataset),
  );
  const occasions = await referencesTo(
    db,
    'event',
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
    said: dateRange(row.said),
    gist: row.gist,
    occasion: ifReported(occasions, row.occasion),
    about: about.get(row.id) ?? [],
    topics: topics.get(row.id) ?? [],
    citations: cited.get(row.id) ?? [],
  }));
}
