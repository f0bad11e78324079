import { and, asc, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { anyOfEach, linkedToEach } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { recordsMatching } from '../../db/fullText.ts';
import { descendants } from '../../db/hierarchy.ts';
import { link } from '../../db/lists/facets.ts';
import { recordQueries, type Selection } from '../../db/lists/queries.ts';
import { citationsOf, grouped, optional, referencesTo, required } from '../../db/lists/related.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import { dateRange } from '../../domain/dates.ts';
import { fold } from '../../domain/spelling.ts';
import type { actor, actorQuery } from './schema.ts';

type Actor = z.infer<typeof actor>;
interface ActorList {
  table: typeof actors;
  query: z.infer<typeof actorQuery>;
  item: Actor;
}

const { actors, actorAliases, affiliations, citations } = tables;

/** Pages, exports, counts and single records of actors. */
export const actorQueries = recordQueries<ActorList>({
  table: actors,
  kind: 'actor',
  heavy: ['q'],
  select: selectActors,
  hydrate: hydrateActors,
});

async function selectActors(db: Database, query: ActorList['query']): Promise<Selection<ActorList>> {
  const { q, name, kind, parent, source } = await requireReferences(db, query);
  const { id } = actors;
  return {
    where: and(
      recordsMatching(db, 'actor', id, q),
      name === undefined ? undefined : named(db, name),
      ...anyOfEach(actors.kind, kind),
      ...anyOfEach(id, parent && (await descendants(db, 'actor', parent))),
      ...linkedToEach(db, id, { record: actorAliases.actor, to: actorAliases.source }, source),
    ),
    orders: { name: actors.nameFolded, id, relevance: byRelevance(db, 'actor', id, q) },
    facets: () => ({
      kind: { column: actors.kind },
      parent: { of: 'actor', hierarchy: 'actor', links: [link(id, actors.parent)] },
      source: { of: 'source', links: [link(actorAliases.actor, actorAliases.source)] },
    }),
  };
}

/** The actors whose name, or a name a source uses for them, contains a text. */
function named(db: Database, name: string): SQL | undefined {
  const pattern = `%${fold(name).replace(/[\\%_]/g, '\\$&')}%`;
  const like = (column: PgColumn): SQL => sql`${column} like ${pattern} escape '\\'`;
  return or(
    like(actors.nameFolded),
    inArray(
      actors.id,
      db.select({ id: actorAliases.actor }).from(actorAliases).where(like(actorAliases.nameFolded)),
    ),
  );
}

/** Rows with their names, titles and citations, in the order of the rows. */
async function hydrateActors(db: Database, rows: (typeof actors.$inferSelect)[]): Promise<Actor[]> {
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
