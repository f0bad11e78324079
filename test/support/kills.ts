import { createHash } from 'node:crypto';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import SQLite from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { openStore } from '../../src/db/openStore.ts';
import { BATCH } from '../../src/import/run.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { writeEdition } from './editions.ts';
import type { Running } from './process.ts';

// SIGKILLs of what writes to a store, or reads it, at any moment; and what must be true of the store after each.

/** Starts a program of the project. */
export type Start = (script: string, args: string[], environment: Record<string, string>) => Running;

/** What a kill came to. */
export interface Kill {
  /** What was killed: a load, an import, a server that migrates an old store and loads into it, or a server that answers requests. */
  of: 'load' | 'import' | 'start' | 'server';
  /** In which of the states that it may be in the store was after it. */
  state: string;
  /** Whether the process had ended by itself before. */
  late: boolean;
  /** What is wrong; empty when nothing is. */
  faults: string[];
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));
/** As many migrations as version 0.1.0 had, which is the oldest that can be opened. */
const OLD_MIGRATIONS = 2;
/** When something was loaded, which differs from run to run. */
const TIMES = ['at', 'loadedAt'];
const LISTS = ['events', 'statements', 'claims', 'actors', 'topics', 'sources', 'figures', 'datasets'];

/** A hash of all rows of a store without their times, and the faults that SQLite finds in it. Opening it recovers what a killed process did not finish. */
export function examined(path: string): { contents: string; faults: string[] } {
  const database = new SQLite(path);
  try {
    const faults = [
      ...(database.pragma('integrity_check') as object[]).filter((row) => !Object.values(row).includes('ok')),
      ...(database.pragma('foreign_key_check') as object[]),
    ].map((row) => JSON.stringify(row));
    const hash = createHash('sha256');
    const tables = database
      .prepare<[], { name: string }>(
        "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
      )
      .all();
    for (const { name } of tables) {
      const columns = columnsOf(database, 'main', name).filter((column) => !TIMES.includes(column));
      const listed = columns.map((column) => `"${column}"`).join(', ');
      hash.update(`\n${name} ${listed}\n`);
      const order = columns.map((_, index) => index + 1).join(', ');
      const rows = database.prepare(`select ${listed} from "${name}" order by ${order}`).raw().iterate();
      for (const row of rows) hash.update(JSON.stringify(row));
    }
    return { contents: hash.digest('hex'), faults };
  } finally {
    database.close();
  }
}

function columnsOf(database: SQLite.Database, schema: string, table: string): string[] {
  return database
    .prepare<[string, string], { name: string }>('select name from pragma_table_xinfo(?, ?) where hidden = 0')
    .all(table, schema)
    .map(({ name }) => name);
}

