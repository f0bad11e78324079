import { createHash } from 'node:crypto';
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { type RecordTable, recordTables } from '../db/recordTables.ts';
import { upsert } from '../db/rows.ts';
import type { Store } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import { valuePerWord } from '../domain/vocabularies.ts';
import type { DocumentCitation, SeedRecords, Source } from '../seed/files/dataset.ts';
import { type SeedDataset, seedKinds } from '../seed/files/format.ts';
import { recordPuts } from '../seed/load/load.ts';
import { compareVersions } from '../seed/load/stored.ts';
import { eventsOf, loadBatch } from './batch.ts';
import { ImportError, type ImportFormat, RowError } from './format.ts';
import { IdSet } from './idSet.ts';
import { mentionedEvents } from './mentions.ts';
import { type Encoding, rowsOf } from './rows.ts';
import { eventIds, reinstate, type Withdrawal, withdraw } from './withdraw.ts';

/** Rows that are loaded in one transaction. */
export const BATCH = 2_000;

/** In place of the hash of a dataset's contents, until an import is complete. */
const INCOMPLETE = 'incomplete';

/** A row that was not loaded. `line` is the line of its file on which it ends. */
export interface Reject {
  file: string;
  line: number;
  reason: string;
}

/** What an import did. `read` is the sum of `loaded`, `unchanged` and `rejected`. */
export interface ImportSummary {
  read: number;
  loaded: number;
  unchanged: number;
  rejected: number;
  /** Events that were withdrawn, by rows of the files or since no row had them. */
  withdrawn: number;
  /** How often each value that is not known was met, by what it is. */
  unmapped: Map<string, number>;
}

export interface ImportOptions {
  format: ImportFormat;
  /** Id of the dataset; it is also that of the source which all its events cite. */
  dataset: string;
  /** When the provider published the files (EDTF); without it, what the store has, or some day up to that of the load. */
  published?: string | undefined;
  /** Version of the dataset (SemVer); without it, what the store has, or 1.0.0. */
  version?: string | undefined;
  encoding?: Encoding;
  dryRun?: boolean;
  /** Whether the files are all of the dataset: events that no row of them has are withdrawn. */
  replace?: boolean;
  onReject?: (reject: Reject) => void;
  onBytes?: (bytes: number) => void;
  onProgress?: (summary: ImportSummary) => void;
}

/** The topics, actors and events of some rows, each once, or what they add to events. */
interface Batch {
  rows: { file: string; line: number; id: string }[];
  records: SeedRecords;
  withdrawals: Withdrawal[];
  /** Reports of events that are in the store, by the ids of those. */
  mentions: Map<string, DocumentCitation[]>;
}

/**
 * Loads files of event data into a dataset, in transactions of two thousand rows: readers never see half a row's records, and a run
 * that is ended in between is completed by another one. Rows that are in the store with the same content do not change, so
 * importing twice changes nothing; those with other content replace what is there. A row that cannot be loaded is given to
 * `onReject`, with the reason.
 * Throws an ImportError when a file cannot be read or is not of the format, or the dataset is not one of imported data; what was
 * loaded before stays.
 */
export async function importFiles(
  store: Store,
  files: readonly string[],
  options: ImportOptions,
): Promise<ImportSummary> {
  const run = new Run(store, options);
  await run.begin();
  for (const file of files) await run.file(file);
  await run.end();
  return run.summary;
}

class Run {
  readonly summary: ImportSummary = {
    read: 0,
    loaded: 0,
    unchanged: 0,
    rejected: 0,
    withdrawn: 0,
    unmapped: new Map(),
  };
  readonly #store: Store;
  readonly #options: ImportOptions;
  readonly #at = new Date();
  readonly #ids = new IdSet();
  /** Topics and actors that an earlier row had: the first one of an id counts. */
  readonly #shared = new Set<string>();
  #dataset: SeedDataset;
  #batch = emptyBatch();
  /** Whether the dataset has events that were withdrawn. */
  #withdrew = false;

  constructor(store: Store, options: ImportOptions) {
    this.#store = store;
    this.#options = options;
    const { format, dataset, version = '1.0.0' } = options;
    this.#dataset = { id: dataset, ...format.describes, version };
  }

