import { tables } from '../../db/tables.ts';
import { earliestSortDays, storedDays } from '../../domain/dates.ts';
import { type Claim, withSource } from '../files/dataset.ts';
import { type Definition, eachReference, reference } from './definition.ts';
import { figureParts } from './figures.ts';
import { provedList, rows } from './parts.ts';

const { claimAbout, claimContradictions, claimTopics, positions } = tables;

/** Claims: propositions that actors assert, deny or doubt. */
export const claim: Definition<'claim'> = {
  section: 'claims',
  shared: false,
  read: ({ claims = [], source }) =>
    claims.map((record) => ({
      ...record,
      contradicts: record.contradicts ?? [],
      figures: (record.figures ?? []).map((figure) => withSource(figure, source)),
      positions: record.positions.map((position) => withSource(position, source)),
    })),
  references: (record) => [
    ...eachReference('actor', record.about, 'about'),
    reference('event', record.event, 'event'),
    ...eachReference('topic', record.topics, 'topics'),
    ...eachReference('claim', record.contradicts, 'contradicts'),
    ...record.positions.flatMap(({ actor, statement }, index) => [
      reference('actor', actor, 'positions', index, 'actor'),
      reference('statement', statement, 'positions', index, 'statement'),
    ]),
  ],
  faults: ({ id, contradicts }) =>
    contradicts.includes(id) ? [{ path: ['contradicts'], message: 'a claim cannot contradict itself' }] : [],
  row: (record, dataset) => ({
    id: record.id,
    dataset,
    proposition: record.proposition,
    kind: record.kind,
    event: record.event ?? null,
    standing: record.standing,
    independentSources: record.independentSources,
    independentVoices: record.independentVoices,
    ...sortDaysOf(record),
    contentHash: record.contentHash,
  }),
  parts: [
    rows(claimAbout, claimAbout.claim, ({ id, about = [] }) =>
      about.map((actor, ordinal) => ({ claim: id, actor, ordinal })),
    ),
    rows(claimTopics, claimTopics.claim, ({ id, topics }) =>
      topics.map((topic, ordinal) => ({ claim: id, topic, ordinal })),
    ),
    rows(claimContradictions, claimContradictions.claim, ({ id, contradicts }) =>
      contradicts.map((other) => ({ claim: id, contradicts: other })),
    ),
    provedList({
      table: positions,
      record: positions.claim,
      proved: 'position',
      field: 'positions',
      items: (record) => record.positions,
      row: ({ actor, stance, statement, voice, since }, { id, record, ordinal }) => ({
        id,
        claim: record,
        ordinal,
        actor,
        stance,
        statement: statement ?? null,
        voice: voice ?? actor,
        since,
        ...storedDays(since),
      }),
    }),
    figureParts('claim', sortDaysOf),
  ],
  text: ({ proposition, positions }) => ({
    title: proposition,
    body: [],
    citations: positions.flatMap(({ citations }) => citations),
  }),
};

function sortDaysOf({ positions }: Claim) {
  return earliestSortDays(positions.map(({ since }) => storedDays(since)));
}
