import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from './app.ts';
import { openStore } from './db/store.ts';

const FOLDER = fileURLToPath(new URL('../openapi', import.meta.url));

/** The OpenAPI document of the application, as the committed files should read, by file name. */
async function documents(): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'attest-openapi-'));
  const store = await openStore(`file:${folder}/attest.db`);
  try {
    const app = await buildApp({ store, logLevel: 'silent' });
    await app.ready();
    const json = `${JSON.stringify(app.swagger(), null, 2)}\n`;
    const yaml = app.swagger({ yaml: true });
    await app.close();
    return new Map([
      ['openapi.json', json],
      ['openapi.yaml', yaml],
    ]);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

// Run as a command: writes the files, or with --check only says whether they are up to date.
for (const [name, content] of await documents()) {
  const file = join(FOLDER, name);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, content);
  } else if (readFileSync(file, 'utf8') !== content) {
    console.error(`openapi/${name} is out of date: run npm run openapi`);
    process.exitCode = 1;
  }
}
