import type { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { type SearchHit, search } from '../../db/fullText.ts';
import type { Page, PageRequest } from '../../db/lists/paging.ts';
import type { Groups } from '../../domain/filterValues.ts';
import type { SearchableKind } from '../../domain/vocabularies.ts';
import type { searchQuery } from './schema.ts';

/** What is searched for. */
export type SearchFilter = Pick<z.infer<typeof searchQuery>, 'q' | 'kind'>;

/** One page of the records of any kind in which every term is found, best first. */
export async function searchRecords(
  db: Database,
  { q, kind }: SearchFilter,
  request: PageRequest,
): Promise<Page<SearchHit>> {
  const { after } = request;
  const { items, more, total } = await search(db, q, kindsOf(kind), {
    ...request,
    after: after && { score: Number(after.value), key: after.id },
  });
  const last = items.at(-1);
  const next = more && last ? { value: String(last.score), id: `${last.kind}/${last.id}` } : null;
  return { items, next, total };
}

/** The kinds that all groups name. */
function kindsOf(groups: Groups<SearchableKind> | undefined): SearchableKind[] | undefined {
  return groups?.reduce((left, right) => left.filter((kind) => right.includes(kind)));
}
