import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { SeedCitation, SeedFile } from '../../src/seed/files/format.ts';
import { findPassages, sha256 } from '../../src/seed/files/passages.ts';
import { run } from '../support/process.ts';
import { actor, claim, event, position, source, statement, topic } from '../support/records.ts';
import { temporaryFolder } from '../support/store.ts';

// A small article of our own, with everything the checks look at.
const ARTICLE = [
  'Ann Meets Bob',
  'Photo: Carl Lens',
  'Ann Archer met Bob Baker in Freedonia City on 4 June 2025. “We talked,” she said. Nobody else came.',
  'The “Night Owl” drill had ended. Archer denied that Sylvania paid for it.',
].join('\n\n');

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'articles'));
});
afterEach(() => folder.remove());

/** The citation of a passage of the article, by its first and last words. */
function of(first: string, last = first): SeedCitation {
  const [passage] = findPassages(ARTICLE, first, last);
  if (!passage) throw new Error(`no passage from "${first}" to "${last}"`);
  const { start, end, sha256: hash } = passage;
  return { source: 'daily', start, end, sha256: hash };
}
const span = (words: string, kind: 'headline' | 'caption') => {
  const { start, end } = of(words);
  return { start, end, kind };
};

/** A dataset that covers the whole article. */
function sound() {
  return {
    dataset: { id: 'd', title: 'D', description: 'D', licence: 'CC0-1.0', citation: 'D', version: '1.0.0' },
    sources: [
      source('daily', {
        published: '2025-06-05',
        text: {
          file: 'daily.txt',
          sha256: sha256(ARTICLE),
          length: Array.from(ARTICLE).length,
          paratext: [span('Ann Meets Bob', 'headline'), span('Photo: Carl Lens', 'caption')],
        },
      }),
    ],
    topics: [topic('meetings')],
    actors: [
      actor('ann', { name: 'Ann Archer', aliases: [{ name: 'Archer', sources: ['daily'] }] }),
      actor('bob', { name: 'Bob Baker' }),
      actor('sylvania', { name: 'Sylvania', kind: 'state' }),
    ],
    events: [
      event('meeting', {
        type: 'CONSULT',
        date: '2025-06-04',
        place: { name: 'Freedonia City' },
        participants: [
          { actor: 'ann', role: 'participant' },
          { actor: 'bob', role: 'participant' },
        ],
        topics: ['meetings'],
        citations: [
          of('Ann Archer met', '4 June 2025.'),
          { ...of('Nobody else came.'), phrase: 'else came' },
        ],
      }),
      event('drill-ends', {
        date: '../2025-06-05',
        participants: [{ actor: 'sylvania', role: 'affected' }],
        topics: ['meetings'],
        citations: [of('The “Night Owl”', 'had ended.')],
      }),
    ],
    statements: [
      statement('ann-we-talked', {
        speaker: 'ann',
        form: 'quote',
        said: '2025-06-04~',
        topics: ['meetings'],
        citations: [
          { ...of('“We talked,”', 'she said.'), phrase: 'We talked' },
          of('Ann Archer met', 'in Freedonia City'),
        ],
      }),
      statement('ann-denies', {
        speaker: 'ann',
        said: '[..2025-06-05]',
        topics: ['meetings'],
        citations: [of('Archer denied', 'paid for it.')],
      }),
    ],
    claims: [
      claim('sylvania-paid', {
        about: ['sylvania'],
        topics: ['meetings'],
        positions: [
          position('ann', {
            stance: 'denies',
            statement: 'ann-denies',
            since: '[..2025-06-05]',
            citations: [of('Archer denied', 'paid for it.')],
          }),
        ],
      }),
    ],
    exceptions: [
      { kind: 'quotation', text: '“Night Owl”', reason: 'name of the drill' },
      { kind: 'name', text: 'Night Owl', reason: 'name of the drill' },
    ],
  } satisfies SeedFile;
}

type Sections = 'sources' | 'topics' | 'actors' | 'events' | 'statements' | 'claims' | 'exceptions';
/** Every section is there, so that a test can break any of it. */
type Sound = SeedFile & { [Section in Sections]: NonNullable<SeedFile[Section]> };

async function verify(
  data: SeedFile,
  withArticles = true,
  article: string | Buffer = ARTICLE,
): Promise<{ code: number | null; output: string }> {
  writeFileSync(join(folder.path, 'd.yaml'), stringify(data, { aliasDuplicateObjects: false }));
  writeFileSync(join(folder.path, 'articles/daily.txt'), article);
  const articles = withArticles ? ['--articles', join(folder.path, 'articles')] : [];
  const running = run('src/cli/verify.ts', [...articles, join(folder.path, 'd.yaml')], {});
  return { code: await running.exited, output: running.output() };
}

