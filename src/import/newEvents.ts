import type { Database } from '../db/database.ts';
import { addDocuments } from '../db/documents.ts';
import { addKeysOfNew } from '../db/eventKeys.ts';
import { referencesTo, required } from '../db/lists/related.ts';
import { eventRecord } from '../db/records/events.ts';
import { storedDays } from '../domain/dates.ts';
import type { Citation, Event, Figure } from '../seed/files/dataset.ts';

/** Whether all that an event's document has is known without reading the store: what it links to, and passages, are not. */
export function isSelfContained({ links, figures, citations }: Event): boolean {
  return links.length === 0 && [citations, ...figures.map((figure) => figure.citations)].every(ofDocuments);
}

function ofDocuments(citations: readonly Citation[]): boolean {
  return citations.every(({ document }) => document !== undefined);
}

/**
 * Adds what the store derives from events that it did not have, and that are self-contained: their documents, and by what they are
 * listed. The same as would be made by reading them again (`db/documents.ts`, `db/eventKeys.ts`), which takes most of the time of an import.
 */
export async function deriveNew(tx: Database, dataset: string, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  const actors = await referencesTo(
    tx,
    'actor',
    events.flatMap(({ participants }) =>
      participants.flatMap(({ actor, onBehalfOf }) => [actor, onBehalfOf ?? null]),
    ),
  );
  const topics = await referencesTo(
    tx,
    'topic',
    events.flatMap((event) => event.topics),
  );
  const sources = await referencesTo(
    tx,
    'source',
    events.flatMap(({ figures, citations }) =>
      [...citations, ...figures.flatMap((figure) => figure.citations)].map(({ source }) => source),
    ),
  );
  const title = required(await referencesTo(tx, 'dataset', [dataset]), dataset);
  const cited = (citations: readonly Citation[]) =>
    citations.map(({ source, document }) => ({
      source: required(sources, source),
      start: null,
      end: null,
      sha256: null,
      phrase: null,
      passage: null,
      progress: null,
      reports: null,
      ...(document && { document }),
    }));
  const figureOf = ({ measure, value, low, high, unit, approximate, of, citations }: Figure) => ({
    measure,
    value: value ?? null,
    low: low ?? null,
    high: high ?? null,
    unit,
    approximate: approximate ?? false,
    of,
    citations: cited(citations),
  });
  const records = events.map(({ place, ...event }) =>
    eventRecord(
      {
        ...event,
        type: event.type ?? null,
        mode: event.mode ?? null,
        placeName: place?.name ?? null,
        country: place?.country ?? null,
        latitude: place?.latitude ?? null,
        longitude: place?.longitude ?? null,
      },
      {
        dataset: title,
        participants: event.participants.map(({ actor, role, onBehalfOf }) => ({
          actor: required(actors, actor),
          role,
          onBehalfOf: onBehalfOf === undefined ? null : required(actors, onBehalfOf),
        })),
        topics: event.topics.map((topic) => required(topics, topic)),
        links: [],
        figures: event.figures.map(figureOf),
        citations: cited(event.citations),
      },
    ),
  );
  await addDocuments(tx, 'event', records);
  await addKeysOfNew(
    tx,
    events.map(({ id, date, participants, topics: own, citations }) => ({
      id,
      sortDayDescending: storedDays(date).sortDayDescending,
      actors: participants.flatMap(({ actor, onBehalfOf }) => [actor, onBehalfOf ?? actor]),
      topics: own,
      sources: citations.map(({ source }) => source),
    })),
  );
}
