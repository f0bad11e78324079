import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { seedFile } from '../seed/files/format.ts';
import { printedHelp } from './help.ts';

const USAGE = `Usage: npm run schema [-- --check]

Writes the JSON Schema of the dataset files to seeds/schema.json. With --check, writes nothing
and only says whether that file is up to date.`;

/** Where the JSON Schema of the dataset files is kept; editors read it for completion. */
export const SCHEMA_FILE = fileURLToPath(new URL('../../seeds/schema.json', import.meta.url));

/** The JSON Schema (2020-12) of a dataset file, as the committed file should read. */
export function jsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(seedFile, { io: 'input' }), null, 2)}\n`;
}

// Run as a command: writes the file, or with --check only says whether it is up to date.
if (import.meta.main && !printedHelp(USAGE)) {
  if (!process.argv.includes('--check')) {
    writeFileSync(SCHEMA_FILE, jsonSchema());
  } else if (readFileSync(SCHEMA_FILE, 'utf8') !== jsonSchema()) {
    console.error('seeds/schema.json is out of date: run npm run schema');
    process.exitCode = 1;
  }
}
