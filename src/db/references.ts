import { and, eq, inArray } from 'drizzle-orm';
import { MissingRecordError, type UnknownReference, UnknownReferenceError } from '../domain/errors.ts';
import { type Checked, Ids } from '../domain/filterValues.ts';
import type { RecordKind } from '../domain/vocabularies.ts';
import type { Database } from './database.ts';
import { type RecordTable, recordTables } from './recordTables.ts';
import { suggest } from './suggestions.ts';
import { tables } from './tables.ts';
import { turn } from './turn.ts';

/** At most this many unknown ids of one parameter get suggestions. */
const MAX_SUGGESTED = 3;

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
    // Each is looked up in about a millisecond; between two of them other requests are served.
    if (isTold && !mergedInto) await turn();
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
  const isSuggested = !retired && !unreported;
  // As in `unknownOf`: many of these at once leave room for other requests between two of them.
  if (isSuggested) await turn();
  return new MissingRecordError({
    kind,
    id,
    mergedInto: retired?.mergedInto ?? null,
    withdrawn: retired && !retired.mergedInto ? (retired.reason ?? '') : null,
    suggestions: isSuggested ? await suggest(db, kind, id) : [],
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
