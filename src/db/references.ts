import { and, eq, inArray } from 'drizzle-orm';
import { MissingRecordError, type UnknownReference, UnknownReferenceError } from '../domain/errors.ts';
import { type Checked, Ids } from '../domain/filterValues.ts';
import { fold, unlikeness } from '../domain/spelling.ts';
import type { RecordKind } from '../domain/vocabularies.ts';
import type { Database } from './database.ts';
import { type RecordTable, recordTables } from './recordTables.ts';
import { tables } from './tables.ts';

const MAX_SUGGESTIONS = 3;
/** So many unknown ids of one parameter get suggestions: each is compared with every id. */
const MAX_SUGGESTED = 5;
/** No id is longer: nothing is like a text beyond this. */
const MAX_ID = 200;

/**
 * A filter whose ids are all those of records. Throws an UnknownReferenceError that lists every id in it that no
 * record of its kind has, by the parameter that gives it.
 */
export async function requireReferences<Filter extends object>(
  db: Database,
  filter: Filter,
): Promise<Checked<Filter>> {
  const unknown: UnknownReference[] = [];
  const checked: Record<string, unknown> = {};
  for (const [parameter, value] of Object.entries(filter)) {
    const isIds = value instanceof Ids;
    checked[parameter] = isIds ? value.unchecked : value;
    if (isIds) unknown.push(...(await unknownOf(db, parameter, value)));
  }
  if (unknown.length > 0) throw new UnknownReferenceError(unknown);
  // Cast: the same names with the values that the type says, which the compiler cannot see of a loop.
  return checked as Checked<Filter>;
}

async function unknownOf(
  db: Database,
  parameter: string,
  { kind, unchecked }: Ids,
): Promise<UnknownReference[]> {
  const ids = [...new Set(unchecked.flat())];
  const { table }: RecordTable = recordTables[kind];
  const found = await db.select({ id: table.id }).from(table).where(inArray(table.id, ids));
  const present = new Set(found.map((row) => row.id));
  const unknown: UnknownReference[] = [];
  for (const id of ids.filter((candidate) => !present.has(candidate))) {
    const retired = await retirement(db, kind, id);
    const mergedInto = retired?.mergedInto ?? null;
    const isTold = unknown.length < MAX_SUGGESTED;
    const suggestions = mergedInto ? [mergedInto] : isTold ? await suggest(db, kind, id) : [];
    unknown.push({ parameter, kind, id, mergedInto, suggestions });
  }
  return unknown;
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
  if (wanted === '' || wanted.length > MAX_ID) return [];
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
