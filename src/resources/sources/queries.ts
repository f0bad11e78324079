import { and } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach, inWindow } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { recordsMatching } from '../../db/fullText.ts';
import { byDate } from '../../db/lists/byDate.ts';
import { recordQueries, type Selection } from '../../db/lists/queries.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { hydrateSources } from '../../db/records/sources.ts';
import { requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import type { source, sourceQuery } from './schema.ts';

type Source = z.infer<typeof source>;
interface SourceList {
  table: typeof sources;
  query: z.infer<typeof sourceQuery>;
  item: Source;
}

const { sources } = tables;

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
