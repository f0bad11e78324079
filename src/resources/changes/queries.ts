import { and, asc, gt, max } from 'drizzle-orm';
import type { z } from 'zod';
import { anyOfEach } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import type { change, changeQuery } from './schema.ts';

type Change = z.infer<typeof change>;
/** Which changes. */
export type ChangeFilter = z.infer<typeof changeQuery>;

const { changes } = tables;

/**
 * The first changes after a sequence, in order, and whether there are more.
 * Throws an UnknownReferenceError when the filter names datasets that do not exist.
 */
export async function listChanges(
  db: Database,
  filter: ChangeFilter,
): Promise<{ items: Change[]; more: boolean }> {
  const { since, kind, dataset, limit } = await requireReferences(db, filter);
  const rows = await db
    .select({
      sequence: changes.sequence,
      at: changes.at,
      action: changes.action,
      kind: changes.kind,
      id: changes.id,
      mergedInto: changes.mergedInto,
      dataset: changes.dataset,
    })
    .from(changes)
    .where(
      and(
        gt(changes.sequence, since),
        ...anyOfEach(changes.kind, kind),
        ...anyOfEach(changes.dataset, dataset),
      ),
    )
    .orderBy(asc(changes.sequence))
    .limit(limit + 1);
  return {
    items: rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() })),
    more: rows.length > limit,
  };
}

/** The sequence of the newest change; 0 when nothing was ever loaded. */
export async function newestSequence(db: Database): Promise<number> {
  const [row] = await db.select({ newest: max(changes.sequence) }).from(changes);
  return row?.newest ?? 0;
}
