import { isDeepStrictEqual } from 'node:util';
import type { Asked } from './asked.ts';
import { sortKeyOf } from './days.ts';
import type { ActorPosition, Change, Claim, Kind, World } from './export.ts';
import { citedTexts, FILTERS, type Found, inARow, type Measured, matching } from './filters.ts';
import { type AnyRecord, selected, worldOf } from './selection.ts';

/** All items that a query must list, on however many pages. */
export interface Listing {
  items: unknown[];
  /** Whether they are in the order in which they must come. */
  ordered: boolean;
  /** By what an item is known where their order is free. */
  key: (item: unknown) => string;
  /** What must not fall from one item to the next. */
  rank?: (item: unknown) => string | number;
  /** Whether an item is as it must be; else the same in every value. */
  isSame?: (given: unknown, expected: unknown) => boolean;
}

const idOf = (item: unknown): string => (item as { id: string }).id;

/** What a query of an operation must list; undefined where it lists nothing. */
export function listingOf(
  asked: Asked,
  path: Readonly<Record<string, string>>,
  world: World,
): Listing | undefined {
  const make = LISTINGS[asked.operation.id];
  return make?.(asked, world, path);
}

type Make = (asked: Asked, world: World, path: Readonly<Record<string, string>>) => Listing;

const records =
  (kind: Kind): Make =>
  (asked, world) => ({
    items: selected(kind, asked, world),
    ordered: asked.one('sort') !== 'relevance',
    key: idOf,
  });

/** What each operation that lists something lists. */
export const LISTINGS: Record<string, Make> = {
  listEvents: records('events'),
  listStatements: records('statements'),
  listClaims: records('claims'),
  listActors: records('actors'),
  listTopics: records('topics'),
  listSources: records('sources'),
  listDatasets: records('datasets'),
  listActorPositions: positions,
  listFigures: figures,
  listVocabularies: (_asked, world) => ({
    items: world.vocabularies.map(({ name, description, terms }) => ({
      name,
      description,
      count: terms.length,
    })),
    ordered: true,
    key: (item) => (item as { name: string }).name,
  }),
  search: results,
  listChanges: (asked, world) => ({
    items: matching<Change>(world.changes, FILTERS.changes, asked, world),
    ordered: true,
    key: (item) => String((item as Change).sequence),
  }),
};

/** The kind of records that an operation lists, or gets one of. */
export const KINDS: Record<string, Kind> = {
  listEvents: 'events',
  listStatements: 'statements',
  listClaims: 'claims',
  listActors: 'actors',
  listTopics: 'topics',
  listSources: 'sources',
  listDatasets: 'datasets',
  getEvent: 'events',
  getStatement: 'statements',
  getClaim: 'claims',
  getActor: 'actors',
  getTopic: 'topics',
  getSource: 'sources',
  getDataset: 'datasets',
  listActorPositions: 'actors',
};

/** The sides that one actor takes itself, by their days; those of one day in any order. */
function positions(asked: Asked, world: World, path: Readonly<Record<string, string>>): Listing {
  const then = worldOf(asked, world);
  const taken = then.claims.flatMap((claim) =>
    claim.positions
      .filter(({ actor }) =>
        asked.one('actorScope') === 'bodies'
          ? world.upwards('actors', actor.id).includes(path.id ?? '')
          : actor.id === path.id,
      )
      .map((position) => sideOf(claim, position)),
  );
  const sign = asked.one('sort') === '-date' ? -1 : 1;
  const rank = (item: unknown): string | number =>
    // Newest first, the keys fall: as numbers they rise.
    sign === 1
      ? sortKeyOf((item as ActorPosition).since, 1)
      : -Number(
          sortKeyOf((item as ActorPosition).since, -1)
            .replaceAll(/\D/g, '')
            .padEnd(10, '0'),
        );
  const isDated = asked.names('fields')?.includes('since') ?? true;
  return {
    items: matching(taken, FILTERS.positions, asked, then).sort((a, b) =>
      rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b)),
    ),
    ordered: false,
    key: (item) => JSON.stringify(item),
    ...(isDated ? { rank } : {}),
  };
}

const owners = new WeakMap<object, Measured>();

/** An item of a list as the filters of the list know it: a figure with its record. */
export function asFiltered(item: unknown): unknown {
  return owners.get(item as object) ?? item;
}

