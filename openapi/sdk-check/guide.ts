// docs/clients.md taken at its word: its commands generate the clients, and its examples are compiled and run.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const HERE = import.meta.dirname;
const GENERATED = join(HERE, 'generated');
const GUIDE = join(HERE, '../../docs/clients.md');

/** What the guide shows, with the address of a server that runs. */
export interface Guide {
  /** The programs that generate the clients, with their arguments. */
  commands: { program: string; args: string[] }[];
  /** The examples by the name of the section, and what each prints. */
  examples: { name: string; file: string; prints: string[] }[];
}

/** Reads the guide, and writes its files to where the clients are generated. */
export function readGuide(base: string): Guide {
  const guide: Guide = { commands: [], examples: [] };
  const text = readFileSync(GUIDE, 'utf8').replaceAll('http://127.0.0.1:3000', base);
  mkdirSync(GENERATED, { recursive: true });
  for (const section of text.split(/^## /m).slice(1)) {
    const name = section.slice(0, section.indexOf('\n'));
    for (const [, language, block = ''] of section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
      if (language === 'sh') guide.commands.push(...commands(block));
      const config = /^\/\/ (\S+\.config\.ts)\n/.exec(block)?.[1];
      if (config) writeFileSync(join(GENERATED, config), block.replaceAll("'attest/", "'./"));
      else if (language === 'ts') guide.examples.push(example(name, block));
    }
  }
  return guide;
}

function commands(block: string): Guide['commands'] {
  return [...block.matchAll(/^npx (\S+) (.*)$/gm)].map(([, program = '', args = '']) => ({
    program,
    args: args
      .split(' ')
      .map((arg) => arg.replace(/^attest(?=\/|$)/, 'generated').replace(/^\w+\.config\.ts$/, 'generated/$&')),
  }));
}

function example(name: string, block: string): Guide['examples'][number] {
  const file = join(GENERATED, `example-${name.replaceAll(/\W+/g, '-')}.ts`);
  writeFileSync(file, block.replaceAll("'./attest/", "'./"));
  const prints = [...block.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1] ?? '');
  if (prints.length < 2) throw new Error(`docs/clients.md: the example of ${name} shows too little`);
  return { name, file, prints };
}

/** Runs the examples; returns what is wrong with what they print. */
export async function runExamples({ examples }: Guide): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, file, prints } of examples) {
    const outfile = file.replace(/ts$/, 'mjs');
    await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
    });
    const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8', timeout: 30_000 });
    if (stdout.trimEnd() === prints.join('\n'))
      console.log(`sdk-check: docs/clients.md: ${name} prints what it says`);
    else faults.push(`docs/clients.md: ${name} prints\n${stdout}${stderr}instead of\n${prints.join('\n')}`);
  }
  return faults;
}
