import type { Asked } from './asked.ts';
import { type Dated, liesIn } from './days.ts';
import type {
  Actor,
  ActorPosition,
  Change,
  Claim,
  Event,
  ListedFigure,
  Records,
  Source,
  Statement,
  Topic,
  World,
} from './export.ts';
import { hasPhrases, phrasesOf, plainName } from './words.ts';

// What each filter means, by the README and the descriptions of the parameters: plain loops over the
// records as they were exported. One row for each parameter of each list; `asOf` is in `asOf.ts`.

/** A record as full text knows it. */
export interface Found {
  kind: string;
  id: string;
  title: string;
  texts: string[];
}

export interface Filter<T> {
  /** Whether a record has what the parameter asks for. */
  holds: (record: T, asked: Asked, world: World) => boolean;
  /** The values that a request can be drawn from, where the document does not list them. */
  values?: (world: World) => readonly string[];
  /** The records whose ids it takes. */
  refersTo?: keyof Records;
}

type Has<T> = (record: T, value: string, asked: Asked, world: World) => boolean;

/** Every group must match, by any of its values. */
function groups<T>(name: string, has: Has<T>): Filter<T> {
  return {
    holds: (record, asked, world) =>
      asked.groups(name).every((group) => group.some((value) => has(record, value, asked, world))),
  };
}

function references<T>(name: string, refersTo: keyof Records, has: Has<T>): Filter<T> {
  return {
    ...groups(name, has),
    refersTo,
    values: (world) => world[refersTo].map(({ id }) => id),
  };
}

/** Read by the filters beside it, or by `asOf.ts`; alone it matches all records. */
const modifier: Filter<unknown> = { holds: () => true };

const scoped = (asked: Asked, world: World, id: string | undefined, above: string): boolean =>
  id !== undefined &&
  (asked.one('actorScope') === 'direct' ? id === above : world.upwards('actors', id).includes(above));

const onTopic = <T extends { topics: { id: string }[] }>() =>
  references<T>('topic', 'topics', (record, value, _asked, world) =>
    record.topics.some(({ id }) => world.upwards('topics', id).includes(value)),
  );

type Cited = { citations: { source: { id: string } }[] };

const fromSource = <T>(citations: (record: T) => Cited['citations']) =>
  references<T>('source', 'sources', (record, value) =>
    citations(record).some(({ source }) => source.id === value),
  );

const fromPublisher = <T>(citations: (record: T) => Cited['citations']): Filter<T> => ({
  ...references<T>('publisher', 'actors', (record, value, _asked, world) =>
    citations(record).some(({ source }) => world.source(source.id).publisher?.id === value),
  ),
  values: (world) => world.sources.flatMap(({ publisher }) => (publisher ? [publisher.id] : [])),
});

const ofDataset = <T extends { dataset: { id: string } }>() =>
  references<T>('dataset', 'datasets', (record, value) => record.dataset.id === value);

/** One of a record's dates must lie to the window as a whole. */
function dated<T>(dates: (record: T) => Dated[]): Record<'from' | 'to' | 'dateMatch', Filter<T>> {
  const window: Filter<T> = {
    holds: (record, asked) =>
      dates(record).some((date) =>
        liesIn(date, asked.day('from', 'earliest'), asked.day('to', 'latest'), asked.one('dateMatch')),
      ),
  };
  return { from: window, to: window, dateMatch: modifier };
}

