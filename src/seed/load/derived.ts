import { inArray } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '../../db/database.ts';
import { type Dependents, dependentsOf, neighboursOf, recordsCiting } from '../../db/dependents.ts';
import { removeDocuments, writeDocuments } from '../../db/documents.ts';
import { addEventKeys, removeEventKeys } from '../../db/eventKeys.ts';
import { withDescendants } from '../../db/hierarchy.ts';
import { referencesTo } from '../../db/lists/related.ts';
import { recordTables } from '../../db/recordTables.ts';
import { chunks } from '../../db/rows.ts';
import { tables } from '../../db/tables.ts';
import { documentKinds, type RecordKind, recordKinds, words } from '../../domain/vocabularies.ts';
import type { SeedRecords } from '../files/dataset.ts';

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
  /** The records of the files, among them all that are written. */
  records: Pick<SeedRecords, 'actor' | 'topic' | 'source'>;
  /** Records that are withdrawn or merged. */
  retiring?: readonly Named[];
}

/**
 * Runs `write`, which changes records and returns the hashes of the passages that it adds, and brings up to date what the store
 * derives from records: the documents of those that changed and of those that name them, and by what events are listed.
 */
export async function withDerived(
  tx: Database,
  touched: Touched,
  write: () => Promise<readonly string[]>,
): Promise<void> {
  const { written, changed, retiring = [] } = touched;
  const moved = await eventsOfMoved(tx, touched);
  await removeEventKeys(tx, [...new Set([...moved, ...idsOf('event', [...changed, ...retiring])])]);
  await withDocuments(tx, touched, write);
  await addEventKeys(tx, [...new Set([...moved, ...idsOf('event', written)])]);
}

async function withDocuments(
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

/** The events that are listed by what is above an actor or a topic, or by a publisher, that will be another one. */
async function eventsOfMoved(tx: Database, { changed, records }: Touched): Promise<string[]> {
  const { actors, topics, sources } = tables;
  const moved = async (
    kind: 'actor' | 'topic' | 'source',
    column: PgColumn,
    above: ReadonlyMap<string, string | undefined>,
  ): Promise<string[]> => {
    const { id } = recordTables[kind].table;
    const found: string[] = [];
    for (const some of chunks(idsOf(kind, changed))) {
      const rows = await tx.select({ id, before: column }).from(column.table).where(inArray(id, some));
      found.push(
        ...rows.filter((row) => (row.before ?? undefined) !== above.get(row.id)).map((row) => row.id),
      );
    }
    return found;
  };
  const parents = new Map(records.actor.map(({ id, parent }) => [id, parent]));
  const broader = new Map(records.topic.map((topic) => [topic.id, topic.broader]));
  const publishers = new Map(records.source.map(({ id, publisher }) => [id, publisher]));
  const below = {
    actor: await withDescendants(tx, 'actor', [await moved('actor', actors.parent, parents)]),
    topic: await withDescendants(tx, 'topic', [await moved('topic', topics.broader, broader)]),
    source: [await moved('source', sources.publisher, publishers)],
  };
  const found = new Set<string>();
  for (const kind of ['actor', 'topic', 'source'] as const) {
    const dependents = await dependentsOf(tx, kind, below[kind].flat());
    for (const event of dependents.get('event') ?? []) found.add(event);
  }
  return [...found];
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