  /** Puts the dataset and its source into the store. */
  async begin(): Promise<void> {
    const { dataset: id, version, format, dryRun = false, replace = false } = this.#options;
    if (format.amends && replace)
      throw new ImportError('files of this format change events: they cannot replace a dataset');
    const before = await this.#read(id);
    if (format.amends && !before.isImported)
      throw new ImportError(`there is no imported dataset ${id}: import its events first`);
    this.#withdrew = before.withdrew;
    if (before.dataset && !before.isImported)
      throw new ImportError(`the dataset ${id} is not one of imported data: choose another id`);
    if (before.dataset && version !== undefined && compareVersions(version, before.dataset.version) < 0)
      throw new ImportError(
        `the store already has version ${before.dataset.version} of ${id}: a store never goes back to an older one`,
      );
    if (before.dataset) this.#dataset = { ...this.#dataset, version: version ?? before.dataset.version };
    const published =
      this.#options.published ?? before.published ?? `[..${this.#at.toISOString().slice(0, 10)}]`;
    if (dryRun) return;
    const { records } = emptyBatch();
    records.source.push(this.#source(published));
    await this.#store.transaction(async (tx) => {
      if (!before.dataset) await this.#writeDataset(tx, INCOMPLETE);
      const { taken } = await loadBatch(tx, this.#dataset, records, { at: this.#at, dryRun });
      if (taken.size > 0) throw new ImportError(`another dataset has a source ${id}: choose another id`);
    });
  }

