import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Groups, Ids } from '../../domain/filterValues.ts';
import {
  inverseOf,
  type LinkRelation,
  linkRelations,
  type Relation,
  words,
} from '../../domain/vocabularies.ts';
import { eachAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { tables } from '../tables.ts';
import type { Resolved } from './resolve.ts';

/** What events can be filtered by of their links. */
export interface LinkFilter {
  linkedTo?: Ids<'event'> | undefined;
  relation?: Groups<Relation> | undefined;
  asOf?: string | undefined;
}

const { events, eventLinks, citations } = tables;

/**
 * The links that were known on a day; undefined when no day is given. A link with the basis `told` has a citation from a source published by then; an
 * inferred one follows from its events, which both have been reported.
 */
export function linksAsOf(db: Database, asOf: string | undefined): SQL | undefined {
  if (asOf === undefined) return undefined;
  return and(
    or(eq(eventLinks.basis, 'inferred'), eachAsOf(db, eventLinks.id, citations.link, asOf)),
    eachAsOf(db, eventLinks.event, citations.event, asOf),
    eachAsOf(db, eventLinks.other, citations.event, asOf),
  );
}

/** For each group of events and each of relations, the events that have such a link to one of them (to any, without a group). */
export function linkedEach(db: Database, { linkedTo, relation, asOf }: Resolved<LinkFilter>): SQL[] {
  if (!linkedTo && !relation) return [];
  return (linkedTo ?? [undefined]).flatMap((others) =>
    (relation ?? [undefined]).map((wanted) => linked(db, others, wanted, asOf)),
  );
}

function linked(
  db: Database,
  others: string[] | undefined,
  wanted: Relation[] | undefined,
  asOf: string | undefined,
): SQL {
  const direct = words(linkRelations).filter((word) => wanted?.includes(word) ?? true);
  const inverse = words(linkRelations).filter((word) => wanted?.includes(inverseOf[word]) ?? true);
  const from = (
    id: typeof eventLinks.event | typeof eventLinks.other,
    to: typeof eventLinks.event | typeof eventLinks.other,
    relations: LinkRelation[],
  ): SQL =>
    inArray(
      events.id,
      db
        .select({ id })
        .from(eventLinks)
        .where(
          and(inArray(eventLinks.relation, relations), others && inArray(to, others), linksAsOf(db, asOf)),
        ),
    );
  const ways = [
    ...(direct.length > 0 ? [from(eventLinks.event, eventLinks.other, direct)] : []),
    ...(inverse.length > 0 ? [from(eventLinks.other, eventLinks.event, inverse)] : []),
  ];
  // Cast: there is always one way, so `or` is never undefined.
  return or(...ways) as SQL;
}

/** SELECTs of each event that has a link to any of some others (to any at all, without them), and by which relation. */
export function relationLinks(db: Database, others: string[] | undefined, asOf: string | undefined): SQL[] {
  const { event, other, relation } = eventLinks;
  const to = (end: typeof event | typeof other): SQL =>
    sql`${and(others && inArray(end, others), linksAsOf(db, asOf)) ?? sql`true`}`;
  const inverse = sql.join(
    words(linkRelations).map((word) => sql`when ${word} then ${inverseOf[word]}`),
    sql` `,
  );
  return [
    sql`select ${event} as record, ${relation} as value from ${eventLinks} where ${to(other)}`,
    sql`select ${other} as record, case ${relation} ${inverse} end as value from ${eventLinks} where ${to(event)}`,
  ];
}
