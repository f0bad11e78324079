import { type RecordKind, valuePerWord } from '../../domain/vocabularies.ts';
import type { Dataset } from '../files/dataset.ts';
import { type SeedKind, seedKinds } from '../files/format.ts';
import { sha256 } from '../files/passages.ts';
import type { CompleteRecords, DerivedRecords } from '../kinds/definition.ts';
import { assessedClaims } from './standing.ts';

/** A record, and the hash of its content. */
export interface RecordVersion {
  kind: RecordKind;
  id: string;
  contentHash: string;
}

/** Kind and id as one string, to look records up by. */
export function key({ kind, id }: { kind: RecordKind; id: string }): string {
  return `${kind} ${id}`;
}

/** The records of a dataset with what is derived from them and the hash of each. */
export function completeRecords(data: Dataset): CompleteRecords {
  const derived: DerivedRecords = { ...data.records, claim: assessedClaims(data.records) };
  const complete = valuePerWord<CompleteRecords>(seedKinds, () => []);
  const completeKind = <K extends SeedKind>(kind: K): void => {
    for (const record of derived[kind]) complete[kind].push({ ...record, contentHash: contentHash(record) });
  };
  for (const kind of seedKinds) completeKind(kind);
  return complete;
}

/** The version of a dataset, which changes with any of its records, and that of each record. */
export function versionsOf({ dataset }: Dataset, records: CompleteRecords): RecordVersion[] {
  const versions = seedKinds.flatMap((kind) =>
    records[kind].map((record) => ({ kind, id: record.id, contentHash: record.contentHash })),
  );
  const hashes = versions.map((version) => version.contentHash);
  return [{ kind: 'dataset', id: dataset.id, contentHash: contentHash({ ...dataset, hashes }) }, ...versions];
}

/** The hash of a record as JSON with sorted keys: the order in which fields are written does not matter. */
function contentHash(record: object): string {
  return sha256(
    JSON.stringify(record, (_key, item) =>
      item && typeof item === 'object' && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ),
  );
}
