import { storedDays } from '../../domain/dates.ts';
import { type RecordKind, valuePerWord } from '../../domain/vocabularies.ts';
import type { Actor, Dataset, Event, Source } from '../files/dataset.ts';
import { type SeedKind, seedKinds } from '../files/format.ts';
import { sha256 } from '../files/passages.ts';
import type { CompleteRecords, DerivedRecords, LinkFrom } from '../kinds/definition.ts';
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

/**
 * The records of a dataset with what is derived from them and the hash of each; `parents` has the actor above each actor of
 * other datasets that has one.
 */
export function completeRecords(
  data: Dataset,
  parents: ReadonlyMap<string, string> = new Map(),
): CompleteRecords {
  const derived: DerivedRecords = {
    ...data.records,
    // As exports have them, in which neither the order of these parts nor the paratext is.
    actor: data.records.actor.map(ordered),
    source: data.records.source.map(withoutParatext),
    event: linkedBothWays(data.records.event),
    claim: assessedClaims(data.records, parents),
  };
  const complete = valuePerWord<CompleteRecords>(seedKinds, () => []);
  const completeKind = <K extends SeedKind>(kind: K): void => {
    for (const record of derived[kind]) complete[kind].push({ ...record, contentHash: contentHash(record) });
  };
  for (const kind of seedKinds) completeKind(kind);
  return complete;
}

/** An actor with its titles by time and the sources of each name by id, as they are answered. */
function ordered(actor: Actor): Actor {
  const days = (during: string): string => storedDays(during).sortDay;
  return {
    ...actor,
    aliases: actor.aliases.map(({ name, sources }) => ({ name, sources: [...sources].sort() })),
    affiliations: actor.affiliations.toSorted((a, b) => compare(days(a.during), days(b.during))),
  };
}

/** A source without what of its text is no body, which is for verification and not stored. */
function withoutParatext(source: Source): Source {
  if (source.kind === 'dataset') return source;
  const text = { ...source.text, paratext: undefined };
  const { derivedFrom } = source;
  return { ...source, text, ...(derivedFrom && { derivedFrom: [...derivedFrom].sort() }) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The events with the links that lead to each. */
function linkedBothWays(events: readonly Event[]): DerivedRecords['event'] {
  const linkedFrom = new Map<string, LinkFrom[]>();
  for (const { id, links } of events) {
    for (const { relation, event: other, basis } of links)
      linkedFrom.set(other, [...(linkedFrom.get(other) ?? []), { relation, event: id, basis }]);
  }
  return events.map((event) => ({
    ...event,
    linkedFrom: (linkedFrom.get(event.id) ?? []).sort((a, b) =>
      compare(`${a.event} ${a.relation}`, `${b.event} ${b.relation}`),
    ),
  }));
}

/** The version of a dataset, which changes with any of its records, and that of each record. */
export function versionsOf({ dataset }: Dataset, records: CompleteRecords): RecordVersion[] {
  const versions = seedKinds.flatMap((kind) =>
    records[kind].map((record) => ({ kind, id: record.id, contentHash: record.contentHash })),
  );
  // In no order of files: exports have another one.
  const hashes = versions.map((version) => version.contentHash).sort();
  return [{ kind: 'dataset', id: dataset.id, contentHash: contentHash({ ...dataset, hashes }) }, ...versions];
}

/** The hash of a record as JSON with sorted keys: the order in which fields are written does not matter. */
function contentHash(record: object): string {
  return sha256(sorted(record));
}

/** A value as JSON with sorted keys; by hand, since a replacer makes `JSON.stringify` several times slower. */
function sorted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, item]) => `${JSON.stringify(name)}:${sorted(item)}`).join(',')}}`;
}
