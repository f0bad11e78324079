import { and, asc, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach, inWindow } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { recordsMatching } from '../../db/fullText.ts';
import { byDate } from '../../db/lists/byDate.ts';
import { recordQueries, type Selection } from '../../db/lists/queries.ts';
import { grouped, optional, referencesTo, required } from '../../db/lists/related.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import { dateRange } from '../../domain/dates.ts';
import type { source, sourceQuery } from './schema.ts';

type Source = z.infer<typeof source>;
interface SourceList {
  table: typeof sources;
  query: z.infer<typeof sourceQuery>;
  item: Source;
}

const { sources, sourceContributors, sourceDerivations } = tables;

/** Pages, exports, counts and single records of sources. */
export const sourceQueries = recordQueries<SourceList>({
  table: sources,
  kind: 'source',
  heavy: ['q'],
  select: selectSources,
  hydrate: hydrateSources,
});

async function selectSources(db: Database, query: SourceList['query']): Promise<Selection<SourceList>> {
  const { q, publisher, dataset, kind, from, to, dateMatch } = await requireReferences(db, query);
  const { id } = sources;
  return {
    where: and(
      recordsMatching(db, 'source', id, q),
      ...anyOfEach(sources.publisher, publisher),
      ...anyOfEach(sources.dataset, dataset),
      ...anyOfEach(sources.kind, kind),
      inWindow(sources, { from, to, match: dateMatch }),
    ),
    orders: { date: byDate(sources), id, relevance: byRelevance(db, 'source', id, q) },
    facets: () => ({
      publisher: { of: 'actor', column: sources.publisher },
      kind: { column: sources.kind },
      dataset: { of: 'dataset', column: sources.dataset },
    }),
  };
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
    published: dateRange(row.published),
    derivedFrom: derivedFrom.get(row.id) ?? [],
    text: textOf(row),
  }));
}

/** The text of a source; null for a collection of coded data. */
function textOf({
  textFile: file,
  textSha256: sha256,
  textLength: length,
}: Pick<typeof sources.$inferSelect, 'textFile' | 'textSha256' | 'textLength'>) {
  return file === null || sha256 === null || length === null ? null : { file, sha256, length };
}
