import type { z } from 'zod';
import { eachAsOf, recordsAsOf } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { citedStatements } from '../../db/filters/records.ts';
import { type Resolved, resolveFilter } from '../../db/filters/resolve.ts';
import { type StatementFilter, statementsWhere } from '../../db/filters/statements.ts';
import { byDate } from '../../db/lists/byDate.ts';
import { type Facet, link, recordFacets } from '../../db/lists/facets.ts';
import { type FacetName, recordQueries, type Selection } from '../../db/lists/queries.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { hydrateStatements } from '../../db/records/statements.ts';
import { tables } from '../../db/tables.ts';
import type { statement, statementQuery } from './schema.ts';

type Statement = z.infer<typeof statement>;
interface StatementList {
  table: typeof statements;
  query: z.infer<typeof statementQuery>;
  item: Statement;
}

const { statements, statementAbout, citations } = tables;

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
