import type { Asked } from './asked.ts';
import { worldAsOf } from './asOf.ts';
import { type Dated, sortKeyOf } from './days.ts';
import type { Kind, Records, World } from './export.ts';
import { FILTERS, type Filter, matching } from './filters.ts';
import { byCodePoint, plainName } from './words.ts';

/** A record of any list. */
export type AnyRecord = Records[Kind][number];

const worlds = new WeakMap<World, Map<string | undefined, World>>();

/** A store as of the day that a query names, if any. */
export function worldOf(asked: Asked, world: World): World {
  const day = asked.day('asOf', 'latest');
  const known = worlds.get(world) ?? new Map<string | undefined, World>();
  worlds.set(world, known);
  const found = known.get(day) ?? worldAsOf(world, day);
  known.set(day, found);
  return found;
}

/** The records of a list that match a query, in its order; in no order when it sorts by relevance. */
export function selected(kind: Kind, asked: Asked, world: World): AnyRecord[] {
  const then = worldOf(asked, world);
  const records: readonly AnyRecord[] = then[kind];
  const filters = FILTERS[kind] as Record<string, Filter<AnyRecord>>;
  return ordered(matching(records, filters, asked, then), asked.one('sort') ?? 'id');
}

/** Records in an order: by its key, ties by id, both ways alike. */
function ordered(records: AnyRecord[], sort: string): AnyRecord[] {
  const by = sort.replace('-', '');
  if (by === 'relevance') return records;
  const direction = sort.startsWith('-') ? -1 : 1;
  const keyed = records.map((record) => ({
    record,
    key: KEYS[by as keyof typeof KEYS](record, direction),
  }));
  return keyed
    .sort((a, b) => direction * (byCodePoint(a.key, b.key) || byCodePoint(a.record.id, b.record.id)))
    .map(({ record }) => record);
}

/** What each order sorts by. */
export const KEYS = {
  id: ({ id }: AnyRecord): string => id,
  name: (record: AnyRecord): string => ('name' in record ? plainName(record.name) : ''),
  label: (record: AnyRecord): string => ('label' in record ? record.label : ''),
  date: (record: AnyRecord, direction: 1 | -1): string => {
    const [first] = datesOf(record).sort((a, b) => byCodePoint(sortKeyOf(a, 1), sortKeyOf(b, 1)));
    return first ? sortKeyOf(first, direction) : '';
  },
};

function datesOf(record: AnyRecord): Dated[] {
  if ('date' in record) return [record.date];
  if ('said' in record) return [record.said];
  if ('published' in record) return [record.published];
  if ('positions' in record) return record.positions.map(({ since }) => since);
  return [];
}

interface Facet {
  groups: { value: string; label: string | null; count: number }[];
  truncated: boolean;
}

/** Groups that a facet lists at most. */
const MOST = 50;

/**
 * A facet by its definition: for each value that its parameter takes, how many of the records in `left` would
 * match if it were asked for as well. All groups, most frequent first.
 */
export function facetOf(
  kind: Kind | 'positions' | 'figures',
  left: readonly unknown[],
  name: string,
  words: readonly string[] | undefined,
  asked: Asked,
  world: World,
): Facet['groups'] {
  const filter = (FILTERS[kind] as Record<string, Filter<unknown>>)[name];
  if (!filter) throw new Error(`${kind} are counted by ${name}, which is no filter of theirs`);
  const { refersTo } = filter;
  const values = new Set(
    refersTo ? world[refersTo].map(({ id }) => id) : (words ?? filter.values?.(world) ?? []),
  );
  const then = worldOf(asked, world);
  return [...values]
    .map((value) => {
      const narrowed = asked.and(name, value);
      const record = refersTo && world[refersTo].find(({ id }) => id === value);
      const label = record ? labelOf(record) : null;
      return { value, label, count: left.filter((each) => filter.holds(each, narrowed, then)).length };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || byCodePoint(a.value, b.value));
}

/** What is wrong with a facet; groups of one size may come in any order. */
export function facetFault(given: Facet, expected: Facet['groups']): string | null {
  const sizes = given.groups.map(({ count }) => count);
  if (JSON.stringify(sizes) !== JSON.stringify(expected.slice(0, MOST).map(({ count }) => count)))
    return `its sizes are ${sizes.join()}, not ${expected.map(({ value, count }) => `${value} ${count}`).join()}`;
  if (new Set(given.groups.map(({ value }) => value)).size !== given.groups.length)
    return 'a group comes twice';
  for (const group of given.groups) {
    const same = expected.find(({ value }) => value === group.value);
    if (JSON.stringify(same) !== JSON.stringify(group))
      return `${JSON.stringify(group)} is ${JSON.stringify(same)}`;
  }
  return given.truncated === expected.length > MOST ? null : `truncated is ${given.truncated}`;
}

function labelOf(record: AnyRecord): string | null {
  if ('title' in record) return record.title;
  if ('label' in record) return record.label;
  return 'name' in record ? record.name : null;
}
