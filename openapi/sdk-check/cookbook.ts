// The TypeScript of docs/cookbook.md: one program a question, type-checked with the generated clients and run.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRINTED_BASE, plain, programOf, readCookbook } from '../../test/support/cookbook.ts';

const FOLDER = join(import.meta.dirname, 'generated/cookbook');
const cookbook = readCookbook();
const questions = cookbook.questions.filter(({ snippets }) => snippets.ts);

/** Writes each question's program; its name leads from an error of the compiler to the question. */
export function writeSnippets(base = PRINTED_BASE): string[] {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'attest.ts'), "export type { paths } from '../openapi-typescript.ts';\n");
  return questions.map((question) => {
    const file = join(FOLDER, `question-${Number.parseInt(question.title, 10)}.ts`);
    writeFileSync(file, programOf(cookbook, question, 'ts', base));
    return file;
  });
}

/** Runs each question's program against a server; returns what is wrong with what they print. */
export function runSnippets(base: string): string[] {
  const files = writeSnippets(base);
  const faults = questions.flatMap(({ title, answer }, index) => {
    const { stdout, stderr } = spawnSync(process.execPath, [files[index] ?? ''], { encoding: 'utf8' });
    if (plain(stdout) === plain(answer)) return [];
    return [`docs/cookbook.md, ${title} prints\n${stdout}${stderr}\ninstead of\n${answer}`];
  });
  if (faults.length === 0) console.log(`sdk-check: ${questions.length} questions of the cookbook answered`);
  return faults;
}
