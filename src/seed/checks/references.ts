import { closest } from '../../domain/spelling.ts';
import { valuePerWord } from '../../domain/vocabularies.ts';
import { articlesOf, type Dataset, flatMapRecords, type SeedRecord } from '../files/dataset.ts';
import { type SeedKind, type SeedRetired, seedKinds } from '../files/format.ts';
import { fieldName, type Mistake } from '../files/mistakes.ts';
import type { Fault, Reference } from '../kinds/definition.ts';
import { citationsOf, kinds, referencesOf } from '../kinds.ts';

/** All ids to which the records of a dataset may refer. */
type KnownIds = Record<SeedKind, ReadonlySet<string>>;

/** The datasets of records of others, by kind and id. */
type Others = Partial<Record<SeedKind, ReadonlyMap<string, string>>>;

/** A fault and the record that has it. */
type Found = Fault & { record: object };

/**
 * Every reference of a dataset to a record that does not exist, every id used twice, every circle,
 * and every citation that lies outside its source; `others` has other datasets by the ids of their records,
 * to which it may refer where they are shared. Empty when there is none.
 */
export function checkReferences(data: Dataset, others: Others = {}): Mistake[] {
  const known = valuePerWord<KnownIds>(
    seedKinds,
    (kind) =>
      new Set([
        ...data.records[kind].map(({ id }) => id),
        ...(kinds[kind].shared ? (others[kind]?.keys() ?? []) : []),
      ]),
  );
  const defined = valuePerWord<KnownIds>(
    seedKinds,
    (kind) => new Set(data.records[kind].map(({ id }) => id)),
  );
  const lengths = new Map(articlesOf(data).map((source) => [source.id, source.text.length]));
  const found: Found[] = [
    ...seedKinds.flatMap((kind) => [...idsInUse(data.records[kind]), ...circles(kind, data.records[kind])]),
    ...circularLinks(data.records.event),
    ...flatMapRecords(data.records, (kind, record) => {
      const references = referencesOf(kind, record);
      return [
        ...references.flatMap((reference) => unresolved(reference, known)),
        ...listedTwice(references),
        ...beyondEnd(kind, record, lengths),
        ...(kinds[kind].faults?.(record) ?? []),
      ].map((fault) => ({ ...fault, record }));
    }),
    ...retiredIds(data.retired, known, defined),
  ];
  return found.map(({ record, path, message }) => ({
    ...data.locate(record, path),
    message: path.length > 0 ? `${fieldName(path)}: ${message}` : message,
  }));
}

/** The items whose key an earlier item has. */
function repeated<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const keys = new Set<string>();
  return items.filter((item) => {
    const isNew = !keys.has(keyOf(item));
    keys.add(keyOf(item));
    return !isNew;
  });
}

/** Records with the id of an earlier one. */
function idsInUse(records: readonly { id: string }[]): Found[] {
  return repeated(records, ({ id }) => id).map((record) => ({
    record,
    path: ['id'],
    message: `the id "${record.id}" is already in use: choose another`,
  }));
}

/** Records that are above themselves, at any remove. */
function circles<K extends SeedKind>(kind: K, records: readonly SeedRecord[K][]): Found[] {
  const { above } = kinds[kind];
  if (!above) return [];
  const byId = new Map(records.map((record) => [record.id, record]));
  const isCircular = (record: SeedRecord[K]): boolean => {
    const seen = new Set<string>();
    for (let at: SeedRecord[K] | undefined = record; at; at = byId.get(above.of(at) ?? '')) {
      if (seen.has(at.id)) return at.id === record.id;
      seen.add(at.id);
    }
    return false;
  };
  return records.filter(isCircular).map((record) => ({
    record,
    path: [above.field],
    message: 'leads back to itself: remove one link of the circle',
  }));
}

/** Links by which an event leads back to itself, by one relation at any remove. */
function circularLinks(events: readonly SeedRecord['event'][]): Found[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  return events.flatMap((record) =>
    record.links.flatMap(({ relation, event: other }, index) => {
      const seen = new Set<string>();
      const queue = [other];
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        if (next === record.id)
          return [
            {
              record,
              path: ['links', index],
              message: `${relation} leads back to itself: remove one link of the circle`,
            },
          ];
        if (seen.has(next)) continue;
        seen.add(next);
        const links = byId.get(next)?.links ?? [];
        queue.push(...links.filter((link) => link.relation === relation).map((link) => link.event));
      }
      return [];
    }),
  );
}

/** The fault of a reference to a record that does not exist. */
function unresolved({ kind, id, path }: Reference, known: KnownIds): Fault[] {
  if (known[kind].has(id)) return [];
  // Only a citation or an alias that names no source, in a file that names none either, has an empty id.
  if (id === '')
    return [{ path, message: 'names no source, and the file has no `source:` either: add one of them' }];
  const meant = closest(id, [...known[kind]]);
  return [{ path, message: `there is no ${kind} "${id}"${meant ? ` (did you mean ${meant}?)` : ''}` }];
}

/** Ids that a list of ids has twice. */
function listedTwice(references: readonly Reference[]): Fault[] {
  // Only the path of an item of a list ends with an index.
  const items = references.filter(({ path }) => typeof path.at(-1) === 'number');
  return repeated(items, ({ id, path }) => `${fieldName(path.slice(0, -1))} ${id}`).map(({ id, path }) => ({
    path,
    message: `"${id}" is listed twice`,
  }));
}

/** Citations of passages beyond the end of their source. */
function beyondEnd<K extends SeedKind>(
  kind: K,
  record: SeedRecord[K],
  lengths: ReadonlyMap<string, number>,
): Fault[] {
  return citationsOf(kind, record).flatMap(({ citation: { source, end }, path }) => {
    const length = lengths.get(source);
    if (length === undefined || end === undefined || end <= length) return [];
    const message = `lies beyond the end of ${source}, which has ${length} code points`;
    return [{ path: [...path, 'end'], message }];
  });
}

/** Retired ids that are listed twice or still in use, or are merged into a record that does not exist. */
function retiredIds(retired: readonly SeedRetired[], known: KnownIds, defined: KnownIds): Found[] {
  const again = new Set(repeated(retired, ({ kind, id }) => `${kind} ${id}`));
  return retired.flatMap((record) => {
    const { kind, id, mergedInto } = record;
    const faults: Fault[] =
      mergedInto === undefined ? [] : unresolved({ kind, id: mergedInto, path: ['mergedInto'] }, known);
    if (defined[kind].has(id)) {
      faults.push({ path: ['id'], message: `the ${kind} "${id}" is still defined: remove one of the two` });
    }
    if (again.has(record)) faults.push({ path: ['id'], message: `the ${kind} "${id}" is listed twice` });
    return faults.map((fault) => ({ ...fault, record }));
  });
}
