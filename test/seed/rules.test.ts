import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { checkRules } from '../../src/seed/checks/rules.ts';
import type { SeedFile } from '../../src/seed/files/format.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { cite, claim, event, position, statement, world } from '../support/records.ts';
import { temporaryFolder } from '../support/store.ts';

// Each rule of the codebook that a program can check, broken once and kept once.

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

function mistakes(records: Partial<SeedFile>): string[] {
  const path = join(folder.path, 'dataset.yaml');
  writeFileSync(path, stringify(world(records), { aliasDuplicateObjects: false }));
  return checkRules(readDataset(path))
    .map(({ record, message }) => `${record}: ${message}`)
    .filter((line) => !line.includes('no record uses it'));
}

const PLAN = { status: 'planned' as const };

test.each<[string, Partial<SeedFile>, Partial<SeedFile>, string]>([
  [
    'numbers are digits',
    { events: [event('e', { summary: 'It cost ten billion dollars.' })] },
    { events: [event('e', { summary: 'It cost the two countries 10 billion dollars.' })] },
    '"ten billion" is a number in words',
  ],
  [
    'shares are digits',
    { claims: [claim('c', { proposition: 'About two-fifths go there.', positions: [position('alice')] })] },
    { claims: [claim('c', { proposition: 'About 40% go there.', positions: [position('alice')] })] },
    '"two-fifths" is a number in words',
  ],
  [
    'a percentage has its sign',
    {
      claims: [claim('c', { proposition: 'It fell from 49 to 19 percent.', positions: [position('alice')] })],
    },
    { claims: [claim('c', { proposition: 'It fell from 49% to 19%.', positions: [position('alice')] })] },
    '"19 percent" is a number in words',
  ],
  [
    'a quote names its words',
    { statements: [statement('s', { form: 'quote' })] },
    {
      statements: [statement('s', { form: 'quote', citations: [cite('daily', { phrase: 'a few words' })] })],
    },
    'is a quote without a `phrase`',
  ],
  [
    'a third party mediates',
    { events: [event('e', { type: 'CONSULT', mode: 'third-party' })] },
    {
      events: [
        event('e', {
          type: 'CONSULT',
          mode: 'third-party',
          participants: [{ actor: 'alice', role: 'mediator' }],
        }),
      ],
    },
    'third-party means that somebody mediates',
  ],
  [
    'progress is no dispute',
    { events: [event('e', { citations: [cite('weekly', { reports: PLAN }), cite('daily')] })] },
    { events: [event('e', { citations: [cite('weekly', { progress: PLAN }), cite('daily')] })] },
    'an earlier report as planned is no disagreement',
  ],
  [
    'an event that has begun is not known before',
    { events: [event('e', { citations: [cite('weekly')] })] },
    { events: [event('e', { citations: [cite('weekly', { progress: PLAN })] })] },
    'say how far it had come by then',
  ],
  [
    'a statement is of one day',
    { statements: [statement('s', { said: '2024/2025' })] },
    { statements: [statement('s', { said: '[2024..2025]' })] },
    'says that it lasted',
  ],
  [
    'a position is taken on one day',
    { claims: [claim('c', { positions: [position('alice', { since: '../2025' })] })] },
    { claims: [claim('c', { positions: [position('alice', { since: '[..2025]' })] })] },
    'says that it lasted',
  ],
  [
    'a plan is of one day',
    { events: [event('e', { status: 'planned', date: '2025-11-19/..' })] },
    { events: [event('e', { status: 'planned', date: '[2025-11-19..]' })] },
    'says that it lasted',
  ],
  [
    'what is reported was said before',
    { statements: [statement('s', { citations: [cite('weekly')] })] },
    { statements: [statement('s', { said: '2024-06', citations: [cite('weekly')] })] },
    'was said from 2025-06-15 on',
  ],
  [
    'one happening is one event',
    { events: [event('e'), event('f')] },
    { events: [event('e'), event('f', { date: '2025-06-16' })] },
    'merge the two',
  ],
  [
    'a position rests on words of its holder',
    {
      statements: [statement('s')],
      claims: [claim('c', { positions: [position('bob', { statement: 's' })] })],
    },
    {
      statements: [statement('s')],
      claims: [claim('c', { positions: [position('alice', { statement: 's' })] })],
    },
    'is a statement of alice, not of bob',
  ],
])('%s', (_rule, broken, kept, message) => {
  expect(mistakes(broken).join()).toContain(message);
  expect(mistakes(kept)).toEqual([]);
});
