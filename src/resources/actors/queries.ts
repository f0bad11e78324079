import { and, asc, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { anyOfEach, linkedToEach } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { recordsMatching } from '../../db/fullText.ts';
import { descendants } from '../../db/hierarchy.ts';
import { link } from '../../db/lists/facets.ts';
import type { ListParameter } from '../../db/lists/paging.ts';
import { type ListDefinition, recordQueries } from '../../db/lists/queries.ts';
import { citationsOf, grouped, optional, referencesTo, required } from '../../db/lists/related.ts';
import { requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import { fold } from '../../domain/spelling.ts';
import type { actor, actorFacets, actorQuery } from './schema.ts';

type Actor = z.infer<typeof actor>;
type ActorFilter = Omit<z.infer<typeof actorQuery>, ListParameter>;
type ActorFacet = (typeof actorFacets)[number];
type ActorSort = z.infer<typeof actorQuery>['sort'];

const { actors, actorAliases, affiliations, citations } = tables;

const definition: ListDefinition<typeof actors, ActorFilter, ActorSort, Actor, ActorFacet> = {
  table: actors,
  orders: () => ({ name: actors.nameFolded, id: actors.id }),
  where: actorsWhere,
  hydrate: hydrateActors,
  facets: () => ({
    kind: { column: actors.kind },
    parent: { of: 'actor', hierarchy: 'actor', links: [link(actors.id, actors.parent)] },
    source: { of: 'source', links: [link(actorAliases.actor, actorAliases.source)] },
  }),
};

/** Pages, exports, counts and single records of actors. */
export const actorQueries = recordQueries('actor', definition);

async function actorsWhere(db: Database, filter: ActorFilter): Promise<SQL | undefined> {
  await requireReferences(db, filter);
  const { q, name, kind, parent, source } = filter;
  return and(
    recordsMatching('actor', actors.id, q),
    name === undefined ? undefined : named(db, name),
    ...anyOfEach(actors.kind, kind),
    ...anyOfEach(actors.id, parent && (await descendants(db, 'actor', parent))),
    ...linkedToEach(db, actors.id, { record: actorAliases.actor, to: actorAliases.source }, source),
  );
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
      during: { edtf: title.during, earliest: title.earliest, latest: title.latest },
      citations: cited.get(title.id) ?? [],
    })),
  }));
}
