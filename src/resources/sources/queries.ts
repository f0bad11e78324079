import { and, asc, inArray, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach, inWindow } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { recordsMatching } from '../../db/fullText.ts';
import type { ListParameter } from '../../db/lists/paging.ts';
import { type ListDefinition, recordQueries } from '../../db/lists/queries.ts';
import { grouped, optional, referencesTo, required } from '../../db/lists/related.ts';
import { requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import type { source, sourceFacets, sourceQuery } from './schema.ts';

type Source = z.infer<typeof source>;
type SourceFilter = Omit<z.infer<typeof sourceQuery>, ListParameter>;
type SourceFacet = (typeof sourceFacets)[number];
type SourceSort = z.infer<typeof sourceQuery>['sort'];

const { sources, sourceContributors, sourceDerivations } = tables;

const definition: ListDefinition<typeof sources, SourceFilter, SourceSort, Source, SourceFacet> = {
  table: sources,
  orders: () => ({ date: sources.sortDay, id: sources.id }),
  where: sourcesWhere,
  hydrate: hydrateSources,
  facets: () => ({
    publisher: { of: 'actor', column: sources.publisher },
    kind: { column: sources.kind },
    dataset: { of: 'dataset', column: sources.dataset },
  }),
};

/** Pages, exports, counts and single records of sources. */
export const sourceQueries = recordQueries('source', definition);

async function sourcesWhere(db: Database, filter: SourceFilter): Promise<SQL | undefined> {
  await requireReferences(db, filter);
  const { q, publisher, dataset, kind, from, to, dateMatch } = filter;
  return and(
    recordsMatching('source', sources.id, q),
    ...anyOfEach(sources.publisher, publisher),
    ...anyOfEach(sources.dataset, dataset),
    ...anyOfEach(sources.kind, kind),
    inWindow(sources, { from, to, match: dateMatch }),
  );
}

/** Rows with those who made them, in the order of the rows. */
async function hydrateSources(db: Database, rows: (typeof sources.$inferSelect)[]): Promise<Source[]> {
  const ids = rows.map((row) => row.id);
  const credits = await db
    .select()
    .from(sourceContributors)
    .where(inArray(sourceContributors.source, ids))
    .orderBy(asc(sourceContributors.source), asc(sourceContributors.ordinal));
  const derivations = await db
    .select()
    .from(sourceDerivations)
    .where(inArray(sourceDerivations.source, ids))
    .orderBy(asc(sourceDerivations.derivedFrom));
  const actors = await referencesTo(db, 'actor', [
    ...rows.flatMap((row) => [row.publisher, row.republisher]),
    ...credits.map((credit) => credit.actor),
  ]);
  const datasets = await referencesTo(
    db,
    'dataset',
    rows.map((row) => row.dataset),
  );
  const origins = await referencesTo(
    db,
    'source',
    derivations.map((row) => row.derivedFrom),
  );
  const contributors = grouped(credits, (row) => [
    row.source,
    { actor: required(actors, row.actor), role: row.role },
  ]);
  const derivedFrom = grouped(derivations, (row) => [row.source, required(origins, row.derivedFrom)]);
  return rows.map((row) => ({
    id: row.id,
    dataset: required(datasets, row.dataset),
    title: row.title,
    kind: row.kind,
    publisher: optional(actors, row.publisher),
    republisher: optional(actors, row.republisher),
    contributors: contributors.get(row.id) ?? [],
    language: row.language,
    published: { edtf: row.published, earliest: row.earliest, latest: row.latest },
    derivedFrom: derivedFrom.get(row.id) ?? [],
    text: { file: row.textFile, sha256: row.textSha256, length: row.textLength },
  }));
}