/** The figures of events and claims, by their days; those of one day in any order. */
function figures(asked: Asked, world: World): Listing {
  const then = worldOf(asked, world);
  const all: Measured[] = [
    ...then.events.flatMap((event) =>
      event.figures.map((figure) => ({
        event,
        figure: { ...figure, event: { id: event.id, title: event.title }, claim: null, date: event.date },
      })),
    ),
    ...then.claims.flatMap((claim) =>
      claim.figures.map((figure) => ({
        claim,
        figure: {
          ...figure,
          event: null,
          claim: { id: claim.id, proposition: claim.proposition },
          date: null,
        },
      })),
    ),
  ];
  for (const each of all) owners.set(each.figure, each);
  const found = matching(all, FILTERS.figures, asked, then);
  return { items: found.map(({ figure }) => figure), ordered: false, key: (item) => JSON.stringify(item) };
}

/** A position on a claim, as its actor's list has it. */
export function sideOf(
  { id, proposition, topics }: Claim,
  { actor, stance, since, statement, citations }: Claim['positions'][number],
): ActorPosition {
  return { actor, claim: { id, proposition }, stance, since, statement, topics, citations };
}

/** Every record in which all of the words are. */
function results(asked: Asked, world: World): Listing {
  const found = matching<Found>(searchable(world), FILTERS.results, asked, world);
  return {
    items: found,
    ordered: false,
    key: (item) => `${(item as Found).kind}/${idOf(item)}`,
    rank: (item) => -((item as { score?: number }).score ?? 0),
    isSame: (given, expected) =>
      (given as Found).title === (expected as Found).title.replace(/\p{Cc}+/gu, ' ') &&
      /<mark>.*<\/mark>/s.test((given as { snippet: string }).snippet),
  };
}

/** The texts by which a record of each kind is found. */
export function searchable(world: World): Found[] {
  return [
    ...world.events.map(({ id, title, summary, place, citations }) => ({
      kind: 'event',
      id,
      title,
      texts: [title, inARow(summary, place?.name), ...citedTexts(citations)],
    })),
    ...world.statements.map(({ id, gist, citations }) => ({
      kind: 'statement',
      id,
      title: gist,
      texts: [gist, ...citedTexts(citations)],
    })),
    ...world.claims.map(({ id, proposition, positions }) => ({
      kind: 'claim',
      id,
      title: proposition,
      texts: [proposition, ...positions.flatMap(({ citations }) => citedTexts(citations))],
    })),
    ...world.actors.map(({ id, name, description, aliases }) => ({
      kind: 'actor',
      id,
      title: name,
      texts: [name, inARow(description, ...aliases.map((alias) => alias.name))],
    })),
    ...world.topics.map(({ id, label, description }) => ({
      kind: 'topic',
      id,
      title: label,
      texts: [label, description],
    })),
    ...world.sources.map(({ id, title }) => ({ kind: 'source', id, title, texts: [title] })),
  ];
}

/** A record with only some of its fields. */
export function trimmedTo(item: unknown, fields: readonly string[] | undefined): unknown {
  if (!fields) return item;
  return Object.fromEntries(Object.entries(item as AnyRecord).filter(([name]) => fields.includes(name)));
}

/**
 * What is wrong with the items of an answer, compared with as many from the start of the expected list; null if nothing is.
 * `fields`: all that they were to have.
 */
export function listingFault(
  given: readonly unknown[],
  { items, ordered, key, rank, isSame }: Listing,
  most: number,
  fields?: readonly string[],
): string | null {
  const length = Math.min(most, items.length);
  if (given.length !== length) {
    const keys = fields ? '' : `: ${given.map(key).join()} for ${items.map(key).join()}`;
    return `${given.length} items instead of ${length}${keys}`;
  }
  const ranks = rank ? given.map(rank) : [];
  if (ranks.some((value, index) => index > 0 && value < (ranks[index - 1] ?? value))) return 'out of order';
  const known = new Map(items.map((item) => [key(item), item]));
  const seen = new Set<unknown>();
  for (const [index, item] of given.entries()) {
    // Trimmed records out of order are known by their id, or not at all.
    const expected = ordered ? items[index] : known.get(key(item));
    if (!ordered && fields && !fields.includes('id')) continue;
    if (expected === undefined) return `${key(item)} is not to be there`;
    // The same side may be taken twice.
    if (seen.has(expected) && rank === undefined) return `${key(item)} comes twice`;
    seen.add(expected);
    const same = isSame ? isSame(item, expected) : isDeepStrictEqual(item, trimmedTo(expected, fields));
    if (!same) return `${JSON.stringify(item)} instead of ${JSON.stringify(trimmedTo(expected, fields))}`;
  }
  return null;
}
