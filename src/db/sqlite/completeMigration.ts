import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SQLite from 'better-sqlite3';

const FOLDER = fileURLToPath(new URL('../../../migrations/sqlite', import.meta.url));
/** Tables that are nothing but their primary key, which SQLite would otherwise store twice. */
const WITHOUT_ROWID: ReadonlySet<string> = new Set(['eventKeys']);
const BREAKPOINT = '--> statement-breakpoint';

/**
 * A migration as drizzle-kit generates it, with what it omits: tables are STRICT, some WITHOUT ROWID, and a table that is
 * rebuilt keeps its triggers, which SQLite drops with the old table, and gets only the columns that there were before. Without the pragmas for foreign keys:
 * they have no effect inside a transaction, and `migrate.ts` switches foreign keys off before it begins one.
 * `earlier` are the migrations before it, in order. Completing a migration twice changes nothing.
 */
export function completeMigration(generated: string, earlier: readonly string[]): string {
  const given = generated
    .split(BREAKPOINT)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  const statements = given
    .filter((statement) => !/^PRAGMA foreign_keys/i.test(statement))
    .map((statement) => (/^CREATE TABLE/i.test(statement) ? withOptions(statement) : statement));
  const store = new SQLite(':memory:');
  try {
    for (const migration of earlier) store.exec(migration.replaceAll(BREAKPOINT, ''));
    const triggersOf = store.prepare<[string], { sql: string }>(
      "select sql from sqlite_master where type = 'trigger' and tbl_name = ? order by name",
    );
    const columnsOf = store.prepare<[string], { name: string }>('select name from pragma_table_info(?)');
    for (const [index, statement] of statements.entries()) {
      const copy = /^INSERT INTO [`"]__new_(\w+)[`"]\((.*)\) SELECT (.*) FROM /is.exec(statement);
      if (!copy?.[1] || !copy[2]) continue;
      // drizzle-kit also copies the columns that are new.
      const known = new Set(columnsOf.all(copy[1]).map(({ name }) => `"${name}"`));
      const columns = copy[2].split(', ').filter((column) => known.has(column));
      const list = columns.join(', ');
      statements[index] = `INSERT INTO \`__new_${copy[1]}\`(${list}) SELECT ${list} FROM \`${copy[1]}\`;`;
    }
    const rebuilt = statements.flatMap((statement) => {
      const table = /^ALTER TABLE [`"]__new_(\w+)[`"] RENAME TO/i.exec(statement)?.[1];
      return table === undefined ? [] : triggersOf.all(table).map(({ sql }) => `${sql};`);
    });
    statements.push(...rebuilt.filter((trigger) => !statements.includes(trigger)));
  } finally {
    store.close();
  }
  if (statements.join() === given.join()) return generated;
  return `${statements.join(`\n${BREAKPOINT}\n`)}\n`;
}

function withOptions(create: string): string {
  const name = /^CREATE TABLE [`"](?:__new_)?(\w+)/i.exec(create)?.[1] ?? '';
  return create.replace(/\)\s*;?$/, WITHOUT_ROWID.has(name) ? ') STRICT, WITHOUT ROWID;' : ') STRICT;');
}

/** Completes the newest migration of SQLite as drizzle-kit has generated it. */
export function completeNewest(): void {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => join(FOLDER, name));
  const newest = files.pop();
  if (newest === undefined) return;
  const generated = readFileSync(newest, 'utf8');
  writeFileSync(
    newest,
    completeMigration(
      generated,
      files.map((file) => readFileSync(file, 'utf8')),
    ),
  );
}
