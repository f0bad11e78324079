import { and, asc, inArray, or } from 'drizzle-orm';
import { dateRange } from '../../domain/dates.ts';
import { inverseOf, type LinkBasis, type ParticipantRole, type Relation } from '../../domain/vocabularies.ts';
import type { Database } from '../database.ts';
import { linksAsOf } from '../filters/links.ts';
import {
  type ActorReference,
  type CitationRecord,
  citationsOf,
  type FigureRecord,
  figuresOf,
  grouped,
  optional,
  referencesTo,
  required,
  type TitleReference,
  type TopicReference,
  topicsOf,
} from '../lists/related.ts';
import { tables } from '../tables.ts';

const { events, eventLinks, eventParticipants, eventTopics, citations } = tables;

/** Rows with their participants, topics and citations, in the order of the rows. */
export async function hydrateEvents(
  db: Database,
  rows: (typeof events.$inferSelect)[],
  asOf: string | undefined,
) {
  const ids = rows.map((row) => row.id);
  const participants = await db
    .select()
    .from(eventParticipants)
    .where(inArray(eventParticipants.event, ids))
    .orderBy(asc(eventParticipants.ordinal));
  const actors = await referencesTo(
    db,
    'actor',
    participants.flatMap(({ actor, onBehalfOf }) => [actor, onBehalfOf]),
  );
  const participantsByEvent = grouped(participants, ({ event: id, actor, role, onBehalfOf }) => [
    id,
    { actor: required(actors, actor), role, onBehalfOf: optional(actors, onBehalfOf) },
  ]);
  const datasets = await referencesTo(
    db,
    'dataset',
    rows.map((row) => row.dataset),
  );
  const link = { record: eventTopics.event, topic: eventTopics.topic, ordinal: eventTopics.ordinal };
  const topics = await topicsOf(db, link, ids);
  const cited = await citationsOf(db, citations.event, ids, asOf);
  const links = await linksOf(db, ids, asOf);
  const figures = await figuresOf(db, 'event', ids, asOf);
  return rows.map((row) =>
    eventRecord(row, {
      dataset: required(datasets, row.dataset),
      participants: participantsByEvent.get(row.id) ?? [],
      topics: topics.get(row.id) ?? [],
      links: links.get(row.id) ?? [],
      figures: figures.get(row.id) ?? [],
      citations: cited.get(row.id) ?? [],
    }),
  );
}

/** What an event has in its own row. */
type EventRow = Pick<
  typeof events.$inferSelect,
  | 'id'
  | 'title'
  | 'summary'
  | 'type'
  | 'mode'
  | 'status'
  | 'date'
  | 'placeName'
  | 'country'
  | 'latitude'
  | 'longitude'
>;

/** What an event has in other tables. */
interface EventParts {
  dataset: TitleReference;
  participants: { actor: ActorReference; role: ParticipantRole; onBehalfOf: ActorReference | null }[];
  topics: TopicReference[];
  links: { relation: Relation; event: TitleReference; basis: LinkBasis; citations: CitationRecord[] }[];
  figures: FigureRecord[];
  citations: CitationRecord[];
}

/** An event as it is answered. */
export function eventRecord(row: EventRow, parts: EventParts) {
  return {
    id: row.id,
    dataset: parts.dataset,
    title: row.title,
    summary: row.summary,
    type: row.type,
    mode: row.mode,
    status: row.status,
    date: dateRange(row.date),
    place:
      row.placeName === null
        ? null
        : { name: row.placeName, country: row.country, latitude: row.latitude, longitude: row.longitude },
    participants: parts.participants,
    topics: parts.topics,
    links: parts.links,
    figures: parts.figures,
    citations: parts.citations,
  };
}

/** The links of each event, from its own end: those that it has to others in their order, then those from others. */
async function linksOf(db: Database, ids: readonly string[], asOf: string | undefined) {
  const rows = await db
    .select()
    .from(eventLinks)
    .where(
      and(or(inArray(eventLinks.event, [...ids]), inArray(eventLinks.other, [...ids])), linksAsOf(db, asOf)),
    )
    .orderBy(asc(eventLinks.event), asc(eventLinks.ordinal));
  const linked = await referencesTo(
    db,
    'event',
    rows.flatMap((row) => [row.event, row.other]),
  );
  const cited = await citationsOf(
    db,
    citations.link,
    rows.map((row) => row.id),
    asOf,
  );
  const seen = rows.map(({ id, basis, ...row }) => ({
    ...row,
    rest: { basis, citations: cited.get(id) ?? [] },
  }));
  const direct = seen.map(({ event: from, other, relation, rest }) => ({ from, to: other, relation, rest }));
  const inverse = seen.map(({ event: from, other, relation, rest }) => ({
    from: other,
    to: from,
    relation: inverseOf[relation],
    rest,
  }));
  return grouped([...direct, ...inverse], ({ from, to, relation, rest }) => [
    from,
    { relation, event: required(linked, to), ...rest },
  ]);
}
