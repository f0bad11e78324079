import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SeedFile } from '../../src/seed/files/format.ts';
import { actor, cite, claim, event, position, source, statement, topic } from './records.ts';

const RECORDS = 300;

/** The text that a record has in an edition. */
const textIn = (edition: number, id: string): string => `Edition ${edition} of ${id}`;

/**
 * One edition of a dataset that changes from load to load: every event, statement and claim has another text, one event is new, and
 * that of the edition before is retired. It goes with any other dataset.
 */
export function edition(number: number): SeedFile {
  const ids = (kind: string): string[] =>
    Array.from({ length: RECORDS }, (_, index) => `edition-${kind}-${index}`);
  const citations = [cite('edition-daily')];
  const about = { topics: ['edition-topic'], citations };
  return {
    dataset: {
      id: 'editions',
      title: 'Editions',
      description: 'A dataset that changes with every load',
      licence: 'CC0-1.0',
      citation: 'Editions',
      version: `1.0.${number}`,
    },
    sources: [source('edition-daily')],
    topics: [topic('edition-topic')],
    actors: [actor('edition-alice'), actor('edition-bob')],
    events: [...ids('event'), `edition-only-${number}`].map((id) =>
      event(id, {
        ...about,
        title: textIn(number, id),
        participants: [{ actor: 'edition-alice', role: 'participant' }],
      }),
    ),
    statements: ids('statement').map((id) =>
      statement(id, { ...about, gist: textIn(number, id), speaker: 'edition-bob' }),
    ),
    claims: ids('claim').map((id) =>
      claim(id, {
        topics: about.topics,
        proposition: textIn(number, id),
        positions: [
          position('edition-alice', { citations }),
          position('edition-bob', { citations, stance: number % 2 ? 'denies' : 'asserts' }),
        ],
      }),
    ),
    retired: Array.from({ length: number }, (_, before) => ({
      kind: 'event' as const,
      id: `edition-only-${before}`,
      reason: 'It was of one edition alone.',
    })),
  };
}

/** Writes an edition as dataset files into a folder, in place of the one that is there; returns the folder. */
export function writeEdition(folder: string, number: number): string {
  const path = join(folder, 'editions');
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  writeFileSync(join(path, 'dataset.yaml'), stringify(edition(number), { aliasDuplicateObjects: false }));
  return path;
}
