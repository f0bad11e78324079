import type { SeedRecord, SeedRecords } from '../files/dataset.ts';
import { kinds } from '../kinds.ts';

/** The kinds of record that are hierarchies, which are those that datasets share. */
export type SharedKind = 'topic' | 'actor';

/** What another dataset of the store has, in place of what the files say. */
export interface Deferred {
  kind: SharedKind;
  id: string;
  /** The dataset whose definition counts; null where the record would be above itself. */
  to: string | null;
}

/** What a store has of the hierarchies: the other dataset that defines a record, by its id, and the id of the record above each. */
export type StoredHierarchies = Record<
  SharedKind,
  { owners: ReadonlyMap<string, string>; above: ReadonlyMap<string, string> }
>;

/**
 * The records of a dataset as they can be beside those of others. What another dataset already defines, of the kinds that are shared, is
 * left out: references lead to the stored record. A record that would be above itself by way of stored ones has nothing above it.
 */
export function besideOthers(
  records: SeedRecords,
  stored: StoredHierarchies,
): { records: SeedRecords; deferred: Deferred[] } {
  const deferred: Deferred[] = [];
  const beside = <K extends SharedKind>(
    kind: K,
    all: readonly SeedRecord[K][],
    parted: (record: SeedRecord[K]) => SeedRecord[K],
  ): SeedRecord[K][] => {
    const { owners, above } = stored[kind];
    const own = all.filter(({ id }) => !owners.has(id));
    const circular = new Set(circlesThrough(kind, own, above));
    for (const { id } of all) {
      const to = owners.get(id);
      if (to !== undefined) deferred.push({ kind, id, to });
      if (circular.has(id)) deferred.push({ kind, id, to: null });
    }
    return own.map((record) => (circular.has(record.id) ? parted(record) : record));
  };
  const topic = beside('topic', records.topic, (record) => ({ ...record, broader: undefined }));
  const actor = beside('actor', records.actor, (record) => ({ ...record, parent: undefined }));
  return { records: { ...records, topic, actor }, deferred };
}

/** The ids of records that lead back to themselves, once those are taken away that come before them in the result. */
function circlesThrough<K extends SharedKind>(
  kind: K,
  records: readonly SeedRecord[K][],
  stored: ReadonlyMap<string, string>,
): string[] {
  const aboveOf = kinds[kind].above?.of ?? (() => undefined);
  const above = new Map<string, string | undefined>([
    ...stored,
    ...records.map((record) => [record.id, aboveOf(record)] as const),
  ]);
  return records
    .filter(({ id }) => {
      const seen = new Set<string>();
      for (let at = above.get(id); at !== undefined && !seen.has(at); at = above.get(at)) {
        if (at === id) {
          above.delete(id);
          return true;
        }
        seen.add(at);
      }
      return false;
    })
    .map(({ id }) => id);
}

/** What was left to other datasets, a line for each; empty when nothing was. */
export function describeDeferred(deferred: readonly Deferred[]): string[] {
  const lists = new Map<string | null, string[]>();
  for (const { kind, id, to } of deferred) lists.set(to, [...(lists.get(to) ?? []), `${kind} ${id}`]);
  return [...lists].map(([to, names]) =>
    to === null
      ? `nothing is above ${listed(names)}, which would be above itself by what other datasets define`
      : `dataset ${to} already defines ${listed(names)}: its definitions count, those of the files do not`,
  );
}

const LISTED = 10;

function listed(names: readonly string[]): string {
  const rest = names.length - LISTED;
  return rest > 1 ? `${names.slice(0, LISTED).join(', ')} and ${rest} others` : names.join(', ');
}
