import { createWriteStream, existsSync, globSync, statSync, type WriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { BUNDLED_DATASET, ConfigError, readConfig } from '../config.ts';
import { openStore } from '../db/openStore.ts';
import type { Store } from '../db/store.ts';
import { dateRange } from '../domain/dates.ts';
import { StoreError } from '../domain/errors.ts';
import { ImportError } from '../import/format.ts';
import { formats } from '../import/formats.ts';
import { linesOf } from '../import/input.ts';
import { ENCODINGS, type Encoding } from '../import/rows.ts';
import { type ImportSummary, importFiles, type Reject } from '../import/run.ts';
import { DatasetError } from '../seed/files/mistakes.ts';
import { loadDataset } from '../seed/load/load.ts';
import { storedVersion } from '../seed/load/stored.ts';
import { readExport } from '../seed/read/export.ts';
import { readDataset } from '../seed/read/read.ts';
import { describeLoad } from './describeLoad.ts';
import { printedHelp } from './help.ts';

/** What the API itself exports. */
const EXPORT = 'attest';

const USAGE = `Usage: npm run import -- --format ${[...Object.keys(formats), EXPORT].join('|')} --dataset ID [options] FILE…

Loads files of event data into the dataset ID of the store at DATABASE_URL. A FILE may end in .gz or
.zip, or be a quoted pattern such as 'gdelt/*.zip'; - is standard input. Importing again changes
nothing, and completes an import that was interrupted.

  --dry-run           only counts what would be loaded
  --replace           withdraws events that the dataset has and no FILE
  --published DATE    when the provider published the files (EDTF)
  --version VERSION   version of the dataset, such as 25.1.0
  --encoding NAME     ${ENCODINGS.join(' or ')}; without it, ${ENCODINGS[0]}
  --rejects FILE      where rows that are not loaded are listed; without it, ID-rejects.csv`;

/** What a user asks for. */
interface Asked {
  files: string[];
  format: keyof typeof formats | typeof EXPORT;
  dataset: string;
  rejects: string;
  encoding: Encoding;
  dryRun: boolean;
  replace: boolean;
  published: string | undefined;
  version: string | undefined;
}

/** Imports event data for a user at a terminal; returns the exit code: 0 done, if with rejected rows, 1 refused. */
async function main(): Promise<number> {
  if (printedHelp(USAGE)) return 0;
  let asked: Asked;
  try {
    asked = read();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    console.error(`import: ${error.message}\n\n${USAGE}`);
    return 1;
  }
  try {
    const store = await openStore(readConfig().databaseUrl);
    try {
      await load(store, asked);
    } finally {
      await store.close();
    }
    return 0;
  } catch (error) {
    if (error instanceof DatasetError) {
      console.error(`${error.message}\nimport: ${error.mistakes.length} mistake(s), nothing was loaded`);
      return 1;
    }
    if (error instanceof ImportError || error instanceof StoreError || error instanceof ConfigError) {
      console.error(`import: ${error.message}`);
      return 1;
    }
    throw error;
  }
}

/** The arguments. Throws a TypeError or RangeError that says what is wrong with them. */
function read(): Asked {
  const { values, positionals: patterns } = parseArgs({
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      dataset: { type: 'string' },
      rejects: { type: 'string' },
      encoding: { type: 'string', default: ENCODINGS[0] },
      'dry-run': { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      published: { type: 'string' },
      version: { type: 'string' },
    },
  });
  const { dataset = '', published, version } = values;
  const format = oneOf('--format', values.format ?? '', [...keysOf(formats), EXPORT]);
  const { replace, 'dry-run': dryRun } = values;
  const isPlain = !replace && !dryRun && published === undefined && version === undefined;
  if (format === EXPORT && !isPlain)
    throw new TypeError('an export is read as it is: --format attest takes --dataset and files alone');
  const encoding = oneOf('--encoding', values.encoding, ENCODINGS);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(dataset))
    throw new TypeError(`--dataset "${dataset}" is not an id: lower-case letters, digits and single hyphens`);
  if (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version))
    throw new TypeError(`--version "${version}" is not a version such as 25.1.0`);
  if (published !== undefined) dateRange(published);
  if (patterns.length === 0) throw new TypeError('name the FILE to import, or - for standard input');
  const files = patterns.flatMap(filesOf);
  const rejects = values.rejects ?? `${dataset}-rejects.csv`;
  return {
    files,
    format,
    dataset,
    rejects,
    encoding,
    dryRun,
    replace,
    published,
    version,
  };
}

