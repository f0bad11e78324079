import { tables } from '../../db/tables.ts';
import { storedDays } from '../../domain/dates.ts';
import { type Definition, eachReference, reference } from './definition.ts';
import { rows } from './parts.ts';

const { sourceContributors, sourceDerivations } = tables;

/** Sources: the published articles that citations lead to. */
export const source: Definition<'source'> = {
  section: 'sources',
  shared: false,
  read: ({ sources = [] }) => sources,
  references: ({ publisher, republisher, contributors = [], derivedFrom }) => [
    reference('actor', publisher, 'publisher'),
    reference('actor', republisher, 'republisher'),
    ...contributors.map((credit, index) => reference('actor', credit.actor, 'contributors', index, 'actor')),
    ...eachReference('source', derivedFrom, 'derivedFrom'),
  ],
  faults: ({ id, derivedFrom = [], text }) => [
    ...(derivedFrom.includes(id)
      ? [{ path: ['derivedFrom'], message: 'a source cannot derive from itself' }]
      : []),
    ...(text?.paratext ?? []).flatMap(({ start, end }, index) =>
      start < end && text !== undefined && end <= text.length
        ? []
        : [
            {
              path: ['text', 'paratext', index],
              message: 'must be a passage inside the text: start < end ≤ length',
            },
          ],
    ),
  ],
  row: (record, dataset) => ({
    id: record.id,
    dataset,
    title: record.title,
    kind: record.kind,
    publisher: record.publisher ?? null,
    republisher: record.republisher ?? null,
    language: record.language,
    published: record.published,
    ...storedDays(record.published),
    textFile: record.text?.file ?? null,
    textSha256: record.text?.sha256 ?? null,
    textLength: record.text?.length ?? null,
    contentHash: record.contentHash,
  }),
  parts: [
    rows(sourceContributors, sourceContributors.source, ({ id, contributors = [] }) =>
      contributors.map(({ actor, role }, ordinal) => ({ source: id, ordinal, actor, role })),
    ),
    rows(sourceDerivations, sourceDerivations.source, ({ id, derivedFrom = [] }) =>
      derivedFrom.map((origin) => ({ source: id, derivedFrom: origin })),
    ),
  ],
  text: ({ title }) => ({ title, body: [] }),
};
