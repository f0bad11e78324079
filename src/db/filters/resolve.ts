import { inArray } from 'drizzle-orm';
import type { Checked, Groups, Ids } from '../../domain/filterValues.ts';
import type { Database } from '../database.ts';
import { withDescendants } from '../hierarchy.ts';
import { requireReferences } from '../references.ts';
import { tables } from '../tables.ts';

/** The filters by ids that are looked up before a WHERE can be made of them. */
interface Lookups {
  actor?: Ids<'actor'> | undefined;
  about?: Ids<'actor'> | undefined;
  actorScope?: 'bodies' | 'direct';
  topic?: Ids<'topic'> | undefined;
  source?: Ids<'source'> | undefined;
  publisher?: Ids<'actor'> | undefined;
}

/** A filter with what it names looked up, which is what a WHERE is made of; publishers are among its sources. */
export type Resolved<Filter> = Checked<Filter> & { publisher?: undefined; named?: Named };

/** The ids as the filter gives them, which all exist. */
export interface Named {
  actor: Groups;
  topic: Groups;
  source: Groups;
  publisher: Groups;
}

/**
 * Looks up what a filter names: actors with the bodies that belong to them, unless it means them alone; topics with those
 * narrower; and as sources also those of each publisher.
 * Throws an UnknownReferenceError when it names records that do not exist.
 */
export async function resolveFilter<Filter extends Lookups>(
  db: Database,
  filter: Filter,
): Promise<Resolved<Filter>> {
  const checked = await requireReferences(db, filter);
  const { actor, about, actorScope, topic, source = [], publisher = [] }: Checked<Lookups> = checked;
  const inScope = async (groups: Groups | undefined): Promise<Groups | undefined> =>
    groups && actorScope === 'bodies' ? withDescendants(db, 'actor', groups) : groups;
  return {
    ...checked,
    named: { actor: actor ?? [], topic: topic ?? [], source, publisher },
    actor: await inScope(actor),
    about: await inScope(about),
    topic: topic && (await withDescendants(db, 'topic', topic)),
    source: [...source, ...(await sourcesOf(db, publisher))],
    publisher: undefined,
  };
}

/** The sources that a publisher of each group published, as groups of source ids. */
async function sourcesOf(db: Database, publishers: Groups): Promise<Groups> {
  const { sources } = tables;
  const result: Groups = [];
  for (const group of publishers) {
    const rows = await db.select({ id: sources.id }).from(sources).where(inArray(sources.publisher, group));
    result.push(rows.map((row) => row.id));
  }
  return result;
}