/** The files that a pattern such as `gdelt/*.zip` names, in the order of their names; what is no pattern, or is itself a file, as it is. */
function filesOf(pattern: string): string[] {
  if (!/[*?[{]/.test(pattern) || existsSync(pattern)) return [pattern];
  const files = globSync(pattern).sort();
  if (files.length === 0) throw new TypeError(`no file is named by the pattern ${pattern}`);
  return files;
}

function keysOf<T extends object>(object: T): (keyof T & string)[] {
  // Cast: an object of type T may have more keys than T names; this one has none.
  return Object.keys(object) as (keyof T & string)[];
}

function oneOf<T extends string>(option: string, word: string, words: readonly T[]): T {
  const found = words.find((each) => each === word);
  if (found === undefined) throw new TypeError(`${option} "${word}" is not one of ${words.join(', ')}`);
  return found;
}

async function load(store: Store, asked: Asked): Promise<void> {
  const { files, format, rejects, ...options } = asked;
  if (format === EXPORT) {
    const { data, passages } = await readExport(asked.dataset, linesOf(files));
    console.log(describeLoad(await loadDataset(store, data, { passages })));
    return;
  }
  if (!options.dryRun) await loadBundled(store);
  const progress = new Progress(files);
  const list = new RejectList(rejects);
  const { dataset } = options;
  try {
    const summary = await importFiles(store, files, {
      ...options,
      format: formats[format],
      onReject: (reject) => list.add(reject),
      onBytes: (bytes) => progress.bytes(bytes),
      onProgress: (now) => progress.show(now),
    });
    progress.clear();
    console.log(describe(dataset, summary, options.dryRun));
    if (summary.rejected > 0) console.log(`  the rejected rows are listed in ${rejects}`);
  } finally {
    await list.close();
  }
}

/** The bundled dataset comes first, as when the server starts: the states that it defines are the ones that imports refer to. */
async function loadBundled(store: Store): Promise<void> {
  const bundled = readDataset(BUNDLED_DATASET);
  if ((await storedVersion(store.db, bundled.dataset.id)) === null) await loadDataset(store, bundled);
}

/** The file that lists the rejected rows; it is written when there is one. */
class RejectList {
  readonly #path: string;
  #file: WriteStream | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  add({ file, line, reason }: Reject): void {
    if (!this.#file) {
      this.#file = createWriteStream(this.#path);
      this.#file.write(stringify([['file', 'line', 'reason']]));
    }
    this.#file.write(stringify([[file, line, reason]]));
  }

  async close(): Promise<void> {
    const file = this.#file;
    if (file) await new Promise((resolve) => file.end(resolve));
  }
}

/** A line on a terminal that says how far the import has come. */
class Progress {
  readonly #start = performance.now();
  readonly #total: number;
  #read = 0;

  constructor(files: readonly string[]) {
    const sizes = files.map((file) => (file === '-' ? Number.NaN : sizeOf(file)));
    this.#total = sizes.reduce((sum, size) => sum + size, 0);
  }

  bytes(bytes: number): void {
    this.#read += bytes;
  }

  show({ read }: ImportSummary): void {
    if (!process.stderr.isTTY) return;
    const seconds = (performance.now() - this.#start) / 1_000;
    const left = (seconds * (this.#total - this.#read)) / this.#read;
    const end = Number.isFinite(left) ? `, ${Math.max(0, Math.round(left))} s left` : '';
    process.stderr.write(
      `\r\x1b[Kimport: ${read.toLocaleString('en')} rows, ${Math.round(read / seconds).toLocaleString('en')} rows/s${end}`,
    );
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function describe(
  dataset: string,
  { read, loaded, unchanged, rejected, withdrawn, unmapped }: ImportSummary,
  dryRun: boolean,
): string {
  const rows = [...unmapped]
    .sort(([, a], [, b]) => b - a)
    .map(([value, count]) => `  ${count} × ${value} not known`);
  return [
    `${dataset}${dryRun ? ' (dry run: nothing was loaded)' : ''}`,
    `  ${read} rows read: ${loaded} loaded, ${unchanged} unchanged, ${rejected} rejected`,
    ...(withdrawn > 0 ? [`  ${withdrawn} events withdrawn`] : []),
    ...rows.slice(0, 20),
    ...(rows.length > 20 ? [`  and ${rows.length - 20} further values not known`] : []),
  ].join('\n');
}

process.exitCode = await main();