test('a dataset that tells all of its article passes', async () => {
  const { code, output } = await verify(sound());
  expect(output).toContain('0 rule(s) of the codebook broken');
  expect(output).toContain('7 exact, 0 moved, 0 lost of 7');
  expect(output).toContain('5 of 5 cited (100.0 %)');
  expect(output).not.toMatch(/not cited|in no statement|names no actor/);
  expect(code).toBe(0);
});

test('without the articles it checks the rules and says what it leaves out', async () => {
  const { code, output } = await verify(sound(), false);
  expect(output).toContain('citations and coverage not checked');
  expect(code).toBe(0);
});

describe('each check fails when it is broken', () => {
  type Change = (data: Sound) => void;
  const at = <T>(list: T[], index = 0): T => list[index] as T;
  const cases: [string, Change, string][] = [
    [
      'a citation that has moved',
      (data) => {
        const citation = at(at(data.events).citations);
        citation.start += 1;
        citation.end += 1;
      },
      'exact, 1 moved, 0 lost of 7',
    ],
    [
      'a citation that is lost',
      (data) => {
        at(at(data.events).citations).sha256 = 'b'.repeat(64);
      },
      'exact, 0 moved, 1 lost of 7',
    ],
    [
      'a citation beyond the end',
      (data) => {
        const citation = at(at(data.claims[0]?.positions ?? []).citations);
        // Its hash is that of the rest of the text: an end that is cut off would seem exact.
        citation.end += 1000;
      },
      'beyond the end of the text: ',
    ],
    [
      'another length',
      (data) => {
        at(data.sources).text.length += 1;
      },
      `code points, but ${Array.from(ARTICLE).length + 1} are declared`,
    ],
    [
      'another text',
      (data) => {
        at(data.sources).text.sha256 = 'b'.repeat(64);
      },
      'the text is not the one that was annotated',
    ],
    [
      'a phrase from elsewhere',
      (data) => {
        at(at(data.events).citations, 1).phrase = 'somebody came';
      },
      'phrase "somebody came" does not lie in its passage',
    ],
    [
      'a phrase that is a whole sentence',
      (data) => {
        at(at(data.events).citations, 1).phrase = 'Nobody else came';
      },
      'is a whole sentence',
    ],
    [
      'a sentence that no record cites',
      (data) => {
        at(data.events).citations.pop();
      },
      'not cited: Nobody else came.',
    ],
    [
      'a headline taken for the body',
      (data) => {
        at(data.sources).text.paratext?.shift();
      },
      'not cited: Ann Meets Bob',
    ],
    [
      'a quotation in no statement',
      (data) => {
        at(data.statements).citations = [{ ...of('she said.'), phrase: 'she said' }];
      },
      'quotation in no statement: … ',
    ],
    [
      'a quotation mark that is no exception',
      (data) => {
        data.exceptions.shift();
      },
      'quotation in no statement: … ',
    ],
    [
      'a name that names no actor',
      (data) => {
        at(data.actors, 1).name = 'Robert Baker';
      },
      'names no actor: Bob',
    ],
    [
      'an event later than its report',
      (data) => {
        at(data.events).date = '2025-06-06';
      },
      'daily was published by 2025-06-05',
    ],
    [
      'the day of an event that no cited passage gives',
      (data) => {
        at(data.events).date = '2025-06-03';
      },
      'event meeting: no passage cited for it gives the day 2025-06-03: cite the words that do, or write "2025-06-03~"',
    ],
    [
      'the day of a statement that only its occasion gives',
      (data) => {
        at(data.statements).said = '2025-06-04';
      },
      'statement ann-we-talked: no passage cited for it gives the day 2025-06-04',
    ],
    [
      'a speaker whom no cited passage names',
      (data) => {
        at(data.statements).citations = [{ ...of('“We talked,”', 'she said.'), phrase: 'We talked' }];
      },
      'statement ann-we-talked: no passage cited for it names Ann Archer: cite also the words that say who speaks',
    ],
    [
      'the day of a position that no cited passage gives',
      (data) => {
        at(at(data.claims).positions).since = '2025-06-02';
      },
      'claim sylvania-paid: no passage cited for it gives the day 2025-06-02',
    ],
    [
      'an unused topic',
      (data) => {
        data.topics.push(topic('idle'));
      },
      'topic idle: no record uses it',
    ],
    [
      'an unused actor',
      (data) => {
        data.actors.push(actor('idle'));
      },
      'actor idle: no record uses it',
    ],
    [
      'one event twice',
      (data) => {
        data.events.push({ ...at(data.events), id: 'meeting-again' });
      },
      'event meeting-again: has the date, type and participants of meeting',
    ],
    [
      'a position on somebody else’s words',
      (data) => {
        at(at(data.claims).positions).actor = 'bob';
      },
      'is a statement of ann, not of bob',
    ],
    [
      'a claim without a position',
      (data) => {
        at(data.claims).positions = [];
      },
      'must have at least one position',
    ],
  ];
  test.each(cases)('%s', async (_name, change, message) => {
    const data: Sound = sound();
    change(data);
    const { code, output } = await verify(data);
    expect(output).toContain(message);
    expect(code).toBe(1);
  });
});

