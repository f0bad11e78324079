import {
  type Citation,
  type Dataset,
  flatMapRecords,
  type PassageCitation,
  type SeedRecord,
} from './files/dataset.ts';
import type { SeedKind } from './files/format.ts';
import type { Path } from './files/mistakes.ts';
import { actor } from './kinds/actor.ts';
import { claim } from './kinds/claim.ts';
import { type Definition, type Reference, reference } from './kinds/definition.ts';
import { event } from './kinds/event.ts';
import { source } from './kinds/source.ts';
import { statement } from './kinds/statement.ts';
import { topic } from './kinds/topic.ts';

/** Every kind of record in the dataset files: how it is read, checked, inserted and removed. */
export const kinds: { [K in SeedKind]: Definition<K> } = { topic, actor, source, event, statement, claim };

/** The citations of a record and of its parts, each with its path. */
export function citationsOf<K extends SeedKind>(
  kind: K,
  record: SeedRecord[K],
): { citation: Citation; path: Path }[] {
  return kinds[kind].parts.flatMap((part) => part.citations(record));
}

/** Every citation of a passage in a dataset. */
export function allCitations(data: Dataset): PassageCitation[] {
  return flatMapRecords(data.records, (kind, record) =>
    citationsOf(kind, record).flatMap(({ citation }) => (citation.document ? [] : [citation])),
  );
}

/** Every reference of a record to another, those of its citations to their sources included. */
export function referencesOf<K extends SeedKind>(kind: K, record: SeedRecord[K]): Reference[] {
  const { above, references } = kinds[kind];
  const all = [
    above && reference(kind, above.of(record), above.field),
    ...references(record),
    ...citationsOf(kind, record).map(({ citation, path }) =>
      reference('source', citation.source, ...path, 'source'),
    ),
  ];
  return all.filter((found) => found !== undefined);
}
