import type { Asked } from './asked.ts';
import { daysOf } from './days.ts';
import type { Operation, Parameter } from './document.ts';
import type { Kind, World } from './export.ts';
import { FILTERS, type Filter } from './filters.ts';
import { phrasesOf, plainName, pointsOf } from './words.ts';

// What of a query is wrong, by the document and by what its descriptions say beyond their schemas.

/** Values that one parameter takes at most, over all its groups. */
const MOST_VALUES = 50;
/** Parameters that one request takes at most. */
export const MOST_PARAMETERS = 100;
/** The media types that have all matches. */
export const WHOLE = ['text/csv', 'application/x-ndjson', 'application/geo+json', 'text/calendar'];
/** Characters that a URL has at most. */
export const MOST_CHARACTERS = 8000;

/** What a query comes to. */
export interface Verdict {
  /** The parameters that are wrong, each to be named by the problem. */
  wrong: Set<string>;
  /** Those whose value names a record that is not there. */
  missing: Set<string>;
  /** Those for which the documentation does not say whether they are wrong. */
  open: Set<string>;
}

/** The filters that each operation has. */
export const FILTERED: Record<string, keyof typeof FILTERS> = {
  listEvents: 'events',
  listStatements: 'statements',
  listClaims: 'claims',
  listActors: 'actors',
  listActorPositions: 'positions',
  listFigures: 'figures',
  listTopics: 'topics',
  listSources: 'sources',
  listDatasets: 'datasets',
  search: 'results',
  listChanges: 'changes',
  getGraph: 'events',
  getEvent: 'events',
  getStatement: 'statements',
  getClaim: 'claims',
};

/** The filters of an operation; of the timeline, those of what it counts. */
export function filtersOf(asked: Asked): Record<string, Filter<never>> {
  const name =
    asked.operation.id === 'getTimeline'
      ? (asked.one('of') as Kind | undefined)
      : FILTERED[asked.operation.id];
  return name !== undefined && name in FILTERS ? (FILTERS[name] as Record<string, Filter<never>>) : {};
}

/**
 * Judges a query. `media`: in what the answer comes; undefined where `Accept` decides in a way of its own.
 * `cursors`: those that are known, each with its query.
 */
export function judged(
  asked: Asked,
  world: World,
  media: string | undefined,
  cursors?: ReadonlyMap<string, Asked>,
): Verdict {
  const { operation } = asked;
  const verdict: Verdict = { wrong: new Set(), missing: new Set(), open: new Set() };
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  for (const [name] of asked.pairs) {
    const parameter = query.find((each) => each.name === name);
    if (!parameter) verdict.wrong.add(name);
    else judge(parameter, asked, world, verdict);
  }
  for (const { name, required } of query) if (required && !asked.has(name)) verdict.wrong.add(name);
  together(asked, verdict);
  const origin = cursors?.get(asked.one('cursor') ?? '');
  if (origin && !isSameQuery(asked, origin)) verdict.wrong.add('cursor');
  if (operation.id === 'getTimeline') timeline(asked, verdict);
  if (operation.id === 'listChanges' && verdict.wrong.size === 0) {
    // What is yet to come: from another store, or from this one before it was built anew.
    const newest = Math.max(0, ...world.changes.map(({ sequence }) => sequence));
    if (Number(asked.one('since')) > newest) verdict.wrong.add('since');
  }
  idle(asked, media, verdict);
  return verdict;
}

function judge({ name, schema }: Parameter, asked: Asked, world: World, verdict: Verdict): void {
  const values = asked.pairs.filter(([given]) => given === name).map(([, value]) => value);
  if (schema.type === 'array') {
    const pattern = new RegExp(schema.items?.pattern ?? '', 'u');
    const refersTo = filtersOf(asked)[name]?.refersTo;
    if (!values.every((value) => pattern.test(value)) || asked.groups(name).flat().length > MOST_VALUES) {
      // A value that cannot be an id is looked up like the others, so its error may come after that of the record in the path.
      const isId = refersTo !== undefined && asked.groups(name).flat().length <= MOST_VALUES;
      (isId ? verdict.missing : verdict.wrong).add(name);
      return;
    }
    if (
      refersTo &&
      asked
        .groups(name)
        .flat()
        .some((id) => !world[refersTo].some((record) => record.id === id))
    )
      verdict.missing.add(name);
    return;
  }
  const [value = ''] = values;
  const outcome = values.length > 1 ? false : takes(name, schema, value);
  if (outcome === false) verdict.wrong.add(name);
  if (outcome === undefined) verdict.open.add(name);
}

