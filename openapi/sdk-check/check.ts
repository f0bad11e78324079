// Lints the OpenAPI document, generates a client with each of the common generators as docs/clients.md says,
// type-checks them all, and has each ask a server that runs here, on loopback. Fails on any finding. So for the
// cookbook's TypeScript, and for a Postman collection.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { runSnippets, writeSnippets } from './cookbook.ts';
import { readGuide, runExamples } from './guide.ts';
import { runCollection } from './postman.ts';

const HERE = import.meta.dirname;
const DOCUMENT = '../openapi.json';
const EXPECTED = {
  events: ['arms-embargo-lifted-2025'],
  meant: ['daniel-kritenbrink'],
};

/** Runs a program of this package; its output counts only when it fails. */
function run(name: string, args: string[]): void {
  const begin = Date.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin(name), ...args], {
    cwd: HERE,
    encoding: 'utf8',
    // No tool is to call home.
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  const output = `${stdout}${stderr}`;
  // Redocly counts warnings as no failure.
  if (status !== 0 || (name === 'redocly' && /\bwarning/i.test(output))) {
    throw new Error(`${name} ${args.join(' ')}:\n${output}`);
  }
  console.log(`sdk-check: ${name} ${args[0] ?? ''} (${Date.now() - begin} ms)`);
}

const bin = (name: string): string => join(HERE, 'node_modules/.bin', name);

/** Starts the server over a store of its own on a free port; returns its address. */
async function start(folder: string): Promise<{ server: ChildProcess; base: string }> {
  const server = spawn(process.execPath, [join(HERE, '../../src/server.ts')], {
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'silent', DATABASE_URL: `file:${folder}/attest.db` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', (chunk) => {
      output += String(chunk);
      const base = /API +(http:\/\/[^/]+)\//.exec(output)?.[1];
      if (base) resolve({ server, base });
    });
    server.on('exit', () => reject(new Error(`the server ended: ${output}`)));
  });
}

/** Keeps the document as a file, for the converter that takes no address. */
async function keepDocument(base: string): Promise<void> {
  const document = await fetch(`${base}/openapi-sdk.json`);
  writeFileSync(join(HERE, 'generated/openapi-sdk.json'), await document.text());
}

/** Has every client ask; returns what is wrong with their answers. */
async function ask(base: string): Promise<string[]> {
  await build({
    entryPoints: [join(HERE, 'clients.ts')],
    outfile: join(HERE, 'generated/clients.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const { clients } = (await import('./generated/clients.mjs' as string)) as typeof import('./clients.ts');
  const faults: string[] = [];
  const answers = new Set<string>();
  for (const [name, client] of Object.entries(clients)) {
    try {
      const answer = await client(base);
      answers.add(JSON.stringify(answer));
      const { events, title, source, disputed = 0, meant } = answer;
      const right =
        JSON.stringify({ events, meant }) === JSON.stringify(EXPECTED) && title && source && disputed > 0;
      if (!right) faults.push(`${name}: ${JSON.stringify(answer)}`);
      else console.log(`sdk-check: ${name} answered`);
    } catch (error) {
      faults.push(`${name}: ${(error as Error).stack ?? String(error)}`);
    }
  }
  if (answers.size > 1) faults.push(`the clients disagree: ${[...answers].join('\n')}`);
  return faults;
}

rmSync(join(HERE, 'generated'), { recursive: true, force: true });
const folder = mkdtempSync(join(tmpdir(), 'attest-sdk-check-'));
let running: ChildProcess | undefined;
try {
  run('redocly', ['lint', DOCUMENT]);
  run('spectral', ['lint', DOCUMENT, '--fail-severity=hint']);
  const { server, base } = await start(folder);
  running = server;
  const guide = readGuide(base);
  await keepDocument(base);
  for (const { program, args } of guide.commands) run(program, args);
  writeSnippets();
  run('tsc', []);
  const faults = [
    ...(await ask(base)),
    ...(await runExamples(guide)),
    ...(await runCollection(join(HERE, 'generated/postman.json'), base)),
    ...runSnippets(base),
  ];
  if (faults.length > 0) throw new Error(faults.join('\n'));
} catch (error) {
  console.error(`sdk-check: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  if (running) {
    running.removeAllListeners('exit');
    running.kill('SIGTERM');
    await new Promise((resolve) => running?.on('exit', resolve));
  }
  rmSync(folder, { recursive: true, force: true });
}
