import { and, eq, inArray } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { fold, unlikeness } from '../domain/spelling.ts';
import type { RecordKind } from '../domain/vocabularies.ts';
import type { Database } from './sqlite/store.ts';
import { tables } from './tables.ts';

/** An id that a filter names and no record has. */
export interface UnknownReference {
  parameter: string;
  kind: RecordKind;
  id: string;
  /** The record it became part of, when its id was retired by a merge. */
  mergedInto: string | null;
  /** Ids that were probably meant, best first. */
  suggestions: string[];
}

/** Thrown when a query names records that do not exist; lists all of them. */
export class UnknownReferenceError extends Error {
  readonly unknown: UnknownReference[];

  constructor(unknown: UnknownReference[]) {
    super(unknown.map(({ parameter, id }) => `${parameter}: there is no "${id}"`).join('; '));
    this.unknown = unknown;
  }
}

/** Thrown when the record that is asked for by id is not there. */
export class MissingRecordError extends Error {
  readonly kind: RecordKind;
  readonly id: string;
  readonly mergedInto: string | null;
  /** Why it was withdrawn; null when it was not. */
  readonly withdrawn: string | null;
  readonly suggestions: string[];
  /** The day by which nothing had reported it, though it is in the store now; null otherwise. */
  readonly unreportedBy: string | null;

  constructor(missing: {
    kind: RecordKind;
    id: string;
    mergedInto: string | null;
    withdrawn: string | null;
    suggestions: string[];
    unreportedBy: string | null;
  }) {
    super(`there is no ${missing.kind} "${missing.id}"`);
    this.kind = missing.kind;
    this.id = missing.id;
    this.mergedInto = missing.mergedInto;
    this.withdrawn = missing.withdrawn;
    this.suggestions = missing.suggestions;
    this.unreportedBy = missing.unreportedBy;
  }
}

/** The ids one filter names: every group must match, any id within a group does. */
export type Groups = string[][];

const RECORD_TABLES = {
  dataset: tables.datasets,
  topic: tables.topics,
  actor: tables.actors,
  source: tables.sources,
  event: tables.events,
  statement: tables.statements,
  claim: tables.claims,
} satisfies Record<RecordKind, PgTable & { id: PgColumn }>;

const MAX_SUGGESTIONS = 3;

/** Which records a filter of each name refers to. */
const REFERRED: Record<string, RecordKind> = {
  actor: 'actor',
  about: 'actor',
  parent: 'actor',
  topic: 'topic',
  broader: 'topic',
  source: 'source',
  publisher: 'actor',
  dataset: 'dataset',
  occasion: 'event',
};

/**
 * Throws an UnknownReferenceError that lists every id in a filter, under any of its names, that no
 * record of the kind has.
 */
export async function requireReferences(db: Database, filter: object): Promise<void> {
  const unknown: UnknownReference[] = [];
  for (const [parameter, kind] of Object.entries(REFERRED)) {
    const groups = (filter as Record<string, Groups | undefined>)[parameter];
    if (!groups) continue;
    const ids = [...new Set(groups.flat())];
    const table: PgTable & { id: PgColumn } = RECORD_TABLES[kind];
    const found = await db.select({ id: table.id }).from(table).where(inArray(table.id, ids));
    const present = new Set(found.map((row) => row.id));
    for (const id of ids.filter((candidate) => !present.has(candidate))) {
      const retired = await retirement(db, kind, id);
      const mergedInto = retired?.mergedInto ?? null;
      const suggestions = mergedInto ? [mergedInto] : await suggest(db, kind, id);
      unknown.push({ parameter, kind, id, mergedInto, suggestions });
    }
  }
  if (unknown.length > 0) throw new UnknownReferenceError(unknown);
}

/** The error that says what became of a record that is not there, or was not reported by a day. */
export async function missingRecord(
  db: Database,
  kind: RecordKind,
  id: string,
  asOf?: string,
): Promise<MissingRecordError> {
  const table: PgTable & { id: PgColumn } = RECORD_TABLES[kind];
  const unreported =
    asOf !== undefined && (await db.select({ id: table.id }).from(table).where(eq(table.id, id))).length > 0;
  const retired = await retirement(db, kind, id);
  return new MissingRecordError({
    kind,
    id,
    mergedInto: retired?.mergedInto ?? null,
    withdrawn: retired && !retired.mergedInto ? (retired.reason ?? '') : null,
    suggestions: retired || unreported ? [] : await suggest(db, kind, id),
    unreportedBy: unreported ? asOf : null,
  });
}

