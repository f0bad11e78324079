import type {
  SeedActor,
  SeedCitation,
  SeedClaim,
  SeedEvent,
  SeedFile,
  SeedSource,
  SeedStatement,
  SeedTopic,
} from '../../src/seed/files/format.ts';

// Records with everything a test does not care about filled in; what it cares about it names itself.

const SHA = 'a'.repeat(64);

export const cite = (source: string, extra: Partial<SeedCitation> = {}): SeedCitation => ({
  source,
  start: 0,
  end: 10,
  sha256: SHA,
  ...extra,
});

export const source = (id: string, extra: Partial<SeedSource> = {}): SeedSource => ({
  id,
  title: `Article ${id}`,
  kind: 'news',
  language: 'en',
  published: '2025-11-13',
  text: { file: `${id}.txt`, sha256: SHA, length: 1000 },
  ...extra,
});

export const topic = (id: string, broader?: string): SeedTopic => ({
  id,
  label: `Label of ${id}`,
  description: `About ${id}`,
  ...(broader === undefined ? {} : { broader }),
});

export const actor = (id: string, extra: Partial<SeedActor> = {}): SeedActor => ({
  id,
  name: `Name of ${id}`,
  kind: 'person',
  description: `Who ${id} is`,
  ...extra,
});

export const event = (id: string, extra: Partial<SeedEvent> = {}): SeedEvent => ({
  id,
  title: `Title of ${id}`,
  summary: `Summary of ${id}`,
  status: 'occurred',
  date: '2025-06-15',
  participants: [{ actor: 'alice', role: 'participant' }],
  topics: ['trade'],
  citations: [cite('daily')],
  ...extra,
});

export const statement = (id: string, extra: Partial<SeedStatement> = {}): SeedStatement => ({
  id,
  speaker: 'alice',
  form: 'paraphrase',
  said: '2025-06-15',
  gist: `Gist of ${id}`,
  topics: ['trade'],
  citations: [cite('daily')],
  ...extra,
});

type SeedPosition = SeedClaim['positions'][number];

export const position = (actorId: string, extra: Partial<SeedPosition> = {}): SeedPosition => ({
  actor: actorId,
  stance: 'asserts',
  since: '2025-06-15',
  citations: [cite('daily')],
  ...extra,
});

export const claim = (id: string, extra: Partial<SeedClaim> = {}): SeedClaim => ({
  id,
  proposition: `Proposition of ${id}`,
  kind: 'factual',
  topics: ['trade'],
  positions: [position('alice')],
  ...extra,
});

/** A dataset around the given records: two sources, some actors (a state with bodies beneath it) and topics. */
export function world(records: Partial<SeedFile> = {}): SeedFile {
  return {
    ...records,
    dataset: records.dataset ?? {
      id: 'world',
      title: 'A small world',
      description: 'Records for one test',
      licence: 'CC0-1.0',
      citation: 'A small world',
      version: '1.0.0',
    },
    sources: [
      source('daily', { publisher: 'daily-press', published: '2025-11-13' }),
      source('weekly', { publisher: 'weekly-press', published: '2024-06', kind: 'opinion' }),
      ...(records.sources ?? []),
    ],
    topics: [
      topic('economy'),
      topic('trade', 'economy'),
      topic('tariffs', 'trade'),
      topic('security'),
      ...(records.topics ?? []),
    ],
    actors: [
      actor('alice', { name: 'Alice Ångström', aliases: [{ name: 'Alicia', sources: ['weekly'] }] }),
      actor('bob'),
      actor('carol'),
      actor('freedonia', { kind: 'state' }),
      actor('freedonia-ministry', { kind: 'organization', parent: 'freedonia' }),
      actor('freedonia-army', { kind: 'organization', parent: 'freedonia-ministry' }),
      actor('sylvania', { kind: 'state' }),
      actor('daily-press', { kind: 'organization' }),
      actor('weekly-press', { kind: 'organization' }),
      ...(records.actors ?? []),
    ],
  };
}
