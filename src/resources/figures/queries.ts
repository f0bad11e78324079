import { and, inArray, isNotNull, or, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach, citationsAsOf } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { claimsWhere } from '../../db/filters/claims.ts';
import { eventsWhere } from '../../db/filters/events.ts';
import { figuresAsOf } from '../../db/filters/figures.ts';
import { type Resolved, resolveFilter } from '../../db/filters/resolve.ts';
import { byDate } from '../../db/lists/byDate.ts';
import { type Facet, link } from '../../db/lists/facets.ts';
import { type FacetName, listQueries, type Selection } from '../../db/lists/queries.ts';
import { citationsOf, figureOf, ifReported, referencesTo } from '../../db/lists/related.ts';
import { tables } from '../../db/tables.ts';
import { dateRange } from '../../domain/dates.ts';
import type { figureQuery, listedFigure } from './schema.ts';

interface FigureList {
  table: typeof figures;
  query: z.infer<typeof figureQuery>;
  item: z.infer<typeof listedFigure>;
}

const { figures, events, claims, citations } = tables;

/** Pages, exports and counts of figures. */
export const figureQueries = listQueries<FigureList>({
  table: figures,
  heavy: ['q', 'asOf'],
  select: selectFigures,
  hydrate: hydrateFigures,
});

async function selectFigures(db: Database, query: FigureList['query']): Promise<Selection<FigureList>> {
  const filter = await resolveFilter(db, query);
  const { measure, unit, cited = [], asOf } = filter;
  return {
    where: and(
      figuresAsOf(db, asOf),
      ...anyOfEach(figures.measure, measure),
      ...anyOfEach(figures.unit, unit),
      ...cited.map((each) => givenBy(db, each, asOf)),
      ofRecords(db, filter),
    ),
    orders: { date: byDate(figures) },
    facets: () => facetsOf(db, asOf),
  };
}

/** The figures of the events and of the claims that match what a filter asks of either. */
function ofRecords(db: Database, filter: Resolved<FigureList['query']>): SQL | undefined {
  const { q, actor, actorScope, about, topic, dataset, from, to, dateMatch, asOf } = filter;
  const common = { q, actorScope, topic, dataset, from, to, dateMatch, asOf };
  const involved = [...(actor ?? []), ...(about ?? [])];
  return or(
    inArray(
      figures.event,
      db
        .select({ id: events.id })
        .from(events)
        .where(eventsWhere(db, { ...common, actor: involved.length > 0 ? involved : undefined })),
    ),
    inArray(
      figures.claim,
      db
        .select({ id: claims.id })
        .from(claims)
        .where(claimsWhere(db, { ...common, actor, about })),
    ),
  );
}

function givenBy(db: Database, cited: SQL, asOf: string | undefined): SQL {
  return inArray(
    figures.id,
    db
      .select({ id: citations.figure })
      .from(citations)
      .where(and(isNotNull(citations.figure), cited, citationsAsOf(db, asOf))),
  );
}

function facetsOf(db: Database, asOf: string | undefined): Record<FacetName<FigureList>, Facet> {
  return {
    measure: { column: figures.measure },
    unit: { column: figures.unit },
    source: { of: 'source', links: [link(citations.figure, citations.source, citationsAsOf(db, asOf))] },
  };
}

/** Rows with their citations and what they belong to, in the order of the rows. */
async function hydrateFigures(
  db: Database,
  rows: (typeof figures.$inferSelect)[],
  asOf: string | undefined,
): Promise<FigureList['item'][]> {
  const cited = await citationsOf(
    db,
    citations.figure,
    rows.map((row) => row.id),
    asOf,
  );
  const ofEvents = await referencesTo(
    db,
    'event',
    rows.map((row) => row.event),
    asOf,
  );
  const ofClaims = await referencesTo(
    db,
    'claim',
    rows.map((row) => row.claim),
  );
  const dates = await db
    .select({ id: events.id, date: events.date })
    .from(events)
    .where(
      inArray(
        events.id,
        rows.map((row) => row.event).filter((id) => id !== null),
      ),
    );
  const dateOf = new Map(dates.map(({ id, date }) => [id, dateRange(date)]));
  return rows.map((row) => ({
    ...figureOf(row, cited.get(row.id) ?? []),
    event: ifReported(ofEvents, row.event),
    claim: ifReported(ofClaims, row.claim),
    date: row.event === null ? null : (dateOf.get(row.event) ?? null),
  }));
}
