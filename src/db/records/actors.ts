import { asc, inArray } from 'drizzle-orm';
import { dateRange } from '../../domain/dates.ts';
import type { Database } from '../database.ts';
import { citationsOf, grouped, optional, referencesTo, required } from '../lists/related.ts';
import { tables } from '../tables.ts';

const { actors, actorAliases, affiliations, citations } = tables;

/** Rows with their names, titles and citations, in the order of the rows. */
export async function hydrateActors(db: Database, rows: (typeof actors.$inferSelect)[]) {
  const ids = rows.map((row) => row.id);
  const names = await db
    .select()
    .from(actorAliases)
    .where(inArray(actorAliases.actor, ids))
    .orderBy(asc(actorAliases.actor), asc(actorAliases.ordinal), asc(actorAliases.source));
  const titles = await db
    .select()
    .from(affiliations)
    .where(inArray(affiliations.actor, ids))
    .orderBy(asc(affiliations.actor), asc(affiliations.sortDay), asc(affiliations.ordinal));
  const cited = await citationsOf(
    db,
    citations.affiliation,
    titles.map((title) => title.id),
  );
  const known = await referencesTo(db, 'actor', [
    ...rows.map((row) => row.parent),
    ...titles.map((title) => title.organization),
  ]);
  const sources = await referencesTo(
    db,
    'source',
    names.map((row) => row.source),
  );
  const namesByActor = grouped(names, (row) => [row.actor, row]);
  const titlesByActor = grouped(titles, (row) => [row.actor, row]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    description: row.description,
    parent: optional(known, row.parent),
    aliases: [
      ...grouped(namesByActor.get(row.id) ?? [], ({ name, source }) => [name, required(sources, source)]),
    ].map(([name, usedBy]) => ({ name, sources: usedBy })),
    affiliations: (titlesByActor.get(row.id) ?? []).map((title) => ({
      title: title.title,
      organization: optional(known, title.organization),
      during: dateRange(title.during),
      citations: cited.get(title.id) ?? [],
    })),
  }));
}
