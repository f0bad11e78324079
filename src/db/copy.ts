import { createHash } from 'node:crypto';
import { asc, count, getTableColumns, getTableName, isNotNull, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { StoreError } from '../domain/errors.ts';
import type { Database } from './database.ts';
import { insertWithIds, upsert } from './rows.ts';
import type { Store } from './store.ts';
import { tables } from './tables.ts';
import { storeVersion } from './version.ts';

// All rows of a store, with their ids and numbers, into an empty store of any engine.

/** Rows that are read, written or compared at once; each lot is one transaction. */
const ROWS_AT_ONCE = 2_000;

type Row = Record<string, unknown>;

/** A table whose rows are copied, in the order of its primary key. */
interface Step {
  name: string;
  table: PgTable;
  key: { name: string; column: PgColumn }[];
  /** The column that refers to rows of the same table, which may follow: it is null at first, and set when all rows are there. */
  own?: { name: string; column: PgColumn; pass: 'without' | 'set' };
}

const { searchWords: _kept, copies, ...copied } = tables;

/** What a foreign key refers to is copied before what refers to it: the order of `tables.ts`. Triggers keep `searchWords`. */
const STEPS: Step[] = Object.values(copied).flatMap((table: PgTable): Step[] => {
  const step = { name: getTableName(table), table, key: keyOf(table) };
  const [own] = getTableConfig(table).foreignKeys.flatMap((each) => {
    const { columns, foreignTable } = each.reference();
    const [column] = columns;
    return foreignTable === table && column ? [{ name: column.name, column }] : [];
  });
  if (!own) return [step];
  return [
    { ...step, own: { ...own, pass: 'without' } },
    { ...step, own: { ...own, pass: 'set' } },
  ];
});

/** Every table that is copied, once. */
const TABLES = STEPS.filter(({ own }) => own?.pass !== 'set');

function keyOf(table: PgTable): Step['key'] {
  const { columns, primaryKeys } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  return key.map((column) => ({ name: column.name, column }));
}

/** How far a copy has come. */
export interface CopyProgress {
  doing: 'copying' | 'comparing';
  table: string;
  /** Rows of all tables, as far as they are copied or compared. */
  rows: number;
  total: number;
}

/** What a copy did. */
export interface CopySummary {
  /** The rows of each table. */
  rows: Record<string, number>;
  /** Whether it completed a copy that had been interrupted. */
  resumed: boolean;
  /** Whether the target had all of it before. */
  unchanged: boolean;
}

/**
 * Copies a store, as it is at this moment, into an empty one, which must be opened with `copying`; then compares all rows of both. A copy
 * that was interrupted goes on where it stopped. Until it is complete, the target cannot be opened otherwise.
 * Throws a StoreError, before anything is written, when the target has something else, or when what is copied has changed since an
 * interrupted copy; and when the rows of both differ in the end.
 */
export async function copyStore(
  from: Store,
  to: Store,
  onProgress: (progress: CopyProgress) => void = () => undefined,
): Promise<CopySummary> {
  const source = await from.snapshot();
  try {
    const counts = await countsOf(source.db);
    const total = Object.values(counts).reduce((sum, rows) => sum + rows, 0);
    if (total === 0)
      throw new StoreError('incomplete', 'the store to copy is empty: see whether --from names it');
    const { id: version } = await storeVersion(source.db);
    const state = await begin(to, version);
    const report = { total, onProgress };
    if (state.step < STEPS.length) await copyRows(source.db, to, version, state, report);
    await compare(source.db, to.db, report);
    await to.transaction(async (tx) => {
      for (const { table, key } of TABLES) {
        const [first] = key;
        if (!first?.column.generatedIdentity) continue;
        const statement = tx.engine.continueNumbers(table, first.column);
        if (statement !== undefined) await tx.run(statement, []);
      }
      await tx.delete(copies);
    });
    return { rows: counts, resumed: state.resumed, unchanged: state.unchanged };
  } finally {
    await source.close();
  }
}

interface State {
  step: number;
  after: string;
  resumed: boolean;
  unchanged: boolean;
}

/** Marks an empty target as incomplete, and finds out where an interrupted copy stopped. */
async function begin(to: Store, version: string): Promise<State> {
  return to.transaction(async (tx) => {
    const [open] = await tx.select().from(copies);
    if (open && open.version !== version)
      throw new StoreError(
        'incomplete',
        'the target has a part of another store, or of an earlier state of this one: delete it, and copy into an empty store',
      );
    if (open) return { step: open.step, after: open.after, resumed: true, unchanged: false };
    const counts = await countsOf(tx);
    if (Object.values(counts).every((rows) => rows === 0)) {
      await tx.insert(copies).values({ version, step: 0, after: '' });
      return { step: 0, after: '', resumed: false, unchanged: false };
    }
    if ((await storeVersion(tx)).id === version)
      return { step: STEPS.length, after: '', resumed: false, unchanged: true };
    throw new StoreError(
      'unusable',
      'the target already has other records and was not changed: copy into an empty store',
    );
  });
}

interface Report {
  total: number;
  onProgress: (progress: CopyProgress) => void;
}

async function copyRows(
  source: Database,
  to: Store,
  version: string,
  state: State,
  { total, onProgress }: Report,
): Promise<void> {
  let { step, after } = state;
  let rows = state.resumed ? Object.values(await countsOf(to.db)).reduce((sum, each) => sum + each, 0) : 0;
  for (; step < STEPS.length; step += 1, after = '') {
    const current = STEPS[step];
    if (!current) continue;
    for await (const lot of lotsOf(source, current, after)) {
      const next = JSON.stringify(keyOfRow(current, lot.at(-1)));
      await to.transaction(async (tx) => {
        const [mark] = await tx.select().from(copies);
        if (mark?.version !== version || mark.step > step || (mark.step === step && mark.after !== after))
          throw new StoreError('busy', 'another copy into the same store is running: let it end');
        await write(tx, current, lot);
        await tx.update(copies).set({ step, after: next });
      });
      after = next;
      if (current.own?.pass !== 'set') rows += lot.length;
      onProgress({ doing: 'copying', table: current.name, rows, total });
    }
  }
}

async function write(tx: Database, { table, own }: Step, lot: Row[]): Promise<void> {
  // Casts: the rows are those of the same table, as the source has them.
  if (own?.pass === 'set') await upsert(tx, table as typeof tables.actors, lot as never[]);
  else await insertWithIds(tx, table, own ? lot.map((row) => ({ ...row, [own.name]: null })) : lot);
}

/** The rows of a table after a key, some at a time. */
async function* lotsOf(db: Database, step: Step, from: string): AsyncGenerator<Row[]> {
  const { table, key, own } = step;
  const columns = sql.join(
    key.map(({ column }) => sql`${column}`),
    sql`, `,
  );
  for (let after = from; ; ) {
    const conditions: SQL[] = own?.pass === 'set' ? [isNotNull(own.column)] : [];
    if (after !== '') {
      const values: unknown[] = JSON.parse(after);
      conditions.push(
        sql`(${columns}) > (${sql.join(
          values.map((value) => sql`${value}`),
          sql`, `,
        )})`,
      );
    }
    const rows: Row[] = await db
      .select(getTableColumns(table))
      .from(table)
      .where(conditions.length === 0 ? undefined : sql.join(conditions, sql` and `))
      .orderBy(...key.map(({ column }) => asc(column)))
      .limit(ROWS_AT_ONCE);
    if (rows.length === 0) return;
    yield rows;
    after = JSON.stringify(keyOfRow(step, rows.at(-1)));
  }
}

const keyOfRow = ({ key }: Step, row: Row | undefined): unknown[] => key.map(({ name }) => row?.[name]);

/** The number of rows of each table. */
async function countsOf(db: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, table } of TABLES) {
    const [row] = await db.select({ rows: count() }).from(table);
    counts[name] = row?.rows ?? 0;
  }
  return counts;
}

/** Compares the number of rows, and a hash of all of them, table by table. Throws a StoreError when they differ. */
async function compare(source: Database, target: Database, { total, onProgress }: Report): Promise<void> {
  let rows = 0;
  for (const step of TABLES) {
    const [first, second] = [await digestOf(source, step), await digestOf(target, step)];
    rows += first.rows;
    onProgress({ doing: 'comparing', table: step.name, rows, total });
    if (first.rows !== second.rows || first.hash !== second.hash)
      throw new StoreError(
        'incomplete',
        `the table ${step.name} has ${first.rows} rows in the store that is copied and ${second.rows} in the target, or they differ: delete the target, and copy into an empty store`,
      );
  }
}

async function digestOf(db: Database, step: Step): Promise<{ rows: number; hash: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const lot of lotsOf(db, step, '')) {
    rows += lot.length;
    for (const row of lot) hash.update(`${JSON.stringify(row)}\n`);
  }
  return { rows, hash: hash.digest('hex') };
}
