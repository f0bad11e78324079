import { Asked } from './asked.ts';
import { type Operation, type Parameter, wordsOf } from './document.ts';
import { searchable, sideOf } from './expected.ts';
import type { Source, World } from './export.ts';
import type { Filter, Found } from './filters.ts';
import { FILTERED, filtersOf } from './verdict.ts';
import { phrasesOf, plainName, pointsOf, withoutAccents } from './words.ts';

// Values of parameters, picked by number out of what the document and the records have.

/** The record around which a request is drawn, so that its filters together match something. */
export type Witness = { id: string; holder?: string };

/** One of the records that an operation is about; none where it is about none. */
export function witnessOf({ id }: Operation, world: World, index: number): Witness | undefined {
  if (id === 'search') return at(documentsOf(world), index);
  if (id === 'listActorPositions') {
    const claim = at(world.claims, index);
    const position = at(claim.positions, index >> 4);
    return { id: claim.id, holder: position.actor.id, ...sideOf(claim, position) };
  }
  const list = id === 'getTimeline' ? countedFor(index) : FILTERED[id];
  if (
    list === undefined ||
    list === 'positions' ||
    list === 'figures' ||
    list === 'results' ||
    list === 'changes'
  )
    return undefined;
  const records: readonly Witness[] = world[list];
  return at(records, index >> 1);
}

/** What a timeline counts, so that its filters are those of its witness. */
export function countedFor(index: number): 'events' | 'statements' {
  return index % 2 ? 'events' : 'statements';
}

/** One of a list, by any number. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('there is nothing to draw from');
  return found;
}

/** The values of a parameter, one for each time that it is given. */
export function valuesOf(
  parameter: Parameter,
  asked: Asked,
  world: World,
  record: Witness | undefined,
  given: readonly number[],
  some: readonly number[][],
): string[] {
  const { name, schema } = parameter;
  if (schema.type === 'array') {
    const filter = filtersOf(asked)[name];
    const values = wordsOf(schema.items?.pattern) ?? filter?.values?.(world) ?? [];
    if (values.length === 0) return [];
    const own = held(asked, name, filter, values, world, record);
    return some.map((group) =>
      group.map((index) => (index % 4 && own.length > 0 ? at(own, index >> 2) : at(values, index))).join(),
    );
  }
  const words = wordsOf(schema.pattern);
  if (words)
    return [[...new Set(given.slice(0, 1 + ((given[7] ?? 0) % 4)).map((index) => at(words, index)))].join()];
  if (schema.enum) return [at(schema.enum, given[0] ?? 0)];
  if (schema.type === 'boolean') return [at(['true', 'false', '1', '0'], given[0] ?? 0)];
  if (schema.type === 'integer') {
    const { minimum = 0, maximum = 0 } = schema;
    const most = name === 'since' ? world.changes.length : maximum;
    return [String(minimum + ((given[0] ?? 0) % ((given[1] ?? 0) % 3 ? Math.min(9, most) : most)))];
  }
  if (name === 'q') return [textQuery(world, record, given)];
  if (name === 'name') return [partOfName(world, given)];
  return [dateOf(name, world, record, given)];
}

/** The values of a parameter that one record has. */
function held(
  asked: Asked,
  name: string,
  filter: Filter<never> | undefined,
  values: readonly string[],
  world: World,
  record: Witness | undefined,
): string[] {
  if (!filter || !record) return [];
  return values.filter((value) =>
    filter.holds(record as never, new Asked(asked.operation, [[name, value]]), world),
  );
}

/** A day, month, year or less exact date on or beside one that the records have; mostly the one around which all is drawn. */
function dateOf(
  name: string,
  world: World,
  record: Witness | undefined,
  [which = 0, style = 0, sign = 0, step = 0]: readonly number[],
): string {
  const own = record && which % 4 ? [record] : [...world.events, ...world.statements, ...world.claims];
  const dates = daysIn(name === 'asOf' ? sourcesOf(own, world) : own);
  const all = dates.length > 0 ? dates : daysIn(world.sources);
  const near = new Date(Date.parse(`${at(all, which >> 2)}T00:00:00Z`) + (STEPS[step % STEPS.length] ?? 0));
  const day = /^\d{4}-/.test(near.toISOString()) ? near.toISOString().slice(0, 10) : at(all, which);
  const [year = '', month = ''] = day.split('-');
  const forms = [day, `${year}-${month}`, year, `${year}-${month}-XX`, `${year}-XX`, `${year.slice(0, 3)}X`];
  const form = at(forms, style);
  return form.includes('X') ? form : form + at(['', '', '', '~', '?', '%'], sign);
}

const DAY = 86_400_000;
const STEPS = [0, 0, -DAY, DAY, -400 * DAY, 400 * DAY];

const documents = new WeakMap<World, Found[]>();

function documentsOf(world: World): Found[] {
  const found = documents.get(world) ?? searchable(world);
  documents.set(world, found);
  return found;
}

const known = new WeakMap<object, string>();

/** Some records as a text, in which things are looked for. */
function textOf(records: object): string {
  const text = known.get(records) ?? JSON.stringify(records);
  known.set(records, text);
  return text;
}

/** Every first and last day of any date in some records. */
function daysIn(records: readonly object[]): string[] {
  return records.flatMap((each) =>
    [...textOf(each).matchAll(/"(?:earliest|latest)":"(?<day>[^"]+)"/g)].map(
      (match) => match.groups?.day ?? '',
    ),
  );
}

/** The sources that some records are cited from. */
function sourcesOf(records: readonly object[], { sources }: World): Source[] {
  return sources.filter(({ id }) => records.some((each) => textOf(each).includes(`"source":{"id":"${id}"`)));
}

/** Words, beginnings of words and phrases out of the texts of a record; mostly of the one around which all is drawn. */
function textQuery(
  world: World,
  record: Witness | undefined,
  [which = 0, ...rest]: readonly number[],
): string {
  const all = documentsOf(world);
  const own = which % 4 ? all.find(({ id }) => id === record?.id) : undefined;
  const { texts } = own ?? at(all, which >> 2);
  const words = at(texts, rest[0] ?? 0)
    .split(/\s+/)
    .filter((word) => word !== '');
  const parts = rest.slice(1, 2 + ((rest[6] ?? 0) % 3)).map((index) => {
    const start = index % words.length;
    const word = words[start] ?? '';
    const forms = [
      word,
      word.toUpperCase(),
      withoutAccents(word),
      `${pointsOf(word)
        .slice(0, 1 + (index % 5))
        .join('')}*`,
      `"${words
        .slice(start, start + 2 + (index % 3))
        .join(' ')
        .replaceAll('"', '')}"`,
      `(${word.toLowerCase()}) - `,
      `“${word}”`,
      `${word}s OR ${at(words, index)}`,
      `${word} -${at(words, index >> 2)}`,
    ];
    return at(forms, index >> 3);
  });
  const query = parts.join(' ');
  return phrasesOf(query).all.length > 0 && pointsOf(query).length <= 200 ? query : 'embargo';
}

function partOfName(world: World, [which = 0, style = 0, from = 0, length = 0]: readonly number[]): string {
  const { name, aliases } = at(world.actors, which);
  const letters = pointsOf(at([name, ...aliases.map((alias) => alias.name)], style));
  const start = from % letters.length;
  const part = letters.slice(start, start + 1 + (length % 9)).join('');
  const wanted = style % 3 ? part : part.toUpperCase();
  return plainName(wanted) === '' ? name : wanted;
}
