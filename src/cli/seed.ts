import { parseArgs } from 'node:util';
import { BUNDLED_DATASET, ConfigError, readConfig } from '../config.ts';
import { openStore } from '../db/openStore.ts';
import { StoreError } from '../domain/errors.ts';
import { DatasetError } from '../seed/files/mistakes.ts';
import { type LoadSummary, loadDataset } from '../seed/load/load.ts';
import { readDataset } from '../seed/read/read.ts';
import { describeLoad } from './describeLoad.ts';
import { printedHelp } from './help.ts';

const USAGE = `Usage: npm run seed [-- PATH]

Loads the dataset files at PATH (a folder, or one file; by default the bundled dataset)
into the store at DATABASE_URL, all or nothing. Loading again changes nothing.
With ARTICLES_DIR, the words of the cited passages are stored too.`;

/** Loads a dataset for a user at a terminal; returns the exit code: 0 loaded, 1 refused. */
async function main(): Promise<number> {
  if (printedHelp(USAGE)) return 0;
  let path: string;
  try {
    const { positionals } = parseArgs({ allowPositionals: true });
    if (positionals.length > 1) throw new TypeError('one PATH at the most');
    path = positionals[0] ?? BUNDLED_DATASET;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`seed: ${error.message}\n\n${USAGE}`);
    return 1;
  }
  try {
    console.log(describeLoad(await load(path)));
    return 0;
  } catch (error) {
    const reason = explain(error);
    if (reason === undefined) throw error;
    console.error(reason);
    return 1;
  }
}

async function load(path: string): Promise<LoadSummary> {
  const progress = (line: string): void => console.error(`seed: ${line}`);
  const { databaseUrl, articlesDir } = readConfig();
  progress(`reading ${path}`);
  const data = readDataset(path);
  const store = await openStore(databaseUrl);
  try {
    return await loadDataset(store, data, { articlesDir, onProgress: progress });
  } finally {
    await store.close();
  }
}

/** Why nothing was loaded; undefined when the error is a fault of the program. */
function explain(error: unknown): string | undefined {
  if (error instanceof DatasetError) {
    return `${error.message}\nseed: ${error.mistakes.length} mistake(s), nothing was loaded`;
  }
  if (error instanceof StoreError || error instanceof ConfigError) return `seed: ${error.message}`;
  return undefined;
}

process.exitCode = await main();