/** Writes a store of an earlier version: its tables, with the rows of a store of today in the columns that existed. */
function writeOldStore(path: string, today: string): void {
  const database = new SQLite(path);
  for (const { sql } of readMigrationFiles({ migrationsFolder: MIGRATIONS }).slice(0, OLD_MIGRATIONS)) {
    for (const statement of sql) database.exec(statement);
  }
  database.pragma('foreign_keys = off');
  database.prepare('attach ? as today').run(today);
  const tables = database
    .prepare<[], { name: string }>(
      "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\'",
    )
    .all();
  for (const { name } of tables) {
    const held = new Set(columnsOf(database, 'today', name));
    const columns = columnsOf(database, 'main', name).filter((column) => held.has(column));
    const listed = columns.map((column) => `"${column}"`).join(', ');
    database.exec(`insert into main."${name}" (${listed}) select ${listed} from today."${name}"`);
  }
  // That version computed standings differently; a migration must replace all of them or none.
  database.exec("update claims set standing = 'corroborated', independentSources = 9");
  database.exec(
    'create table __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  );
  for (const { hash, folderMillis } of readMigrationFiles({ migrationsFolder: MIGRATIONS }).slice(
    0,
    OLD_MIGRATIONS,
  )) {
    database
      .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
      .run(hash, folderMillis);
  }
  database.close();
}

/** Events of the file that is imported, a part of which is in the last transaction. */
const IMPORTED = 5 * BATCH + 500;

/** A file of ICEWS with as many rows, no two alike. */
function icewsFile(): string {
  const rows = Array.from({ length: IMPORTED }, (_, index) => {
    const day = new Date(Date.UTC(2014, 0, 1 + (index % 365))).toISOString().slice(0, 10);
    return `${day}\tPolice (Kenya)\tConsult\tMinister ${String.fromCharCode(65 + (index % 26))} ${index}`;
  });
  return `date\tsource\tevent\ttarget\n${rows.join('\n')}\n`;
}

/** How many events of the import a store has, and the hash of its dataset, which is undefined before it has one. */
function importedIn(path: string): { rows: number; hash: string | undefined } {
  const database = new SQLite(path, { readonly: true });
  try {
    const hash = database
      .prepare<[], { contentHash: string }>("select contentHash from datasets where id = 'icews'")
      .get()?.contentHash;
    const [{ rows } = { rows: 0 }] = database
      .prepare<[], { rows: number }>("select count(*) as rows from events where dataset = 'icews'")
      .all();
    return { rows, hash };
  } finally {
    database.close();
  }
}

/** Stores in a folder, and what is done to them. */
export class Kills {
  readonly #folder: string;
  readonly #start: Start;
  readonly #random: () => number;
  readonly #path: string;
  readonly #old: string;
  /** Contents of the old store, migrated, and with the bundled dataset. */
  #states: Record<string, string> = {};
  #edition = 0;
  /** Milliseconds that each takes when it is not killed. */
  #milliseconds = { load: 0, start: 0, import: 0 };
  /** Contents of a store after an import that was not killed. */
  #imported = '';

  constructor(folder: string, start: Start, random: () => number) {
    this.#folder = folder;
    this.#start = start;
    this.#random = random;
    this.#path = join(folder, 'attest.db');
    this.#old = join(folder, 'old.db');
  }

  /** Makes the stores, and measures how long a load and a start take. */
  async prepare(): Promise<void> {
    const today = join(this.#folder, 'today.db');
    const store = await openStore(`file:${today}`);
    await loadDataset(store, readDataset(writeEdition(this.#folder, 0)));
    await store.close();
    writeOldStore(this.#old, today);
    await this.#note('old', this.#copy(this.#old), async () => undefined);
    await this.#note('migrated', this.#copy(this.#old), (path) => this.#loaded(path));
    await this.#note('loaded', this.#copy(this.#old), (path) => this.#loaded(path, BUNDLED_DATASET));

    this.#copy(this.#old, this.#path);
    let begin = performance.now();
    await this.#serves();
    this.#milliseconds.start = performance.now() - begin;
    this.#edition = 1;
    begin = performance.now();
    const load = this.#load();
    if ((await load.exited) !== 0) throw new Error(load.output());
    this.#milliseconds.load = performance.now() - begin;
  }

  /** Kills a load at a random moment. */
  async load(): Promise<Kill> {
    const before = examined(this.#path).contents;
    this.#edition += 1;
    const path = writeEdition(this.#folder, this.#edition);
    const copy = this.#copy(this.#path);
    await this.#loaded(copy, path);
    const after = examined(copy).contents;
    const late = await this.#killed(this.#load(), this.#milliseconds.load);
    const kill = await this.#judged('load', late, this.#path, { before, after });
    if (kill.state === 'before') this.#edition -= 1;
    return kill;
  }

  /**
   * Kills an import at a random moment. The store must then have whole transactions of it alone, and an import that is run again must
   * complete it to the contents that an undisturbed one has.
   */
  async import(): Promise<Kill> {
    const file = join(this.#folder, 'icews.tsv');
    const empty = join(this.#folder, 'empty.db');
    const path = join(this.#folder, 'importing.db');
    if (this.#imported === '') {
      writeFileSync(file, icewsFile());
      await this.#loaded(empty, BUNDLED_DATASET);
      this.#copy(empty, path);
      const begin = performance.now();
      const undisturbed = this.#import(path, file);
      if ((await undisturbed.exited) !== 0) throw new Error(undisturbed.output());
      this.#milliseconds.import = performance.now() - begin;
      this.#imported = examined(path).contents;
    }
    this.#copy(empty, path);
    // Not while it starts, which takes a third of the time.
    const late = await this.#killed(this.#import(path, file), this.#milliseconds.import, 0.35);
    const { faults } = examined(path);
    const { rows, hash } = importedIn(path);
    if (rows !== IMPORTED && rows % BATCH !== 0)
      faults.push(`it has ${rows} of the events, which are no whole transactions`);
    const completed = this.#import(path, file);
    if ((await completed.exited) !== 0) faults.push(`the next import failed: ${completed.output()}`);
    if (examined(path).contents !== this.#imported)
      faults.push('the next import did not complete it to the contents of an undisturbed one');
    return { of: 'import', state: hash === undefined ? 'before' : `with ${rows} events`, late, faults };
  }

  /** Kills a server at a random moment of its start on an old store, which it migrates and loads the bundled dataset into. */
  async start(): Promise<Kill> {
    const path = this.#copy(this.#old);
    const late = await this.#killed(this.#server(path), this.#milliseconds.start);
    const kill = await this.#judged('start', late, path, this.#states);
    if (examined(path).contents !== this.#states.loaded)
      kill.faults.push('the next start did not migrate and load the store as it should');
    return kill;
  }

  /** Kills a server at a random moment while it answers. */
  async server(): Promise<Kill> {
    const before = examined(this.#path).contents;
    const server = this.#server(this.#path);
    const base = await baseOf(server);
    const paths = LISTS.flatMap((list) => [`/v1/${list}?count=true`, `/v1/${list}?limit=200`]);
    const answers = Promise.allSettled(
      [...paths, '/v1/graph', '/v1/events?format=ndjson'].map((target) =>
        fetch(base + target).then((answer) => answer.text()),
      ),
    );
    const late = await this.#killed(server, 300);
    await answers;
    return this.#judged('server', late, this.#path, { before });
  }

  /** What is true of a store after a kill: its state is one of some, nothing in it is broken, and the next start serves. */
  async #judged(of: Kill['of'], late: boolean, path: string, states: Record<string, string>): Promise<Kill> {
    const { contents, faults } = examined(path);
    const [state] = Object.entries(states).find(([, each]) => each === contents) ?? ['half done'];
    if (state === 'half done') faults.push(`its contents are none of ${Object.keys(states).join(', ')}`);
    try {
      await this.#serves(path);
    } catch (error) {
      faults.push(`the next start does not serve: ${(error as Error).message}`);
    }
    return { of, state, late, faults };
  }

  /** Starts a server, asks it for every list, and ends it. Throws when it does not start, answer or end as it should. */
  async #serves(path = this.#path): Promise<void> {
    const server = this.#server(path);
    const base = await baseOf(server);
    for (const target of ['/health/ready', ...LISTS.map((list) => `/v1/${list}?limit=200&count=true`)]) {
      const answer = await fetch(base + target);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${answer.status} for ${target}`);
    }
    server.child.kill('SIGTERM');
    const code = await server.exited;
    if (code !== 0) throw new Error(`it ended with ${code}: ${server.output()}`);
  }

  /** Kills a process at a random moment within some milliseconds, after a share of them; returns whether it had ended before. */
  async #killed({ child, exited }: Running, milliseconds: number, after = 0): Promise<boolean> {
    await Promise.race([delay((after + (1 - after) * this.#random()) * milliseconds), exited]);
    const late = child.exitCode !== null;
    child.kill('SIGKILL');
    await exited;
    return late;
  }

  #load(): Running {
    const path = writeEdition(this.#folder, this.#edition);
    return this.#start('src/cli/seed.ts', [path], { DATABASE_URL: `file:${this.#path}` });
  }

  #import(path: string, file: string): Running {
    return this.#start(
      'src/cli/import.ts',
      ['--format', 'icews', '--dataset', 'icews', '--published', '2015', file],
      {
        DATABASE_URL: `file:${path}`,
      },
    );
  }

  #server(path: string): Running {
    return this.#start('src/server.ts', [], {
      DATABASE_URL: `file:${path}`,
      PORT: '0',
      LOG_LEVEL: 'silent',
    });
  }

  async #note(state: string, path: string, act: (path: string) => Promise<unknown>): Promise<void> {
    await act(path);
    this.#states[state] = examined(path).contents;
  }

  /** Opens a store, which migrates it, and loads a dataset into it, if any; in this process, undisturbed. */
  async #loaded(path: string, dataset?: string): Promise<void> {
    const store = await openStore(`file:${path}`);
    if (dataset !== undefined) await loadDataset(store, readDataset(dataset));
    await store.close();
  }

  /** A copy of a store that no process has open. */
  #copy(from: string, to = join(this.#folder, 'copy.db')): string {
    for (const end of ['', '-wal', '-shm']) rmSync(to + end, { force: true });
    cpSync(from, to);
    return to;
  }
}

/** Where a server answers, once it does. */
async function baseOf(server: Running): Promise<string> {
  await server.printed('OpenAPI');
  return /API +(http:\/\/[^/]+)\//.exec(server.output())?.[1] ?? '';
}
