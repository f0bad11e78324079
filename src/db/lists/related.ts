import { and, asc, eq, inArray, lte, max, min, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Measure, RecordKind } from '../../domain/vocabularies.ts';
import type { TextColumn } from '../columns.ts';
import { recordsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { type CitedDocument, type Progress, type Reports, tables } from '../tables.ts';
import type { Put } from './paging.ts';

// What the records of several resources refer to, fetched for a whole page with one query each.

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
  start: number | null;
  end: number | null;
  sha256: string | null;
  phrase: string | null;
  passage: string | null;
  progress: Progress | null;
  reports: Reports | null;
  /** Instead of a passage; only citations of coded data have it. */
  document?: CitedDocument;
}

export interface PropositionReference {
  id: string;
  proposition: string;
}
export interface GistReference {
  id: string;
  gist: string;
}

/** How a record of each kind is referred to. */
interface References {
  actor: ActorReference;
  topic: TopicReference;
  dataset: TitleReference;
  source: TitleReference;
  event: TitleReference;
  statement: GistReference;
  claim: PropositionReference;
}

const {
  actors,
  topics,
  datasets,
  sources,
  events,
  statements,
  claims,
  citations,
  figures,
  passages,
  changes,
} = tables;

type Fetch<Reference> = (db: Database, ids: string[], asOf: string | undefined) => Promise<Reference[]>;

const FETCH: { [Kind in RecordKind]: Fetch<References[Kind]> } = {
  actor: async (db, ids) =>
    db.select({ id: actors.id, name: actors.name }).from(actors).where(inArray(actors.id, ids)),
  topic: async (db, ids) =>
    db.select({ id: topics.id, label: topics.label }).from(topics).where(inArray(topics.id, ids)),
  dataset: async (db, ids) =>
    db.select({ id: datasets.id, title: datasets.title }).from(datasets).where(inArray(datasets.id, ids)),
  source: async (db, ids) =>
    db.select({ id: sources.id, title: sources.title }).from(sources).where(inArray(sources.id, ids)),
  event: async (db, ids, asOf) =>
    db
      .select({ id: events.id, title: events.title })
      .from(events)
      .where(and(inArray(events.id, ids), recordsAsOf(db, events.id, citations.event, asOf))),
  statement: async (db, ids, asOf) =>
    db
      .select({ id: statements.id, gist: statements.gist })
      .from(statements)
      .where(and(inArray(statements.id, ids), recordsAsOf(db, statements.id, citations.statement, asOf))),
  claim: async (db, ids) =>
    db.select({ id: claims.id, proposition: claims.proposition }).from(claims).where(inArray(claims.id, ids)),
};

/** References to records of a kind, by id; with `asOf`, to those events and statements alone that were reported by then. */
export async function referencesTo<Kind extends RecordKind>(
  db: Database,
  kind: Kind,
  ids: Iterable<string | null>,
  asOf?: string,
): Promise<Map<string, References[Kind]>> {
  const distinct = [...new Set(ids)].filter((each) => each !== null);
  const rows = await FETCH[kind](db, distinct, asOf);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The topics of each record, in the order in which its annotator listed them. */
export async function topicsOf(
  db: Database,
  link: { record: TextColumn; topic: PgColumn; ordinal: PgColumn },
  ids: readonly string[],
): Promise<Map<string, TopicReference[]>> {
  const rows = await db
    .select({ record: link.record, id: topics.id, label: topics.label })
    .from(link.record.table)
    .innerJoin(topics, eq(topics.id, link.topic))
    .where(inArray(link.record, [...ids]))
    .orderBy(asc(link.ordinal));
  return grouped(rows, ({ record, id, label }) => [record, { id, label }]);
}

/** The actors that each record is about, in order. */
export async function aboutOf(
  db: Database,
  link: { record: TextColumn; actor: PgColumn; ordinal: PgColumn },
  ids: readonly string[],
): Promise<Map<string, ActorReference[]>> {
  const rows = await db
    .select({ record: link.record, id: actors.id, name: actors.name })
    .from(link.record.table)
    .innerJoin(actors, eq(actors.id, link.actor))
    .where(inArray(link.record, [...ids]))
    .orderBy(asc(link.ordinal));
  return grouped(rows, ({ record, id, name }) => [record, { id, name }]);
}

/** The citations of each event, statement, position or affiliation, in order; with `asOf`, of sources published by then. */
export async function citationsOf(
  db: Database,
  owner: PgColumn,
  ids: readonly string[],
  asOf?: string,
): Promise<Map<string, CitationRecord[]>> {
  const rows = await db
    .select({
      owner: sql<string>`${owner}`,
      source: { id: sources.id, title: sources.title },
      start: citations.start,
      end: citations.end,
      sha256: citations.sha256,
      phrase: citations.phrase,
      passage: passages.text,
      progress: citations.progress,
      reports: citations.reports,
      document: citations.document,
    })
    .from(citations)
    .innerJoin(sources, eq(sources.id, citations.source))
    .leftJoin(passages, eq(passages.sha256, citations.sha256))
    .where(and(inArray(owner, [...ids]), asOf === undefined ? undefined : lte(sources.latest, asOf)))
    .orderBy(asc(citations.ordinal));
  return grouped(rows, ({ owner: id, document, ...citation }) => [
    id,
    document === null ? citation : { ...citation, document },
  ]);
}

/** A number that a text gives, with what proves it. */
export interface FigureRecord {
  measure: Measure;
  value: number | null;
  low: number | null;
  high: number | null;
  unit: string;
  approximate: boolean;
  of: string;
  citations: CitationRecord[];
}

/** A row of figures as it is answered, without what it belongs to. */
export function figureOf(
  { measure, value, low, high, unit, approximate, of }: typeof figures.$inferSelect,
  cited: CitationRecord[],
): FigureRecord {
  return { measure, value, low, high, unit, approximate: approximate === 1, of, citations: cited };
}

/** The figures of each event, or claim, in order; with `asOf`, those given by a source published by then. */
export async function figuresOf(
  db: Database,
  kind: 'event' | 'claim',
  ids: readonly string[],
  asOf: string | undefined,
): Promise<Map<string, FigureRecord[]>> {
  const rows = await db
    .select()
    .from(figures)
    .where(inArray(figures[kind], [...ids]))
    .orderBy(asc(figures.ordinal));
  const cited = await citationsOf(
    db,
    citations.figure,
    rows.map((row) => row.id),
    asOf,
  );
  const known = rows.filter((row) => cited.has(row.id));
  return grouped(known, (row) => [row[kind] ?? '', figureOf(row, cited.get(row.id) ?? [])]);
}

/** When each record was put into the store, by id. */
export async function changedAt(
  db: Database,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Map<string, Put>> {
  const rows = await db
    .select({ id: changes.id, first: min(changes.at), last: max(changes.at) })
    .from(changes)
    .where(and(eq(changes.kind, kind), inArray(changes.id, [...ids])))
    .groupBy(changes.id);
  const never = new Date(0);
  return new Map(rows.map(({ id, first, last }) => [id, { first: first ?? never, last: last ?? never }]));
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

/** As `required`, for a key that may be null. */
export function optional<T>(references: ReadonlyMap<string, T>, id: string | null): T | null {
  return id === null ? null : required(references, id);
}

/** As `required`, for a key whose record may not have been reported yet. */
export function ifReported<T>(references: ReadonlyMap<string, T>, id: string | null): T | null {
  return id === null ? null : (references.get(id) ?? null);
}
