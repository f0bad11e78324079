import { and, eq, inArray } from 'drizzle-orm';
import { MissingRecordError, type UnknownReference, UnknownReferenceError } from '../domain/errors.ts';
import { fold, unlikeness } from '../domain/spelling.ts';
import type { RecordKind } from '../domain/vocabularies.ts';
import type { Database } from './database.ts';
import type { Groups } from './hierarchy.ts';
import { type RecordTable, recordTables } from './recordTables.ts';
import { tables } from './tables.ts';

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
    // Cast: a filter has ids under some of these names, and nothing else under any of them.
    const groups = (filter as Record<string, Groups | undefined>)[parameter];
    if (!groups) continue;
    const ids = [...new Set(groups.flat())];
    const { table }: RecordTable = recordTables[kind];
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
  const { table }: RecordTable = recordTables[kind];
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
  const { table }: RecordTable = recordTables[kind];
  const rows = await db.select({ id: table.id }).from(table);
  const candidates = rows.flatMap((row) => {
    const name = row.id.replaceAll('-', ' ');
    return [name, ...name.split(' ')].map((form) => ({ id: row.id, form, isName: false }));
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
