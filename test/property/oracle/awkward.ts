import * as vocabulary from '../../../src/domain/vocabularies.ts';
import { eventModes, eventTypes, words } from '../../../src/domain/vocabularies.ts';
import type { SeedCitation, SeedFigure, SeedFile, SeedRetired } from '../../../src/seed/files/format.ts';
import {
  actor,
  cite,
  claim,
  event,
  position,
  source,
  statement,
  topic,
  world,
} from '../../support/records.ts';

// Two datasets full of what is awkward: open and approximate dates, deep hierarchies, gaps, and names of many scripts.

const DATES = [
  ...[
    '2024',
    '2024-06',
    '2024-06-04',
    '2024-06-04~',
    '2023~',
    '2024?',
    '2024-11%',
    '2024-02-29',
    '2023-12-31',
  ],
  ...['2024-01-01', '1950-07-11', '202X', '19XX', '2024-XX', '2024-11-XX', '2024-XX-XX', '9999-12-31'],
  ...['2010/2017', '2010/..', '../2025-11-13', '../..', '/2024-06', '2024/', '2024-06-04/2024-06-10'],
  ...[
    '[2024-06-04..2024-12-31]',
    '[..2025-11-13]',
    '[2025-11-19..]',
    '[2023~..2024-03-10]',
    '2024-21',
    '2024-24/2025',
    '2024-06/2024',
    '2024-06-04/2024-06-04',
    '2024-01~/2024-03?',
    '2023-12-30/2024-01-02',
    '2024-06-30/..',
    '0001-01-01',
    '2024-12-30',
    '2025-01-05',
  ],
];
const PUBLISHED = [
  '2024',
  '2024-06',
  '2024-06-04',
  '2024-06-05~',
  '2025-11-13',
  '2024-01/..',
  '../2024-03',
  '202X',
];
const TEXTS = [
  ...['embargo', 'Embargo', 'embargoes', 'naval base', 'Ångström', 'naïve', 'Đặng Văn', 'ភាសាខ្មែរ', 'Москва'],
  ...[
    'ЁЛКА',
    'İstanbul',
    'ﬁnance',
    'ＦＵＬＬ',
    'U.S.',
    'l’accord',
    "don't",
    'C++',
    '日本語',
    '한국어',
    '🙂 smile',
  ],
  ...['=SUM(A1)', '-5', '@home', '<b>bold</b>', '&amp; so', '"quoted"', 'x,y;z', '½', 'cafe\u0301', 'Ελλάς'],
  ...[
    '50%',
    'under_score',
    'tab\there',
    'two\nlines',
    'bell\u0007',
    'العربية',
    'straße',
    'Øst',
    'a b c',
    'of the',
  ],
];

