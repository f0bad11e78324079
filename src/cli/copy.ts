import { parseArgs } from 'node:util';
import { type CopyProgress, type CopySummary, copyStore } from '../db/copy.ts';
import { openStore } from '../db/openStore.ts';
import { StoreError } from '../domain/errors.ts';
import { printedHelp } from './help.ts';

const USAGE = `Usage: npm run copy -- --from URL --to URL

Copies a store into an empty one of any engine, and compares all rows of both. Each URL is as in
DATABASE_URL: file:./data/attest.db, or postgres://USER:PASSWORD@HOST:PORT/DATABASE.
Ids, changes and versions stay. A copy that was interrupted goes on when it is run again.`;

/** Copies a store for a user at a terminal; returns the exit code: 0 copied, 1 refused. */
async function main(): Promise<number> {
  if (printedHelp(USAGE)) return 0;
  let urls: { from: string; to: string };
  try {
    urls = read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`copy: ${error.message}\n\n${USAGE}`);
    return 1;
  }
  try {
    console.log(describe(await copy(urls)));
    return 0;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    console.error(`copy: ${error.message.replaceAll('DATABASE_URL', '--from or --to')}`);
    return 1;
  }
}

function read(): { from: string; to: string } {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const { from, to } = values;
  if (!from || !to) throw new TypeError('name both stores, --from and --to');
  if (from === to) throw new TypeError('--from and --to name the same store');
  return { from, to };
}

async function copy({ from, to }: { from: string; to: string }): Promise<CopySummary> {
  const source = await openStore(from, { existing: true });
  try {
    const target = await openStore(to, { copying: true });
    try {
      return await copyStore(source, target, progress());
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Prints how far the copy has come: on a terminal in one line, elsewhere a line for each table. */
function progress(): (now: CopyProgress) => void {
  const start = performance.now();
  let begun = '';
  return ({ doing, table, rows, total }) => {
    const seconds = Math.round((performance.now() - start) / 1_000);
    const line = `copy: ${doing} ${table}, ${rows.toLocaleString('en')} of ${total.toLocaleString('en')} rows, ${seconds} s`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
    else if (begun !== `${doing} ${table}`) console.error(line);
    begun = `${doing} ${table}`;
  };
}

function describe({ rows, resumed, unchanged }: CopySummary): string {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const total = Object.values(rows).reduce((sum, each) => sum + each, 0);
  const what = unchanged ? 'nothing to copy' : resumed ? 'completed an interrupted copy' : 'copied';
  const filled = Object.entries(rows).filter(([, each]) => each > 0);
  return [
    `${what}: ${total} rows, the same in both stores`,
    ...filled.map(([table, each]) => `  ${table.padEnd(20)} ${String(each).padStart(9)}`),
  ].join('\n');
}

process.exitCode = await main();