  /** Loads the rows of one file. */
  async file(file: string): Promise<void> {
    const { format, encoding = 'utf-8', onBytes } = this.#options;
    for await (const read of rowsOf(file, format, encoding, onBytes)) {
      this.summary.read++;
      if ('fault' in read) this.#reject({ file, line: read.line, reason: read.fault });
      else this.#add(file, read.line, read.row);
      if (this.#batch.rows.length >= BATCH) await this.#flush();
    }
  }

  /** Loads the remaining rows, withdraws what they replace, and gives the dataset the hash of its contents. */
  async end(): Promise<void> {
    await this.#flush();
    if (this.#options.replace) await this.#withdrawRest();
    if (this.#options.dryRun) return;
    await this.#store.transaction(async (tx) => {
      const contentHash = await hashOf(tx, this.#dataset);
      const { dataset } = await this.#read(this.#dataset.id);
      if (dataset?.contentHash === contentHash) return;
      await this.#writeDataset(tx, contentHash);
      await recordPuts(
        tx,
        this.#dataset.id,
        [{ kind: 'dataset', id: this.#dataset.id, contentHash }],
        this.#at,
      );
    });
  }

  #add(file: string, line: number, row: Parameters<ImportFormat['read']>[0]): void {
    let imported: ReturnType<ImportFormat['read']>;
    try {
      imported = this.#options.format.read(row, this.#dataset.id);
      if ('mentionOf' in imported) {
        if (!this.#ids.add(JSON.stringify(imported)))
          throw new RowError('repeats a mention that an earlier row has');
      } else if ('withdrawn' in imported) {
        if (!this.#ids.add(imported.withdrawn)) throw new RowError('withdraws what an earlier row withdraws');
      } else if (!this.#ids.add(imported.event.id))
        throw new RowError(`repeats the id ${imported.event.citations[0]?.document?.id} of an earlier row`);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      this.#reject({ file, line, reason: error.message });
      return;
    }
    const { records, rows, mentions, withdrawals } = this.#batch;
    if ('mentionOf' in imported) {
      const { mentionOf: id, citation } = imported;
      rows.push({ file, line, id });
      mentions.set(id, [...(mentions.get(id) ?? []), citation]);
      return;
    }
    if ('withdrawn' in imported) {
      const { withdrawn: id, reason } = imported;
      rows.push({ file, line, id });
      withdrawals.push({ id, reason });
      return;
    }
    rows.push({ file, line, id: imported.event.id });
    records.event.push(imported.event);
    for (const topic of imported.topics) if (this.#isNew(topic.id, 'topic')) records.topic.push(topic);
    for (const actor of imported.actors) if (this.#isNew(actor.id, 'actor')) records.actor.push(actor);
    for (const value of imported.unmapped)
      this.summary.unmapped.set(value, (this.summary.unmapped.get(value) ?? 0) + 1);
  }

  #isNew(id: string, kind: string): boolean {
    const known = this.#shared.has(`${kind} ${id}`);
    this.#shared.add(`${kind} ${id}`);
    return !known;
  }

  async #flush(): Promise<void> {
    const { rows, records, mentions, withdrawals } = this.#batch;
    this.#batch = emptyBatch();
    const { dryRun = false, onProgress } = this.#options;
    const { id: dataset } = this.#dataset;
    const { changed, rejected } = await this.#store.transaction(async (tx) => {
      const known = await eventsOf(tx, dataset, [...mentions.keys()]);
      records.event.push(...(await mentionedEvents(tx, known, mentions)));
      const result = await loadBatch(tx, this.#dataset, records, { at: this.#at, dryRun });
      const { withdrawn, before } = await withdraw(tx, dataset, withdrawals, {
        at: this.#at,
        dryRun,
      });
      const changed = new Set(withdrawn);
      for (const { kind, id } of result.written) if (kind === 'event') changed.add(id);
      if (!dryRun && this.#withdrew) {
        await reinstate(
          tx,
          dataset,
          records.event.map(({ id }) => id),
        );
      }
      if (withdrawn.size > 0) this.#withdrew = true;
      // Answers change with every batch, and their ETags with the dataset's hash.
      if (!dryRun && result.written.length + withdrawn.size > 0) await this.#writeDataset(tx, INCOMPLETE);
      this.summary.withdrawn += withdrawn.size;
      const rejected = new Map<string, string>();
      for (const id of result.taken) rejected.set(id, `another dataset has an event ${id}`);
      for (const id of mentions.keys())
        if (!known.has(id))
          rejected.set(id, `the dataset ${dataset} has no event ${id} that it could mention`);
      for (const { id } of withdrawals) {
        if (!withdrawn.has(id) && !before.has(id))
          rejected.set(id, `the dataset ${dataset} has no event ${id} to withdraw`);
      }
      return { changed, rejected };
    });
    for (const { file, line, id } of rows) {
      const reason = rejected.get(id);
      if (reason !== undefined) this.#reject({ file, line, reason });
      else if (changed.has(id)) this.summary.loaded++;
      else this.summary.unchanged++;
    }
    onProgress?.(this.summary);
  }

  #reject(reject: Reject): void {
    this.summary.rejected++;
    this.#options.onReject?.(reject);
  }

  /** Withdraws the events that no row of this run had. */
  async #withdrawRest(): Promise<void> {
    const { id: dataset } = this.#dataset;
    if (this.summary.loaded + this.summary.unchanged === 0)
      throw new ImportError('no row could be loaded: nothing was withdrawn');
    const reason = `no longer in the files of ${this.#dataset.title}`;
    for await (const ids of eventIds(this.#store.db, dataset)) {
      const rest = ids.filter((id) => !this.#ids.has(id)).map((id) => ({ id, reason }));
      if (rest.length === 0) continue;
      const { withdrawn } = await this.#store.transaction(async (tx) => {
        const done = await withdraw(tx, dataset, rest, {
          at: this.#at,
          dryRun: this.#options.dryRun ?? false,
        });
        if (!this.#options.dryRun) await this.#writeDataset(tx, INCOMPLETE);
        return done;
      });
      this.summary.withdrawn += withdrawn.size;
    }
  }

  async #writeDataset(tx: Database, contentHash: string): Promise<void> {
    await upsert(tx, tables.datasets, [{ ...this.#dataset, contentHash, loadedAt: this.#at }]);
  }

  #source(published: string): Source {
    const { id, title } = this.#dataset;
    return { id, title, kind: 'dataset', language: 'en', published };
  }

  /** The dataset and its source, as the store has them. */
  async #read(id: string) {
    const { datasets, sources } = tables;
    const [dataset] = await this.#store.db.select().from(datasets).where(eq(datasets.id, id));
    const [source] = await this.#store.db
      .select({ kind: sources.kind, published: sources.published, dataset: sources.dataset })
      .from(sources)
      .where(eq(sources.id, id));
    const isImported = source?.kind === 'dataset' && source.dataset === id;
    const { retiredIds } = tables;
    const [retired] = await this.#store.db
      .select({ id: retiredIds.id })
      .from(retiredIds)
      .where(eq(retiredIds.dataset, id))
      .limit(1);
    return {
      dataset,
      isImported,
      withdrew: retired !== undefined,
      published: isImported ? source.published : undefined,
    };
  }
}

function emptyBatch(): Batch {
  return {
    rows: [],
    records: valuePerWord<SeedRecords>(seedKinds, () => []),
    mentions: new Map(),
    withdrawals: [],
  };
}

/** The hash of a dataset and of all its records in the store, read a few thousand at a time. */
async function hashOf(tx: Database, dataset: SeedDataset): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(dataset));
  for (const kind of seedKinds) {
    const { table, dataset: owner }: RecordTable = recordTables[kind];
    for (let after = ''; ; ) {
      const rows = await tx
        .select({ id: table.id, contentHash: table.contentHash })
        .from(table)
        .where(and(eq(owner, dataset.id), gt(table.id, after)))
        .orderBy(asc(table.id))
        .limit(5_000);
      for (const { id, contentHash } of rows) hash.update(`${kind} ${id} ${contentHash}\n`);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
  }
  return hash.digest('hex');
}
