import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { chunks, insert, remove } from '../db/rows.ts';
import { tables } from '../db/tables.ts';
import { withDerived } from '../seed/load/derived.ts';
import { recordRetired } from '../seed/load/load.ts';
import { removeParts } from '../seed/load/remove.ts';

const { events, retiredIds } = tables;

/** An event that its provider has withdrawn, and why. */
export interface Withdrawal {
  id: string;
  reason: string;
}

/**
 * Withdraws imported events of a dataset, to which no other record refers: their ids answer that they are gone, and why, and `changes`
 * tells of it. Returns the ids of those that were withdrawn, and of those that the store has as withdrawn already.
 */
export async function withdraw(
  tx: Database,
  dataset: string,
  withdrawals: readonly Withdrawal[],
  { at, dryRun }: { at: Date; dryRun: boolean },
): Promise<{ withdrawn: Set<string>; before: Set<string> }> {
  const ids = withdrawals.map(({ id }) => id);
  const stored = new Set<string>();
  const before = new Set<string>();
  for (const some of chunks(ids)) {
    const own = and(eq(events.dataset, dataset), inArray(events.id, some));
    for (const { id } of await tx.select({ id: events.id }).from(events).where(own)) stored.add(id);
    const retired = await tx
      .select({ id: retiredIds.id })
      .from(retiredIds)
      .where(
        and(eq(retiredIds.kind, 'event'), eq(retiredIds.dataset, dataset), inArray(retiredIds.id, some)),
      );
    for (const { id } of retired) before.add(id);
  }
  const gone = withdrawals.filter(({ id }) => stored.has(id));
  const withdrawn = new Set(gone.map(({ id }) => id));
  if (dryRun || gone.length === 0) return { withdrawn, before };
  const retiring = gone.map(({ id, reason }) => ({ kind: 'event' as const, id, reason }));
  const records = { actor: [], topic: [], source: [] };
  await withDerived(tx, { written: [], changed: [], retiring, records }, async () => {
    await removeParts(tx, retiring);
    await remove(tx, events, events.id, [...withdrawn]);
    await insert(
      tx,
      retiredIds,
      retiring.map((each) => ({ ...each, dataset, mergedInto: null })),
    );
    await recordRetired(tx, dataset, retiring, at);
    return [];
  });
  return { withdrawn, before };
}

/** Takes back that ids were withdrawn, of events that are there again. */
export async function reinstate(tx: Database, dataset: string, ids: readonly string[]): Promise<void> {
  await remove(
    tx,
    retiredIds,
    retiredIds.id,
    ids,
    and(eq(retiredIds.kind, 'event'), eq(retiredIds.dataset, dataset)),
  );
}

/** The ids of all events of a dataset, some at a time, in order. */
export async function* eventIds(db: Database, dataset: string): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const rows = await db
      .select({ id: events.id })
      .from(events)
      .where(and(eq(events.dataset, dataset), gt(events.id, after)))
      .orderBy(asc(events.id))
      .limit(2_000);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ id }) => id);
    after = last.id;
  }
}