test.each<[string, string | Buffer, string]>([
  ['CRLF', ARTICLE.replaceAll('\n', '\r\n'), 'daily.txt has carriage returns (CR or CRLF)'],
  ['a byte order mark', `\uFEFF${ARTICLE}`, 'daily.txt begins with a byte order mark'],
  ['another encoding', Buffer.from(`${ARTICLE} Café`, 'latin1'), 'daily.txt is not UTF-8'],
])('a text with %s is named as such', async (_name, article, message) => {
  const { code, output } = await verify(sound(), true, article);
  expect(output).toContain(message);
  expect(output).not.toContain('citations ');
  expect(code).toBe(1);
  const file = join(folder.path, 'articles/daily.txt');
  const running = run('src/cli/cite.ts', [file, 'Ann'], {});
  expect(await running.exited).toBe(1);
  expect(running.output()).toContain(message);
});

test('a name is the same whether its letters are composed or not', async () => {
  const article = ARTICLE.replaceAll('Baker', 'Bäker').normalize('NFD');
  const data: Sound = sound();
  const [daily] = data.sources;
  if (daily) {
    daily.text.sha256 = sha256(article);
    daily.text.length = Array.from(article).length;
  }
  for (const actor of data.actors) actor.name = actor.name.replace('Baker', 'Bäker').normalize('NFC');
  const { output } = await verify(data, true, article);
  expect(output).not.toContain('names no actor');
  const running = run(
    'src/cli/cite.ts',
    [join(folder.path, 'articles/daily.txt'), 'Bob Bäker'.normalize('NFC')],
    {},
  );
  expect(await running.exited).toBe(0);
});

test('events that look like twins may be declared two', async () => {
  const data: Sound = sound();
  const [meeting] = data.events;
  if (meeting) data.events.push({ ...meeting, id: 'meeting-again' });
  data.exceptions.push({ kind: 'twins', text: 'meeting meeting-again', reason: 'they met twice that day' });
  expect((await verify(data)).code).toBe(0);
});

test('a planned event may be reported before its day', async () => {
  const data: Sound = sound();
  const [meeting] = data.events;
  if (meeting) {
    meeting.date = '2025-06-06~';
    for (const citation of meeting.citations) citation.progress = { status: 'planned' };
  }
  expect((await verify(data)).code).toBe(0);
});

test('npm run cite turns first and last words into a citation', async () => {
  const file = join(folder.path, 'articles/daily.txt');
  writeFileSync(file, ARTICLE);
  const cite = async (...args: string[]) => {
    const running = run('src/cli/cite.ts', args, {});
    return { code: await running.exited, output: running.output() };
  };
  // Straight marks find curly ones; white space does not matter.
  const found = await cite(file, '"We  talked,"', 'she said.');
  const { start, end, sha256: hash } = of('“We talked,”', 'she said.');
  expect(found).toEqual({
    code: 0,
    output: expect.stringContaining(`- { start: ${start}, end: ${end}, sha256: ${hash} }`),
  });
  expect(await cite(file, 'A')).toMatchObject({ code: 1, output: expect.stringContaining('passages match') });
  expect(await cite(file, 'nothing of it')).toMatchObject({
    code: 1,
    output: expect.stringContaining('check the wording'),
  });
  expect(await cite(join(folder.path, 'none.txt'), 'A')).toMatchObject({
    code: 1,
    output: expect.stringContaining('cannot read'),
  });
  expect(await cite()).toMatchObject({ code: 1, output: expect.stringContaining('Usage: npm run cite') });
});

test('--store finds what a store answers that is not what its record is', async () => {
  const path = join(folder.path, 'attest.db');
  writeFileSync(join(folder.path, 'd.yaml'), stringify(sound(), { aliasDuplicateObjects: false }));
  const environment = { DATABASE_URL: `file:${path}` };
  expect(await run('src/cli/seed.ts', [join(folder.path, 'd.yaml')], environment).exited).toBe(0);
  const verifyStore = async () => {
    const running = run('src/cli/verify.ts', ['--store'], environment);
    return { code: await running.exited, output: running.output() };
  };
  expect(await verifyStore()).toEqual({
    code: 0,
    output: '0 fault(s) in what the store derives from its records\n',
  });
  const database = new SQLite(path);
  database.exec("update actors set name = 'Another' where id = 'ann'");
  database.close();
  const found = await verifyStore();
  expect(found.output).toContain('actor ann: its document is out of date');
  expect(found.code).toBe(1);
});