/** The groups with, beside each actor, the bodies beneath it at any depth. */
export async function withBodiesBeneath(db: Database, groups: Groups): Promise<Groups> {
  return joined(groups, await bodiesBeneath(db, groups));
}

/** The groups with, beside each topic, the topics beneath it at any depth. */
export async function withTopicsBeneath(db: Database, groups: Groups): Promise<Groups> {
  return joined(groups, await topicsBeneath(db, groups));
}

/** For each group, the actors that are beneath one of its own at any depth. */
export function bodiesBeneath(db: Database, groups: Groups): Promise<Groups> {
  return beneath(db, tables.actors, tables.actors.id, tables.actors.parent, groups);
}

/** For each group, the topics that are beneath one of its own at any depth. */
export function topicsBeneath(db: Database, groups: Groups): Promise<Groups> {
  return beneath(db, tables.topics, tables.topics.id, tables.topics.broader, groups);
}

function joined(groups: Groups, others: Groups): Groups {
  return groups.map((group, index) => [...new Set([...group, ...(others[index] ?? [])])]);
}

async function beneath(
  db: Database,
  table: PgTable,
  id: PgColumn,
  above: PgColumn,
  groups: Groups,
): Promise<Groups> {
  const result: Groups = [];
  for (const group of groups) {
    const found = new Set<string>();
    // Level by level: hierarchies are a few levels deep, and this runs alike on every engine.
    for (let level = group; level.length > 0; ) {
      const rows = await db.select({ id }).from(table).where(inArray(above, level));
      level = rows.map((row) => row.id as string).filter((below) => !found.has(below));
      for (const below of level) found.add(below);
    }
    result.push([...found]);
  }
  return result;
}

async function retirement(
  db: Database,
  kind: RecordKind,
  id: string,
): Promise<{ mergedInto: string | null; reason: string | null } | undefined> {
  const { retiredIds } = tables;
  const [row] = await db
    .select({ mergedInto: retiredIds.mergedInto, reason: retiredIds.reason })
    .from(retiredIds)
    .where(and(eq(retiredIds.kind, kind), eq(retiredIds.id, id)));
  return row;
}

/**
 * Ids of that kind that were probably meant, best first: those of which it is a whole part, then those
 * whose id, or whose name under any spelling a source uses, is nearest to it.
 */
async function suggest(db: Database, kind: RecordKind, id: string): Promise<string[]> {
  const wanted = fold(id.replaceAll(/[-_]/g, ' '));
  if (wanted === '') return [];
  const table: PgTable & { id: PgColumn } = RECORD_TABLES[kind];
  const rows = await db.select({ id: table.id }).from(table);
  const candidates = rows.flatMap((row) => {
    const name = (row.id as string).replaceAll('-', ' ');
    return [name, ...name.split(' ')].map((form) => ({ id: row.id as string, form, isName: false }));
  });
  if (kind === 'actor') {
    const { actors, actorAliases } = tables;
    const names = await db.select({ id: actors.id, form: actors.nameFolded }).from(actors);
    const aliases = await db
      .select({ id: actorAliases.actor, form: actorAliases.nameFolded })
      .from(actorAliases);
    candidates.push(...[...names, ...aliases].map((row) => ({ ...row, isName: true })));
  }
  const ranked = candidates
    .map(({ id: candidate, form, isName }) => ({
      candidate,
      steps: ` ${form} `.includes(` ${wanted} `) ? 0 : unlikeness(wanted, form),
      rank: form === wanted ? 0 : isName ? 1 : 2,
    }))
    .filter(({ steps }) => steps < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.steps - b.steps || a.rank - b.rank || (a.candidate < b.candidate ? -1 : 1));
  return [...new Set(ranked.map(({ candidate }) => candidate))].slice(0, MAX_SUGGESTIONS);
}
