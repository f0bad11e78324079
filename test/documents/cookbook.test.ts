import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  COOKBOOK,
  type Language,
  languages,
  plain,
  programOf,
  type Question,
  readCookbook,
  withAnswers,
} from '../support/cookbook.ts';
import { type Running, run } from '../support/process.ts';
import { temporaryFolder } from '../support/store.ts';

// Every snippet of docs/cookbook.md is run as it is printed there, and must print the answer below it. Those in
// TypeScript need the generated client: `npm run sdk-check` type-checks and runs them.

const cookbook = readCookbook();
const folder = temporaryFolder();
const ENVIRONMENT = { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', HOME: folder.path };
let server: Running;
let base: string;

beforeAll(async () => {
  server = run('src/server.ts', [], {
    DATABASE_URL: `file:${folder.path}/attest.db`,
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  await server.printed('Explore');
  base = /API +(http:\/\/[^/]+)\//.exec(server.output())?.[1] ?? '';
});
afterAll(async () => {
  server?.child.kill('SIGTERM');
  await server?.exited;
  folder.remove();
});

const FAILED = 'ended with';

/** What a program prints, or how it failed. */
async function output(command: string, args: string[], input: string): Promise<string> {
  const child = spawn(command, args, { cwd: folder.path, env: ENVIRONMENT });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.on('close', resolve));
  return code === 0 ? stdout : `${stdout}\n${FAILED} ${String(code)}: ${stderr}`;
}

const works = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { env: ENVIRONMENT, stdio: 'ignore' }).status === 0;

const asked = (language: Language): Question[] =>
  cookbook.questions.filter(({ snippets }) => language in snippets);
const titles = (language: Language): string[] => asked(language).map(({ title }) => title);

/** The programs of a language, by question. */
const programs = (language: Language): [string, string][] =>
  asked(language).map((question) => [question.title, programOf(cookbook, question, language, base)]);

test('it has ten questions or more, numbered, each with curl, and five or more in every language', () => {
  const numbers = cookbook.questions.map(({ title }) => Number.parseInt(title, 10));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(cookbook.questions.length).toBeGreaterThanOrEqual(10);
  expect(asked('sh')).toEqual(cookbook.questions);
  for (const language of languages) expect([language, asked(language).length >= 5]).toEqual([language, true]);
});

const CURL = works('curl', '--version') && works('jq', '--version');
const PYTHON = ['python3', '/usr/bin/python3'].find((python) => works(python, '-c', 'import pandas'));
const R = works('Rscript', '-e', 'library(jsonlite)');
if (!CURL)
  console.log('The cookbook is not tried with curl: no curl or jq (Debian: apt-get install curl jq).');
if (!PYTHON)
  console.log('The cookbook is not tried in Python: no pandas (Debian: apt-get install python3-pandas).');
if (!R)
  console.log(
    'The cookbook is not tried in R: no Rscript or jsonlite (Debian: apt-get install r-base-core r-cran-jsonlite).',
  );

// Python and R take a second to start: one process runs all snippets of its language, each in a scope of its own.
const PYTHON_RUNNER = `
import contextlib, io, json, sys, traceback
printed = {}
for title, program in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(program, title, "exec"), {"__name__": "__main__"})
        except Exception:
            traceback.print_exc(file=out)
    printed[title] = out.getvalue()
json.dump(printed, sys.stdout)
`;
const R_RUNNER = `
programs <- jsonlite::fromJSON(file("stdin"), simplifyVector = FALSE)
printed <- lapply(programs, function(program) {
  scope <- new.env(parent = globalenv())
  lines <- capture.output(tryCatch(
    source(exprs = parse(text = program[[2]], keep.source = FALSE), local = scope, print.eval = TRUE),
    error = function(error) print(error)
  ))
  paste(lines, collapse = "\\n")
})
names(printed) <- vapply(programs, function(program) program[[1]], "")
cat(jsonlite::toJSON(printed, auto_unbox = TRUE))
`;

const answers = new Map(cookbook.questions.map(({ title, answer }) => [title, answer]));

describe.runIf(CURL)('with curl', () => {
  const printed = new Map<string, string>();
  beforeAll(async () => {
    await Promise.all(
      programs('sh').map(async ([title, program]) => {
        printed.set(title, await output('sh', ['-eu'], program));
      }),
    );
    // After a change of the dataset: writes the answers anew, to be read before they are committed.
    if (process.env.COOKBOOK === 'write') {
      const written = withAnswers(readFileSync(COOKBOOK, 'utf8'), (title) => {
        const answer = printed.get(title);
        return answer?.includes(FAILED) ? undefined : answer;
      });
      writeFileSync(COOKBOOK, written);
      for (const { title, answer } of readCookbook(written).questions) answers.set(title, answer);
    }
  });
  test.each(titles('sh'))('%s', (title) => {
    expect(plain(printed.get(title) ?? '')).toBe(plain(answers.get(title) ?? ''));
  });
});

describe.each([
  { language: 'python', command: PYTHON ?? '', args: ['-c', PYTHON_RUNNER], present: PYTHON !== undefined },
  { language: 'r', command: 'Rscript', args: ['-e', R_RUNNER], present: R },
] as const)('in $language', ({ language, command, args, present }) => {
  let printed: Record<string, string>;
  beforeAll(async () => {
    if (!present) return;
    const text = await output(command, [...args], JSON.stringify(programs(language)));
    printed = JSON.parse(text) as Record<string, string>;
  });
  test.runIf(present).each(titles(language))('%s', (title) => {
    expect(plain(printed[title] ?? '')).toBe(plain(answers.get(title) ?? ''));
  });
});
