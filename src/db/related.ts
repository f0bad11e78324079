import { and, asc, eq, inArray, lte, max } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { reportedBy } from './conditions.ts';
import type { Database } from './store.ts';
import { type Reports, tables } from './tables.ts';
import type { RecordKind } from './vocabularies.ts';

// What the records of several resources carry with them, fetched for a whole page at once.

export interface ActorReference {
  id: string;
  name: string;
}
export interface TitleReference {
  id: string;
  title: string;
}
export interface TopicReference {
  id: string;
  label: string;
}
export interface CitationRecord {
  source: TitleReference;
  start: number;
  end: number;
  sha256: string;
  phrase: string | null;
  passage: string | null;
  reports: Reports | null;
}

/** References to actors, by id. */
export async function actorReferences(
  db: Database,
  ids: Iterable<string | null>,
): Promise<Map<string, ActorReference>> {
  const { actors } = tables;
  const rows = await db
    .select({ id: actors.id, name: actors.name })
    .from(actors)
    .where(inArray(actors.id, distinct(ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** References to events, by id; with `asOf`, only to those reported by then. */
export async function eventReferences(
  db: Database,
  ids: Iterable<string | null>,
  asOf?: string,
): Promise<Map<string, TitleReference>> {
  const { events, citations } = tables;
  const rows = await db
    .select({ id: events.id, title: events.title })
    .from(events)
    .where(and(inArray(events.id, distinct(ids)), reportedBy(db, events.id, citations.event, asOf)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** References to datasets, by id. */
export async function datasetReferences(
  db: Database,
  ids: Iterable<string | null>,
): Promise<Map<string, TitleReference>> {
  const { datasets } = tables;
  const rows = await db
    .select({ id: datasets.id, title: datasets.title })
    .from(datasets)
    .where(inArray(datasets.id, distinct(ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** References to topics, by id. */
export async function topicReferences(
  db: Database,
  ids: Iterable<string | null>,
): Promise<Map<string, TopicReference>> {
  const { topics } = tables;
  const rows = await db
    .select({ id: topics.id, label: topics.label })
    .from(topics)
    .where(inArray(topics.id, distinct(ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** References to sources, by id. */
export async function sourceReferences(
  db: Database,
  ids: Iterable<string | null>,
): Promise<Map<string, TitleReference>> {
  const { sources } = tables;
  const rows = await db
    .select({ id: sources.id, title: sources.title })
    .from(sources)
    .where(inArray(sources.id, distinct(ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The topics of each record, in the order in which its annotator listed them. */
export async function topicsOf(
  db: Database,
  link: { record: PgColumn; topic: PgColumn; ordinal: PgColumn },
  ids: readonly string[],
): Promise<Map<string, TopicReference[]>> {
  const { topics } = tables;
  const rows = await db
    .select({ record: link.record, id: topics.id, label: topics.label })
    .from(link.record.table)
    .innerJoin(topics, eq(topics.id, link.topic))
    .where(inArray(link.record, [...ids]))
    .orderBy(asc(link.ordinal));
  return grouped(rows, ({ record, id, label }) => [record as string, { id, label }]);
}

/** The actors that each record is about, in order. */
export async function aboutOf(
  db: Database,
  link: { record: PgColumn; actor: PgColumn; ordinal: PgColumn },
  ids: readonly string[],
): Promise<Map<string, ActorReference[]>> {
  const { actors } = tables;
  const rows = await db
    .select({ record: link.record, id: actors.id, name: actors.name })
    .from(link.record.table)
    .innerJoin(actors, eq(actors.id, link.actor))
    .where(inArray(link.record, [...ids]))
    .orderBy(asc(link.ordinal));
  return grouped(rows, ({ record, id, name }) => [record as string, { id, name }]);
}

/** The citations of each event, statement, position or affiliation, in order; with `asOf`, of sources published by then. */
export async function citationsOf(
  db: Database,
  owner: PgColumn,
  ids: readonly string[],
  asOf?: string,
): Promise<Map<string, CitationRecord[]>> {
  const { citations, passages, sources } = tables;
  const rows = await db
    .select({
      owner,
      source: { id: sources.id, title: sources.title },
      start: citations.start,
      end: citations.end,
      sha256: citations.sha256,
      phrase: citations.phrase,
      passage: passages.text,
      reports: citations.reports,
    })
    .from(citations)
    .innerJoin(sources, eq(sources.id, citations.source))
    .leftJoin(passages, eq(passages.sha256, citations.sha256))
    .where(and(inArray(owner, [...ids]), asOf === undefined ? undefined : lte(sources.latest, asOf)))
    .orderBy(asc(citations.ordinal));
  return grouped(rows, ({ owner: id, ...citation }) => [id as string, citation]);
}

/** When each record was last put into the store, by id. */
export async function changedAt(
  db: Database,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Map<string, Date>> {
  const { changes } = tables;
  const rows = await db
    .select({ id: changes.id, at: max(changes.at) })
    .from(changes)
    .where(and(eq(changes.kind, kind), inArray(changes.id, [...ids])))
    .groupBy(changes.id);
  return new Map(rows.map(({ id, at }) => [id, at ?? new Date(0)]));
}

/** Rows as lists by key. */
export function grouped<Row, Item>(
  rows: readonly Row[],
  entry: (row: Row) => [string, Item],
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const row of rows) {
    const [key, item] = entry(row);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** What a foreign key promises to be there. */
export function required<T>(references: ReadonlyMap<string, T>, id: string): T {
  const reference = references.get(id);
  if (reference === undefined) throw new Error(`the store has lost "${id}", which a foreign key protects`);
  return reference;
}

/** The same for a key that may be null. */
export function optional<T>(references: ReadonlyMap<string, T>, id: string | null): T | null {
  return id === null ? null : required(references, id);
}

/** The same for a key that leads nowhere when what it refers to was not reported yet. */
export function reported<T>(references: ReadonlyMap<string, T>, id: string | null): T | null {
  return id === null ? null : (references.get(id) ?? null);
}

function distinct(ids: Iterable<string | null>): string[] {
  return [...new Set(ids)].filter((id) => id !== null);
}
