import type { RecordKind } from '../../domain/vocabularies.ts';
import { sha256 } from '../files/passages.ts';
import type { Claim, Dataset } from '../files/read.ts';
import { type Derived, standings } from './standing.ts';

/** A record ready to be stored. */
export interface Prepared {
  kind: RecordKind;
  id: string;
  record: object;
  contentHash: string;
}

/** A dataset's records ready to be stored, with what is derived from them. */
export interface PreparedDataset {
  records: Prepared[];
  claims: Claim[];
  standings: Map<string, Derived>;
}

/** Kind and id as one string, to look records up by. */
export function key(record: { kind: RecordKind; id: string }): string {
  return `${record.kind} ${record.id}`;
}

/** JSON with sorted keys, so that a hash does not depend on the order in which fields are written. */
function canonical(value: object): string {
  return JSON.stringify(value, (_key, item) =>
    item && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** The records with what is derived from them, and their content hashes. */
export function prepare(data: Dataset): PreparedDataset {
  const claims = bothWays(data.claims);
  const derived = standings(
    claims,
    new Map(data.sources.map((source) => [source.id, source.derivedFrom ?? []])),
  );
  const hashed = (kind: RecordKind, record: { id: string }, extra: object = {}): Prepared => ({
    kind,
    id: record.id,
    record,
    contentHash: sha256(canonical({ ...record, ...extra })),
  });
  const records = [
    ...data.topics.map((topic) => hashed('topic', topic)),
    ...data.actors.map((actor) => hashed('actor', actor)),
    ...data.sources.map((source) => hashed('source', source)),
    ...data.events.map((event) => hashed('event', event)),
    ...data.statements.map((statement) => hashed('statement', statement)),
    ...claims.map((claim) => hashed('claim', claim, derived.get(claim.id))),
  ];
  const contents = { hashes: records.map((record) => record.contentHash) };
  return { records: [hashed('dataset', data.dataset, contents), ...records], claims, standings: derived };
}

/** The claims with every contradiction stated on both sides. */
function bothWays(claims: readonly Claim[]): Claim[] {
  const pairs = claims.flatMap((claim) =>
    claim.contradicts.flatMap((other) => [
      [claim.id, other],
      [other, claim.id],
    ]),
  );
  return claims.map((claim) => ({
    ...claim,
    contradicts: [
      ...new Set(pairs.filter(([id]) => id === claim.id).map(([, other]) => other as string)),
    ].sort(),
  }));
}
