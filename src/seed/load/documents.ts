import type { Database } from '../../db/database.ts';
import { type Dependents, dependentsOf, neighboursOf, recordsCiting } from '../../db/dependents.ts';
import { removeDocuments, writeDocuments } from '../../db/documents.ts';
import { referencesTo } from '../../db/lists/related.ts';
import { chunks } from '../../db/rows.ts';
import { documentKinds, type RecordKind, recordKinds, words } from '../../domain/vocabularies.ts';

/** A record by its kind and id. */
interface Named {
  kind: RecordKind;
  id: string;
}

/** What a load is about to do to the records of a store. */
export interface Touched {
  /** Records that are added or changed. */
  written: readonly Named[];
  /** Those of them that the store has already. */
  changed: readonly Named[];
  /** Records that are withdrawn or merged. */
  retiring?: readonly Named[];
}

/**
 * Runs `write`, which changes records and returns the hashes of the passages that it adds, and then writes the documents of
 * all records that this changed, and of those that name them.
 */
export async function withDocuments(
  tx: Database,
  { written, changed, retiring = [] }: Touched,
  write: () => Promise<readonly string[]>,
): Promise<void> {
  const outdated: Dependents = new Map();
  await neighbours(tx, [...changed, ...retiring], outdated);
  const names = await namesOf(tx, changed);
  const passages = await write();
  await neighbours(tx, written, outdated);
  const renamed = await renamedOf(tx, changed, names);
  for (const kind of words(recordKinds)) add(outdated, await dependentsOf(tx, kind, idsOf(kind, renamed)));
  add(outdated, await recordsCiting(tx, passages));
  for (const kind of documentKinds) {
    await removeDocuments(tx, kind, idsOf(kind, retiring));
    await writeDocuments(tx, kind, [...idsOf(kind, written), ...(outdated.get(kind) ?? [])]);
  }
}

async function neighbours(tx: Database, records: readonly Named[], outdated: Dependents): Promise<void> {
  for (const kind of words(recordKinds)) add(outdated, await neighboursOf(tx, kind, idsOf(kind, records)));
}

/** What other records call each of some records, by kind and id. */
async function namesOf(tx: Database, records: readonly Named[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const kind of words(recordKinds)) {
    for (const some of chunks(idsOf(kind, records)))
      for (const [id, reference] of await referencesTo(tx, kind, some))
        names.set(`${kind} ${id}`, JSON.stringify(reference));
  }
  return names;
}

async function renamedOf(
  tx: Database,
  changed: readonly Named[],
  before: ReadonlyMap<string, string>,
): Promise<Named[]> {
  const after = await namesOf(tx, changed);
  return changed.filter(({ kind, id }) => before.get(`${kind} ${id}`) !== after.get(`${kind} ${id}`));
}

function idsOf(kind: RecordKind, records: readonly Named[]): string[] {
  return records.filter((record) => record.kind === kind).map(({ id }) => id);
}

function add(outdated: Dependents, found: Dependents): void {
  for (const [kind, ids] of found) outdated.set(kind, new Set([...(outdated.get(kind) ?? []), ...ids]));
}
