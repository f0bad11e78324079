import { and, eq, inArray } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../db/database.ts';
import { tables } from '../../db/tables.ts';
import { type RecordKind, searchableKinds } from '../../domain/vocabularies.ts';
import { DatasetError } from '../files/mistakes.ts';
import type { Dataset } from '../files/read.ts';
import { chunks, insert } from './rows.ts';

/** Removes the rows that belong to records, so that they can be written anew or the records retired. */
export async function clearParts(
  tx: Database,
  records: readonly { kind: RecordKind; id: string }[],
): Promise<void> {
  const ids = (kind: RecordKind): string[] =>
    records.filter((record) => record.kind === kind).map(({ id }) => id);
  const clear = async (table: PgTable, column: PgColumn, of: readonly string[]): Promise<void> => {
    for (const some of chunks(of)) await tx.delete(table).where(inArray(column, some));
  };
  const owned = async (
    table: typeof tables.positions | typeof tables.affiliations,
    column: PgColumn,
    of: readonly string[],
  ) => {
    const rows: { id: string }[] = [];
    for (const some of chunks(of)) {
      rows.push(
        ...(await tx
          .select({ id: table.id })
          .from(table as PgTable)
          .where(inArray(column, some))),
      );
    }
    return rows.map(({ id }) => id);
  };
  const t = tables;
  const positions = await owned(t.positions, t.positions.claim, ids('claim'));
  const affiliations = await owned(t.affiliations, t.affiliations.actor, ids('actor'));
  await clear(t.citations, t.citations.event, ids('event'));
  await clear(t.citations, t.citations.statement, ids('statement'));
  await clear(t.citations, t.citations.position, positions);
  await clear(t.citations, t.citations.affiliation, affiliations);
  await clear(t.positions, t.positions.claim, ids('claim'));
  await clear(t.affiliations, t.affiliations.actor, ids('actor'));
  await clear(t.actorAliases, t.actorAliases.actor, ids('actor'));
  await clear(t.sourceContributors, t.sourceContributors.source, ids('source'));
  await clear(t.sourceDerivations, t.sourceDerivations.source, ids('source'));
  await clear(t.eventParticipants, t.eventParticipants.event, ids('event'));
  await clear(t.eventTopics, t.eventTopics.event, ids('event'));
  await clear(t.statementAbout, t.statementAbout.statement, ids('statement'));
  await clear(t.statementTopics, t.statementTopics.statement, ids('statement'));
  await clear(t.claimAbout, t.claimAbout.claim, ids('claim'));
  await clear(t.claimTopics, t.claimTopics.claim, ids('claim'));
  await clear(t.claimContradictions, t.claimContradictions.claim, ids('claim'));
  for (const kind of searchableKinds) {
    for (const some of chunks(ids(kind))) {
      await tx
        .delete(t.searchDocuments)
        .where(and(eq(t.searchDocuments.kind, kind), inArray(t.searchDocuments.id, some)));
    }
  }
}

/**
 * Removes retired records, children first, and keeps every retired id.
 * Throws a DatasetError when a record of another dataset still refers to one.
 */
export async function retire(
  tx: Database,
  data: Dataset,
  retiring: readonly { kind: RecordKind; id: string }[],
): Promise<void> {
  const { claims, statements, events, sources, actors, topics, retiredIds } = tables;
  const order = [
    ['claim', claims],
    ['statement', statements],
    ['event', events],
    ['source', sources],
    ['actor', actors],
    ['topic', topics],
  ] as const;
  for (const [kind, table] of order) {
    for (const { id } of retiring.filter((record) => record.kind === kind)) {
      try {
        await tx.delete(table).where(eq(table.id, id));
      } catch (error) {
        const retired = data.retired.find((candidate) => candidate.kind === kind && candidate.id === id);
        if (!String((error as { code?: string }).code).includes('FOREIGNKEY') || !retired) throw error;
        throw new DatasetError([
          {
            ...data.locate(retired),
            message: 'records of another dataset still refer to it: change those first',
          },
        ]);
      }
    }
  }
  await tx.delete(retiredIds).where(eq(retiredIds.dataset, data.dataset.id));
  await insert(
    tx,
    retiredIds,
    data.retired.map(({ kind, id, mergedInto, reason }) => ({
      kind,
      id,
      dataset: data.dataset.id,
      mergedInto: mergedInto ?? null,
      reason: reason ?? null,
    })),
  );
}
