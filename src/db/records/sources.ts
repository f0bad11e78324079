import { asc, inArray } from 'drizzle-orm';
import { dateRange } from '../../domain/dates.ts';
import type { Database } from '../database.ts';
import { grouped, optional, referencesTo, required } from '../lists/related.ts';
import { tables } from '../tables.ts';

const { sources, sourceContributors, sourceDerivations } = tables;

/** Rows with those who made them, in the order of the rows. */
export async function hydrateSources(db: Database, rows: (typeof sources.$inferSelect)[]) {
  const ids = rows.map((row) => row.id);
  const credits = await db
    .select()
    .from(sourceContributors)
    .where(inArray(sourceContributors.source, ids))
    .orderBy(asc(sourceContributors.source), asc(sourceContributors.ordinal));
  const derivations = await db
    .select()
    .from(sourceDerivations)
    .where(inArray(sourceDerivations.source, ids))
    .orderBy(asc(sourceDerivations.derivedFrom));
  const actors = await referencesTo(db, 'actor', [
    ...rows.flatMap((row) => [row.publisher, row.republisher]),
    ...credits.map((credit) => credit.actor),
  ]);
  const datasets = await referencesTo(
    db,
    'dataset',
    rows.map((row) => row.dataset),
  );
  const origins = await referencesTo(
    db,
    'source',
    derivations.map((row) => row.derivedFrom),
  );
  const contributors = grouped(credits, (row) => [
    row.source,
    { actor: required(actors, row.actor), role: row.role },
  ]);
  const derivedFrom = grouped(derivations, (row) => [row.source, required(origins, row.derivedFrom)]);
  return rows.map((row) => ({
    id: row.id,
    dataset: required(datasets, row.dataset),
    title: row.title,
    kind: row.kind,
    publisher: optional(actors, row.publisher),
    republisher: optional(actors, row.republisher),
    contributors: contributors.get(row.id) ?? [],
    language: row.language,
    published: dateRange(row.published),
    derivedFrom: derivedFrom.get(row.id) ?? [],
    text: textOf(row),
  }));
}

/** The text of a source; null for a collection of coded data. */
function textOf({
  textFile: file,
  textSha256: sha256,
  textLength: length,
}: Pick<typeof sources.$inferSelect, 'textFile' | 'textSha256' | 'textLength'>) {
  return file === null || sha256 === null || length === null ? null : { file, sha256, length };
}
