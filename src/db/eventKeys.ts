import { eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { EventKeyKind } from '../domain/vocabularies.ts';
import type { Database } from './database.ts';
import { ancestorsOf } from './hierarchy.ts';
import { chunks, insert } from './rows.ts';
import { tables } from './tables.ts';

// By which actors, topics, sources and publishers each event is listed. All of it follows from other tables.

const { actors, topics, sources, events, eventParticipants, eventTopics, eventKeys, citations } = tables;

/** Removes the keys of some events: to be done before anything changes from which they follow. */
export async function removeEventKeys(tx: Database, ids: readonly string[]): Promise<void> {
  for (const some of chunks(ids)) {
    await tx
      .delete(eventKeys)
      .where(
        sql`(${eventKeys.kind}, ${eventKeys.value}, ${eventKeys.day}, ${eventKeys.event}) in (${keysOf(some)})`,
      );
  }
}

/** Adds the keys of some events, of those that exist, which have none. */
export async function addEventKeys(tx: Database, ids: readonly string[]): Promise<void> {
  for (const some of chunks(ids)) await tx.insert(eventKeys).select(keysOf(some));
}

/** What an event has by which it is listed. */
export interface ListedEvent {
  id: string;
  sortDayDescending: string;
  actors: readonly string[];
  topics: readonly string[];
  sources: readonly string[];
}

/** Adds the keys of events as they were just written: the same as `addEventKeys` derives from the store, without reading each event. */
export async function addKeysOfNew(tx: Database, listed: readonly ListedEvent[]): Promise<void> {
  const all = (of: (event: ListedEvent) => readonly string[]): string[] => [...new Set(listed.flatMap(of))];
  const above = {
    actor: await ancestorsOf(
      tx,
      'actor',
      all(({ actors }) => actors),
    ),
    topic: await ancestorsOf(
      tx,
      'topic',
      all(({ topics }) => topics),
    ),
  };
  const publishers = new Map<string, string>();
  for (const some of chunks(all(({ sources }) => sources))) {
    const { id, publisher } = sources;
    for (const row of await tx.select({ id, publisher }).from(sources).where(inArray(id, some)))
      if (row.publisher !== null) publishers.set(row.id, row.publisher);
  }
  const rows: (typeof eventKeys.$inferInsert)[] = [];
  for (const { id: event, sortDayDescending: day, ...by } of listed) {
    const add = (kind: EventKeyKind, values: Iterable<string>): void => {
      for (const value of values) rows.push({ kind, value, day, event });
    };
    add('actor', new Set(by.actors.flatMap((id) => above.actor.get(id) ?? [])));
    add('topic', new Set(by.topics.flatMap((id) => above.topic.get(id) ?? [])));
    add('source', new Set(by.sources));
    add('publisher', new Set(by.sources.flatMap((id) => publishers.get(id) ?? [])));
  }
  await insert(tx, eventKeys, rows);
}

/** Derives the keys of all events anew, as after a migration. */
export async function renewEventKeys(tx: Database): Promise<void> {
  await tx.delete(eventKeys);
  for (let after = ''; ; ) {
    const rows = await tx
      .select({ id: events.id })
      .from(events)
      .where(gt(events.id, after))
      .orderBy(events.id)
      .limit(1_000);
    const last = rows.at(-1);
    if (last === undefined) return;
    await addEventKeys(
      tx,
      rows.map(({ id }) => id),
    );
    after = last.id;
  }
}

/** The keys of a store that do not follow from its events, and those that are missing; both empty when all are true. */
export async function eventKeyFaults(db: Database): Promise<{ surplus: string[]; missing: string[] }> {
  const key = sql<string>`kind || ' ' || value || ' ' || day || ' ' || event`;
  const stored = sql`select kind, value, day, event from ${eventKeys}`;
  const derived = sql`select * from (${keysOf(undefined)}) as derived`;
  const surplus = await db.select({ key }).from(sql`(${stored} except ${derived}) as surplus`);
  const missing = await db.select({ key }).from(sql`(${derived} except ${stored}) as missing`);
  return { surplus: surplus.map((row) => row.key), missing: missing.map((row) => row.key) };
}

/** A SELECT of the keys of some events, or of all. */
function keysOf(ids: readonly string[] | undefined): SQL {
  const { sortDayDescending: day } = events;
  const ofEvents = (event: SQL): SQL => (ids ? sql` and ${inArray(event, [...ids])}` : sql``);
  const each = (event: PgColumn) => ofEvents(sql`${event}`);
  const { event, actor, onBehalfOf } = eventParticipants;
  return sql`
    with recursive
    involved(event, value) as (
      select ${event}, ${actor} from ${eventParticipants} where true${each(event)}
      union
      select ${event}, ${onBehalfOf} from ${eventParticipants} where ${onBehalfOf} is not null${each(event)}
      union
      select involved.event, ${actors.parent} from involved inner join ${actors} on ${actors.id} = involved.value
      where ${actors.parent} is not null
    ),
    tagged(event, value) as (
      select ${eventTopics.event}, ${eventTopics.topic} from ${eventTopics} where true${each(eventTopics.event)}
      union
      select tagged.event, ${topics.broader} from tagged inner join ${topics} on ${topics.id} = tagged.value
      where ${topics.broader} is not null
    ),
    reported(event, value) as (
      select distinct ${citations.event}, ${citations.source} from ${citations}
      where ${citations.event} is not null${ofEvents(sql`${citations.event}`)}
    ),
    keys(kind, event, value) as (
      select 'actor', event, value from involved
      union all select 'topic', event, value from tagged
      union all select 'source', event, value from reported
      union all
      select distinct 'publisher', reported.event, ${sources.publisher} from reported
      inner join ${sources} on ${sources.id} = reported.value where ${sources.publisher} is not null
    )
    select keys.kind as kind, keys.value as value, ${day} as day, keys.event as event from keys inner join ${events} on ${eq(events.id, sql`keys.event`)}`;
}
