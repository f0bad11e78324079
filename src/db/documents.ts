import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { type DocumentKind, documentKinds, type RecordKind } from '../domain/vocabularies.ts';
import type { TextColumn } from './columns.ts';
import type { Database } from './database.ts';
import { hydrateActors } from './records/actors.ts';
import { hydrateClaims } from './records/claims.ts';
import { hydrateEvents } from './records/events.ts';
import { hydrateSources } from './records/sources.ts';
import { hydrateStatements } from './records/statements.ts';
import { hydrateTopics } from './records/topics.ts';
import { recordTables } from './recordTables.ts';
import { chunks, insert, remove } from './rows.ts';
import { tables } from './tables.ts';

// The documents of a store: each record as the API answers it, made when it is loaded, so that an answer is a look-up.

const { documents, topics, actors, sources, events, statements, claims } = tables;

/** Records that are made, compared or counted at once. */
const RECORDS_AT_ONCE = 200;

/** Makes the whole records of some ids, of those that exist. */
type Make = (db: Database, ids: string[]) => Promise<{ id: string }[]>;

const MAKE: Record<DocumentKind, Make> = {
  topic: async (db, ids) => hydrateTopics(db, await db.select().from(topics).where(inArray(topics.id, ids))),
  actor: async (db, ids) => hydrateActors(db, await db.select().from(actors).where(inArray(actors.id, ids))),
  source: async (db, ids) =>
    hydrateSources(db, await db.select().from(sources).where(inArray(sources.id, ids))),
  event: async (db, ids) =>
    hydrateEvents(db, await db.select().from(events).where(inArray(events.id, ids)), undefined),
  statement: async (db, ids) =>
    hydrateStatements(db, await db.select().from(statements).where(inArray(statements.id, ids)), undefined),
  claim: async (db, ids) =>
    hydrateClaims(db, await db.select().from(claims).where(inArray(claims.id, ids)), undefined),
};

/** Whether records of a kind have documents. */
export function hasDocuments(kind: RecordKind): kind is DocumentKind {
  return kind !== 'dataset';
}

/** The query of one document, built once for each connection: building it takes longer than running it. */
const prepared = new WeakMap<Database, ReturnType<typeof prepareDocument>>();

function prepareDocument(db: Database) {
  return db
    .select({ json: documents.json })
    .from(documents)
    .where(and(eq(documents.kind, sql.placeholder('kind')), eq(documents.id, sql.placeholder('id'))))
    .prepare('document');
}

/** The document of one record, as JSON; undefined when there is no such record. */
export async function documentOf(db: Database, kind: DocumentKind, id: string): Promise<string | undefined> {
  const query = prepared.get(db) ?? prepareDocument(db);
  prepared.set(db, query);
  const [found] = await query.execute({ kind, id });
  return found?.json;
}

/** The documents of some records, as JSON, in the order of the ids. */
export async function documentsOf(
  db: Database,
  kind: DocumentKind,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const byId = await storedOf(db, kind, ids);
  return ids.map((id) => {
    const json = byId.get(id);
    if (json === undefined) throw new Error(`the store has no document of the ${kind} ${id}`);
    return json;
  });
}

/** Makes the documents of some records and stores them in place of earlier ones. Ids of records that do not exist are ignored. */
export async function writeDocuments(tx: Database, kind: DocumentKind, ids: Iterable<string>): Promise<void> {
  for (const some of chunks([...new Set(ids)])) {
    const made = await MAKE[kind](tx, some);
    await remove(
      tx,
      documents,
      documents.id,
      made.map(({ id }) => id),
      eq(documents.kind, kind),
    );
    await addDocuments(tx, kind, made);
  }
}

/** Stores the documents of records that have none yet. */
export async function addDocuments(
  tx: Database,
  kind: DocumentKind,
  made: readonly { id: string }[],
): Promise<void> {
  await insert(
    tx,
    documents,
    made.map((record) => ({ kind, id: record.id, json: JSON.stringify(record) })),
  );
}

/** Deletes the documents of some records. */
export async function removeDocuments(
  tx: Database,
  kind: DocumentKind,
  ids: readonly string[],
): Promise<void> {
  await remove(tx, documents, documents.id, ids, eq(documents.kind, kind));
}

/** Makes the documents of all records anew, as after a migration, and stores those that differ. */
export async function renewDocuments(tx: Database): Promise<void> {
  for await (const { kind, missing, outdated, surplus } of documentFaults(tx)) {
    await writeDocuments(tx, kind, [...missing, ...outdated]);
    await removeDocuments(tx, kind, surplus);
  }
}

/** What is wrong with some documents of a kind, by the ids of the records. */
export interface DocumentFaults {
  kind: DocumentKind;
  /** Records without a document. */
  missing: string[];
  /** Documents that are not what their record is now. */
  outdated: string[];
  /** Documents without a record. */
  surplus: string[];
}

/** Makes all documents anew and compares them with those of the store; yields what is wrong, some at a time. */
export async function* documentFaults(db: Database): AsyncGenerator<DocumentFaults> {
  for (const kind of documentKinds) {
    for await (const ids of idsOfAll(db, recordTables[kind].table.id)) {
      const stored = await storedOf(db, kind, ids);
      const made = await MAKE[kind](db, ids);
      yield {
        kind,
        missing: made.map(({ id }) => id).filter((id) => !stored.has(id)),
        outdated: made
          .filter((record) => stored.has(record.id) && stored.get(record.id) !== JSON.stringify(record))
          .map(({ id }) => id),
        surplus: [],
      };
    }
    for await (const ids of idsOfAll(db, documents.id, eq(documents.kind, kind))) {
      const { id } = recordTables[kind].table;
      const rows = await db.select({ id }).from(id.table).where(inArray(id, ids));
      const known = new Set(rows.map((row) => row.id));
      const surplus = ids.filter((each) => !known.has(each));
      if (surplus.length > 0) yield { kind, missing: [], outdated: [], surplus };
    }
  }
}

/** All ids in a column, some at a time. */
async function* idsOfAll(db: Database, column: TextColumn, condition?: SQL): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const rows = await db
      .select({ id: column })
      .from(column.table)
      .where(and(gt(column, after), condition))
      .orderBy(asc(column))
      .limit(RECORDS_AT_ONCE);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ id }) => id);
    after = last.id;
  }
}

async function storedOf(
  db: Database,
  kind: DocumentKind,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: documents.id, json: documents.json })
    .from(documents)
    .where(and(eq(documents.kind, kind), inArray(documents.id, [...ids])));
  return new Map(rows.map(({ id, json }) => [id, json]));
}
