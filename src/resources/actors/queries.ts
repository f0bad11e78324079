import { and, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { among, anyOfEach, linkedToEach } from '../../db/conditions.ts';
import type { Database } from '../../db/database.ts';
import { recordsMatching } from '../../db/fullText.ts';
import { descendants } from '../../db/hierarchy.ts';
import { link } from '../../db/lists/facets.ts';
import { recordQueries, type Selection } from '../../db/lists/queries.ts';
import { byRelevance } from '../../db/lists/relevance.ts';
import { hydrateActors } from '../../db/records/actors.ts';
import { requireReferences } from '../../db/references.ts';
import { tables } from '../../db/tables.ts';
import { fold } from '../../domain/spelling.ts';
import type { actor, actorQuery } from './schema.ts';

type Actor = z.infer<typeof actor>;
interface ActorList {
  table: typeof actors;
  query: z.infer<typeof actorQuery>;
  item: Actor;
}

const { actors, actorAliases } = tables;

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
      ...(parent ? await descendants(db, 'actor', parent) : []).map((group) => among(db, id, group)),
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