/** What is searched beside a title is one text: a phrase may reach from a part of it into the next. */
export function inARow(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** The phrases of some citations, and their passages where these are known: searched too, but not as of a day. */
export function citedTexts(
  citations: readonly { phrase: string | null; passage: string | null }[],
): string[] {
  return citations
    .flatMap(({ phrase, passage }) => [phrase ?? '', passage ?? ''])
    .filter((text) => text !== '');
}

const worded = <T>(
  texts: (record: T) => string[],
  cited: (record: T) => Parameters<typeof citedTexts>[0] = () => [],
): Filter<T> => ({
  holds: (record, asked) =>
    hasPhrases(
      [...texts(record), ...(asked.has('asOf') ? [] : citedTexts(cited(record)))],
      phrasesOf(asked.one('q') ?? ''),
    ),
});

const ownCitations = <T extends Cited>({ citations }: T): Cited['citations'] => citations;
const positionCitations = ({ positions }: Claim): Cited['citations'] => positions.flatMap(ownCitations);

/** Of each group of events there is a link to one, of each group of kinds of link. */
const linked: Filter<Event>['holds'] = ({ links }, asked) =>
  (asked.has('linkedTo') ? asked.groups('linkedTo') : [undefined]).every((others) =>
    (asked.has('relation') ? asked.groups('relation') : [undefined]).every((kinds) =>
      links.some(
        ({ relation, event }) => (others?.includes(event.id) ?? true) && (kinds?.includes(relation) ?? true),
      ),
    ),
  );

const measured = <T extends { figures: { measure: string }[] }>() =>
  groups<T>('measure', ({ figures }, value) => figures.some(({ measure }) => measure === value));

const EVENTS: Record<string, Filter<Event>> = {
  q: worded(
    ({ title, summary, place }) => [title, inARow(summary, place?.name)],
    ({ citations }) => citations,
  ),
  // Of each group, one takes part, in a role of each group of roles.
  actor: {
    ...references<Event>('actor', 'actors', () => false),
    holds: ({ participants }, asked, world) =>
      asked
        .groups('actor')
        .every((group) =>
          (asked.has('role') ? asked.groups('role') : [undefined]).every((roles) =>
            participants.some(
              ({ actor, role, onBehalfOf }) =>
                (roles === undefined || roles.includes(role)) &&
                group.some(
                  (value) =>
                    scoped(asked, world, actor.id, value) ||
                    (asked.one('actorScope') === 'bodies' && scoped(asked, world, onBehalfOf?.id, value)),
                ),
            ),
          ),
        ),
  },
  actorScope: modifier,
  role: modifier,
  topic: onTopic(),
  source: fromSource(ownCitations),
  publisher: fromPublisher(ownCitations),
  dataset: ofDataset(),
  type: groups('type', ({ type }, value) => type === value),
  mode: groups('mode', ({ mode }, value) => mode === value),
  status: groups('status', ({ status }, value) => status === value),
  country: {
    ...groups('country', ({ place }, value) => place?.country === value),
    values: ({ events }) => events.flatMap(({ place }) => place?.country ?? []),
  },
  disputed: {
    holds: ({ citations }, asked) =>
      citations.some(({ reports }) => reports !== null) === asked.flag('disputed'),
  },
  linkedTo: { ...references<Event>('linkedTo', 'events', () => false), holds: linked },
  relation: { holds: linked },
  measure: measured(),
  ...dated(({ date }) => [date]),
  asOf: modifier,
};

const STATEMENTS: Record<string, Filter<Statement>> = {
  q: worded(
    ({ gist }) => [gist],
    ({ citations }) => citations,
  ),
  actor: references(
    'actor',
    'actors',
    ({ speaker, onBehalfOf }, value, asked, world) =>
      scoped(asked, world, speaker.id, value) ||
      (asked.one('actorScope') === 'bodies' && scoped(asked, world, onBehalfOf?.id, value)),
  ),
  actorScope: modifier,
  about: references('about', 'actors', ({ about }, value, asked, world) =>
    about.some(({ id }) => scoped(asked, world, id, value)),
  ),
  topic: onTopic(),
  source: fromSource(ownCitations),
  publisher: fromPublisher(ownCitations),
  dataset: ofDataset(),
  form: groups('form', ({ form }, value) => form === value),
  medium: groups('medium', ({ medium }, value) => medium === value),
  occasion: references('occasion', 'events', ({ occasion }, value) => occasion?.id === value),
  ...dated(({ said }) => [said]),
  asOf: modifier,
};

/** Of each group of actors (of anybody, where none is asked for), one takes a stance of each group of stances. */
const takesSides: Filter<Claim>['holds'] = ({ positions }, asked, world) =>
  (asked.has('actor') ? asked.groups('actor') : [undefined]).every((group) =>
    (asked.has('stance') ? asked.groups('stance') : [undefined]).every((stances) =>
      positions.some(({ actor, stance, statement }) => {
        const behalf = world.statements.find(({ id }) => id === statement?.id)?.onBehalfOf;
        return (
          (stances === undefined || stances.includes(stance)) &&
          (group === undefined ||
            group.some(
              (value) =>
                scoped(asked, world, actor.id, value) ||
                (asked.one('actorScope') === 'bodies' && scoped(asked, world, behalf?.id, value)),
            ))
        );
      }),
    ),
  );

/** The citations by which a claim is shown; where only disputed claims are asked for, those of claims against it, too. */
function accountsOf(claim: Claim, asked: Asked, world: World): Cited['citations'] {
  const disputed =
    asked.has('standing') &&
    asked.groups('standing').some((words) => words.every((word) => word === 'disputed'));
  const others = disputed
    ? world.claims.filter(({ id }) => claim.contradicts.some((other) => other.id === id))
    : [];
  return [claim, ...others].flatMap(positionCitations);
}

const CLAIMS: Record<string, Filter<Claim>> = {
  q: worded(
    ({ proposition }) => [proposition],
    ({ positions }) => positions.flatMap(({ citations }) => citations),
  ),
  actor: { ...references<Claim>('actor', 'actors', () => false), holds: takesSides },
  actorScope: modifier,
  about: references('about', 'actors', ({ about }, value, asked, world) =>
    about.some(({ id }) => scoped(asked, world, id, value)),
  ),
  stance: { holds: takesSides },
  topic: onTopic(),
  source: references('source', 'sources', (claim, value, asked, world) =>
    accountsOf(claim, asked, world).some(({ source }) => source.id === value),
  ),
  publisher: {
    ...fromPublisher<Claim>(positionCitations),
    ...groups<Claim>('publisher', (claim, value, asked, world) =>
      accountsOf(claim, asked, world).some(({ source }) => world.source(source.id).publisher?.id === value),
    ),
  },
  dataset: ofDataset(),
  event: references('event', 'events', ({ event }, value) => event?.id === value),
  measure: measured(),
  kind: groups('kind', ({ kind }, value) => kind === value),
  standing: groups('standing', ({ standing }, value) => standing === value),
  ...dated(({ positions }) => positions.map(({ since }) => since)),
  asOf: modifier,
};

const ACTORS: Record<string, Filter<Actor>> = {
  q: worded(({ name, description, aliases }) => [
    name,
    inARow(description, ...aliases.map((alias) => alias.name)),
  ]),
  name: {
    holds: ({ name, aliases }, asked) =>
      [name, ...aliases.map((alias) => alias.name)].some((each) =>
        plainName(each).includes(plainName(asked.one('name') ?? '')),
      ),
  },
  kind: groups('kind', ({ kind }, value) => kind === value),
  parent: references('parent', 'actors', ({ id }, value, _asked, world) =>
    world.upwards('actors', id).slice(1).includes(value),
  ),
  source: references('source', 'sources', ({ aliases }, value) =>
    aliases.some(({ sources }) => sources.some(({ id }) => id === value)),
  ),
};

const TOPICS: Record<string, Filter<Topic>> = {
  broader: references('broader', 'topics', ({ id }, value, _asked, world) =>
    world.upwards('topics', id).slice(1).includes(value),
  ),
};

const SOURCES: Record<string, Filter<Source>> = {
  q: worded(({ title }) => [title]),
  publisher: {
    ...references<Source>('publisher', 'actors', ({ publisher }, value) => publisher?.id === value),
    values: fromPublisher<Source>(() => []).values ?? (() => []),
  },
  dataset: ofDataset(),
  kind: groups('kind', ({ kind }, value) => kind === value),
  ...dated(({ published }) => [published]),
};

const POSITIONS: Record<string, Filter<ActorPosition>> = {
  // Whose positions they are decides `expected.ts`.
  actorScope: modifier,
  stance: groups('stance', ({ stance }, value) => stance === value),
  topic: onTopic(),
  source: fromSource(ownCitations),
  publisher: fromPublisher(ownCitations),
  ...dated(({ since }) => [since]),
  asOf: modifier,
};

/** A figure beside the record that has it. */
export interface Measured {
  figure: ListedFigure;
  event?: Event;
  claim?: Claim;
}

/** What is asked of a figure is asked of its record, as the list of its kind would. */
function ofRecord(
  ofEvent: string | undefined,
  ofClaim: string | undefined = ofEvent,
): Filter<Measured>['holds'] {
  return ({ event, claim }, asked, world) => {
    if (event) return ofEvent === undefined || (EVENTS[ofEvent]?.holds(event, asked, world) ?? false);
    return (
      claim !== undefined && (ofClaim === undefined || (CLAIMS[ofClaim]?.holds(claim, asked, world) ?? false))
    );
  };
}

const FIGURES: Record<string, Filter<Measured>> = {
  q: { holds: ofRecord('q') },
  measure: groups('measure', ({ figure }, value) => figure.measure === value),
  unit: {
    ...groups('unit', ({ figure }, value) => figure.unit === value),
    values: ({ events, claims }) =>
      [...events, ...claims].flatMap(({ figures }) => figures.map(({ unit }) => unit)),
  },
  actor: { ...references<Measured>('actor', 'actors', () => false), holds: ofRecord('actor') },
  actorScope: modifier,
  about: {
    ...references<Measured>('about', 'actors', () => false),
    holds: ({ event, claim }, asked, world) =>
      event
        ? asked
            .groups('about')
            .every((group) =>
              event.participants.some(({ actor, onBehalfOf }) =>
                group.some(
                  (value) =>
                    scoped(asked, world, actor.id, value) ||
                    (asked.one('actorScope') === 'bodies' && scoped(asked, world, onBehalfOf?.id, value)),
                ),
              ),
            )
        : claim !== undefined && (CLAIMS.about?.holds(claim, asked, world) ?? false),
  },
  topic: { ...references<Measured>('topic', 'topics', () => false), holds: ofRecord('topic') },
  source: references('source', 'sources', ({ figure }, value) =>
    figure.citations.some(({ source }) => source.id === value),
  ),
  publisher: {
    ...fromPublisher<Measured>(({ figure }) => figure.citations),
  },
  dataset: { ...references<Measured>('dataset', 'datasets', () => false), holds: ofRecord('dataset') },
  from: { holds: ofRecord('from') },
  to: { holds: ofRecord('to') },
  dateMatch: modifier,
  asOf: modifier,
};

const RESULTS: Record<string, Filter<Found>> = {
  q: worded(({ texts }) => texts),
  kind: groups('kind', ({ kind }, value) => kind === value),
};

const CHANGES: Record<string, Filter<Change>> = {
  since: { holds: ({ sequence }, asked) => sequence > Number(asked.one('since')) },
  kind: groups('kind', ({ kind }, value) => kind === value),
  dataset: references('dataset', 'datasets', ({ dataset }, value) => dataset === value),
};

/** The filters of everything that is listed. */
export const FILTERS = {
  events: EVENTS,
  statements: STATEMENTS,
  claims: CLAIMS,
  actors: ACTORS,
  topics: TOPICS,
  sources: SOURCES,
  datasets: {} as Record<string, Filter<Records['datasets'][number]>>,
  positions: POSITIONS,
  figures: FIGURES,
  results: RESULTS,
  changes: CHANGES,
};

/** The records that pass every filter asked for. */
export function matching<T>(
  records: readonly T[],
  filters: Readonly<Record<string, Filter<T>>>,
  asked: Asked,
  world: World,
): T[] {
  const given = Object.entries(filters).filter(([name]) => asked.has(name));
  return records.filter((record) => given.every(([, filter]) => filter.holds(record, asked, world)));
}
