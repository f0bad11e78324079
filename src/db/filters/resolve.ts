import { inArray, type SQL } from 'drizzle-orm';
import type { Checked, Groups, Ids } from '../../domain/filterValues.ts';
import type { Database } from '../database.ts';
import { withDescendants } from '../hierarchy.ts';
import { requireReferences } from '../references.ts';
import { tables } from '../tables.ts';

const { citations, sources } = tables;

/** The filters by ids that are looked up before a WHERE can be made of them. */
interface Lookups {
  actor?: Ids<'actor'> | undefined;
  about?: Ids<'actor'> | undefined;
  actorScope?: 'bodies' | 'direct';
  topic?: Ids<'topic'> | undefined;
  source?: Ids<'source'> | undefined;
  publisher?: Ids<'actor'> | undefined;
}

/** A filter with what it names looked up, which is what a WHERE is made of. */
export type Resolved<Filter> = Checked<Filter> & {
  source?: undefined;
  publisher?: undefined;
  /** What its sources and publishers ask of citations: a record must have, for each condition, one that meets it. */
  cited?: SQL[];
  named?: Named;
};

/** The ids as the filter gives them, which all exist. */
export interface Named {
  actor: Groups;
  topic: Groups;
  source: Groups;
  publisher: Groups;
}

/**
 * Looks up what a filter names: actors with the bodies that belong to them, unless it means them alone; topics with those
 * narrower.
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
    source: undefined,
    publisher: undefined,
    cited: [
      ...source.map((group) => inArray(citations.source, group)),
      ...publisher.map((group) => inArray(citations.source, publishedBy(db, group))),
    ],
  };
}

/** A query for the sources that any of some publishers published, of which there may be any number. */
function publishedBy(db: Database, publishers: string[]) {
  return db.select({ id: sources.id }).from(sources).where(inArray(sources.publisher, publishers));
}