/** Numbers that look random and follow from a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Two datasets, of which the second refers to actors and topics of the first. */
export function awkwardWorlds(seed: number): { datasets: SeedFile[]; retired: SeedRetired[] } {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (odds: number): boolean => random() < odds;
  const some = <T>(list: readonly T[], least: number, most: number): T[] => {
    const count = least + Math.floor(random() * (most - least + 1));
    return [...new Set(Array.from({ length: count }, () => pick(list)))];
  };
  const text = (): string => some(TEXTS, 1, 4).join(' ');
  const ids = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const when = <T extends object>(odds: number, value: () => T): T | object => (chance(odds) ? value() : {});

  const actorIds = ids('actor', 22);
  const topicIds = ids('topic', 12);
  const actorPool = [
    ...actorIds,
    'alice',
    'bob',
    'carol',
    'freedonia',
    'freedonia-ministry',
    'freedonia-army',
  ];
  const topicPool = [...topicIds, 'economy', 'trade', 'tariffs', 'security'];
  const upTo = (list: readonly string[], index: number): string | undefined =>
    index > 0 && chance(0.7) ? list[Math.max(0, index - 1 - Math.floor(random() * 3))] : undefined;

  const citations = (sources: readonly string[]): SeedCitation[] =>
    some(sources, 1, 3).map((id) =>
      cite(
        id,
        chance(0.2)
          ? {
              reports: pick([
                { status: 'planned' as const },
                { date: pick(DATES) },
                { place: text(), count: '3' },
              ]),
            }
          : chance(0.2)
            ? { progress: { status: pick(['planned', 'proposed'] as const) } }
            : {},
      ),
    );

  const plain = (sources: readonly string[]): SeedCitation[] => some(sources, 1, 2).map((id) => cite(id));
  const figures = (sources: readonly string[]): SeedFigure[] =>
    some(['killed', 'lost', 'rate', 'count'] as const, 0, 2).map((measure) => ({
      measure,
      unit: {
        killed: 'people',
        lost: pick(['USD', 'KHR']),
        rate: '%',
        count: pick(['scam centres', 'planes']),
      }[measure],
      ...pick([{ value: 3 }, { value: 0.5 }, { low: 100 }, { high: 7.25 }, { low: 1, high: 2e9 }]),
      ...when(0.5, () => ({ approximate: true })),
      of: text(),
      citations: plain(sources),
    }));

  const records = (prefix: string, count: number, sources: readonly string[]): Partial<SeedFile> => {
    const [eventIds, statementIds, claimIds] = [
      ids(`${prefix}e`, count),
      ids(`${prefix}s`, count),
      ids(`${prefix}c`, count),
    ];
    return {
      events: eventIds.map((id, index) => {
        const type = pick(words(eventTypes));
        const modes = (eventModes as Record<string, readonly string[]>)[type] ?? [];
        return event(id, {
          title: text(),
          summary: text(),
          ...when(0.8, () => ({
            type,
            ...(modes.length > 0 && chance(0.5) ? { mode: pick(modes) as never } : {}),
          })),
          status: pick(words(vocabulary.eventStatuses)),
          date: pick(DATES),
          ...when(0.6, () => ({
            place: {
              name: text(),
              ...when(0.7, () => ({ country: pick(['KH', 'US', 'MY']) })),
              ...when(0.6, () => ({
                latitude: pick([0, -90, 11.55, 89.999]),
                longitude: pick([0, 180, -77.03]),
              })),
            },
          })),
          participants: some(actorPool, 1, 4).map((who) => ({
            actor: who,
            role: pick(words(vocabulary.participantRoles)),
            ...when(0.4, () => ({ onBehalfOf: pick(actorPool) })),
          })),
          topics: some(topicPool, 1, 3),
          links: some(eventIds.slice(0, index), 0, index > 0 ? 2 : 0).map((other) => {
            const relation = pick(words(vocabulary.linkRelations));
            return relation === 'prompts' || chance(0.5)
              ? { relation, event: other, basis: 'told' as const, citations: plain(sources) }
              : { relation, event: other, basis: 'inferred' as const };
          }),
          figures: figures(sources),
          citations: citations(sources),
        });
      }),
      statements: statementIds.map((id) =>
        statement(id, {
          speaker: pick(actorPool),
          ...when(0.3, () => ({ relayedBy: pick(actorPool) })),
          ...when(0.4, () => ({ onBehalfOf: pick(actorPool) })),
          ...when(0.6, () => ({ medium: pick(words(vocabulary.statementMedia)) })),
          form: pick(words(vocabulary.statementForms)),
          said: pick(DATES),
          gist: text(),
          ...when(0.5, () => ({ occasion: pick(eventIds) })),
          ...when(0.6, () => ({ about: some(actorPool, 1, 3) })),
          topics: some(topicPool, 1, 3),
          citations: citations(sources),
        }),
      ),
      claims: claimIds.map((id, index) =>
        claim(id, {
          proposition: text(),
          figures: figures(sources),
          kind: pick(words(vocabulary.claimKinds)),
          ...when(0.6, () => ({ about: some(actorPool, 1, 3) })),
          ...when(0.4, () => ({ event: pick(eventIds) })),
          topics: some(topicPool, 1, 3),
          ...(index > 0 && chance(0.2) ? { contradicts: [pick(claimIds.slice(0, index))] } : {}),
          positions: Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
            position(pick(actorPool), {
              stance: pick(words(vocabulary.stances)),
              ...when(0.5, () => ({ statement: pick(statementIds) })),
              since: pick(DATES),
              citations: citations(sources),
            }),
          ),
        }),
      ),
    };
  };
  const sourcesNamed = (names: readonly string[]) =>
    names.map((id, index) =>
      source(id, {
        title: text(),
        kind: pick(words(vocabulary.sourceKinds).filter((kind) => kind !== 'dataset')),
        published: pick(PUBLISHED),
        ...when(0.7, () => ({ publisher: pick(['daily-press', 'weekly-press', 'alice']) })),
        ...(index > 0 && chance(0.5) ? { derivedFrom: some(names.slice(0, index), 1, 2) } : {}),
      }),
    );

  const [ours, theirs] = [ids('src', 6), ids('other-src', 3)];
  const retired: SeedRetired[] = [
    { kind: 'event', id: 'e-merged', mergedInto: 'e-0' },
    { kind: 'event', id: 'e-gone', reason: 'no source tells it' },
    { kind: 'statement', id: 's-merged', mergedInto: 's-0' },
    { kind: 'claim', id: 'c-gone', reason: 'nobody takes a side on it' },
    { kind: 'actor', id: 'actor-merged', mergedInto: 'actor-0' },
    { kind: 'topic', id: 'topic-gone', reason: 'it says nothing' },
    { kind: 'source', id: 'src-gone', reason: 'it was never published' },
  ];
  const first = world({
    ...records('', 36, [...ours, 'daily', 'weekly']),
    sources: sourcesNamed(ours),
    topics: topicIds.map((id, index) => ({
      ...topic(id, upTo(topicIds, index)),
      label: text(),
      description: text(),
    })),
    actors: actorIds.map((id, index) => {
      const parent = upTo(actorIds, index);
      return actor(id, {
        name: text(),
        kind: pick(words(vocabulary.actorKinds).filter((kind) => kind !== 'unspecified')),
        description: text(),
        ...(parent === undefined ? {} : { parent }),
        aliases: some(TEXTS, 0, 3).map((name) => ({ name, sources: some(ours, 1, 2) })),
        affiliations: chance(0.3)
          ? [{ title: text(), organization: pick(actorIds), during: pick(DATES), citations: citations(ours) }]
          : [],
      });
    }),
    retired,
  });
  const second: SeedFile = {
    dataset: {
      id: 'other-world',
      title: 'Another world',
      description: text(),
      licence: 'CC0-1.0',
      citation: text(),
      version: '2.0.1',
    },
    sources: sourcesNamed(theirs),
    ...records('o', 14, theirs),
  };
  return { datasets: [first, second], retired };
}