/** Whether a parameter takes a value; undefined where the documentation does not say. */
function takes(name: string, schema: Parameter['schema'], value: string): boolean | undefined {
  if (schema.enum) return schema.enum.includes(value);
  if (schema.pattern !== undefined) return new RegExp(schema.pattern, 'u').test(value);
  if (schema.type === 'boolean') return ['true', 'false', '1', '0'].includes(value);
  if (schema.type === 'integer') {
    const { minimum = 0, maximum = 0 } = schema;
    return /^\d{1,10}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;
  }
  if (name === 'q')
    return pointsOf(value).length <= (schema.maxLength ?? 0) && phrasesOf(value).all.length > 0;
  if (name === 'name')
    return (
      pointsOf(value.trim()).length <= (schema.maxLength ?? 0) &&
      plainName(value) !== '' &&
      !value.includes('\0')
    );
  if (name === 'from' || name === 'to' || name === 'asOf') {
    if (daysOf(value)) return true;
    // EDTF has forms that the documentation does not mention: seasons, and a wholly unspecified year.
    return /^\d{4}-(2[1-9]|3[0-2])[~?%]?$|^XXXX/.test(value) ? undefined : false;
  }
  // Only a cursor of this very query is one.
  return name === 'cursor' ? undefined : true;
}

/** What goes only with something else. */
function together(asked: Asked, { wrong }: Verdict): void {
  const { operation } = asked;
  const has = (name: string): boolean =>
    asked.has(name) && operation.parameters.some((each) => each.name === name);
  if (has('role') && !has('actor')) wrong.add('role');
  if (asked.one('sort') === 'relevance' && !has('q')) wrong.add('sort');
  const [from, to] = [asked.day('from', 'earliest'), asked.day('to', 'latest')];
  if (from !== undefined && to !== undefined && from > to) wrong.add('from');
}

function timeline(asked: Asked, { wrong }: Verdict): void {
  const own = filtersOf(asked);
  for (const [name] of asked.pairs) {
    const isFilter = name in FILTERS.events || name in FILTERS.statements;
    if (isFilter && !(name in own)) wrong.add(name);
  }
  const by = asked.one('by');
  if (asked.one('of') === 'statements' && ['type', 'status', 'country'].includes(by ?? '')) wrong.add('by');
}

/** What would be ignored in the format of the answer. */
function idle(asked: Asked, media: string | undefined, { wrong, open }: Verdict): void {
  const table = [
    ['limit', WHOLE, false],
    ['cursor', WHOLE, false],
    ['bom', ['text/csv'], true],
    ['facets', ['application/json'], true],
    ['fields', ['application/json', 'text/csv', 'application/x-ndjson'], true],
  ] as const;
  if (!isList(asked.operation)) return;
  for (const [name, medias, goes] of table) {
    if (!asked.has(name)) continue;
    if (media === undefined) open.add(name);
    else if ((medias as readonly string[]).includes(media) !== goes) wrong.add(name);
  }
}

function isList({ parameters }: Operation): boolean {
  return parameters.some(({ name }) => name === 'fields');
}

/** What a page may have otherwise than the page before. */
const OF_PAGES = ['limit', 'cursor', 'count', 'fields', 'facets', 'format', 'bom'];

function isSameQuery(asked: Asked, other: Asked): boolean {
  if (asked.operation !== other.operation) return false;
  return asked.operation.parameters
    .filter(({ name }) => !OF_PAGES.includes(name))
    .every(({ name, schema }) => {
      if (name === 'q') return JSON.stringify(wanted(asked)) === JSON.stringify(wanted(other));
      if (schema.type === 'array') return asked.groups(name).join('&') === other.groups(name).join('&');
      return asked.one(name) === other.one(name);
    });
}

const wanted = (asked: Asked): unknown => phrasesOf(asked.one('q') ?? '');
