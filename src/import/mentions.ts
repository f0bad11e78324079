import type { Database } from '../db/database.ts';
import { documentsOf } from '../db/documents.ts';
import type { Citation, Event } from '../seed/files/dataset.ts';

// Reports of events that come apart from them: citations that a later file adds, and that a later file of the events does not take away.

/** An event as it was imported, from its document. */
function importedEvent(json: string): Event {
  const { place, ...document } = JSON.parse(json);
  return {
    id: document.id,
    title: document.title,
    summary: document.summary,
    ...(document.type !== null && { type: document.type }),
    ...(document.mode !== null && { mode: document.mode }),
    status: document.status,
    date: document.date.edtf,
    ...(place !== null && {
      place: {
        name: place.name,
        ...(place.country !== null && { country: place.country }),
        ...(place.latitude !== null && { latitude: place.latitude, longitude: place.longitude }),
      },
    }),
    participants: document.participants.map(
      ({ actor, role, onBehalfOf }: { actor: Named; role: string; onBehalfOf: Named | null }) => ({
        actor: actor.id,
        role,
        ...(onBehalfOf !== null && { onBehalfOf: onBehalfOf.id }),
      }),
    ),
    topics: document.topics.map(({ id }: Named) => id),
    links: [],
    figures: document.figures.map(
      ({
        value,
        low,
        high,
        approximate,
        citations,
        ...figure
      }: Record<string, unknown> & { citations: Cited[] }) => ({
        ...figure,
        ...(value !== null && { value }),
        ...(low !== null && { low }),
        ...(high !== null && { high }),
        ...(approximate === true && { approximate }),
        citations: citations.map(citationOf),
      }),
    ),
    citations: document.citations.map(citationOf),
  };
}

interface Named {
  id: string;
}

interface Cited {
  source: Named;
  document: Extract<Citation, { document: object }>['document'];
}

function citationOf({ source, document }: Cited): Citation {
  return { source: source.id, document };
}

function isMention({ document }: Citation): boolean {
  return document?.offset !== undefined;
}

/** An event with reports added to those that it cites: its own first, the others by address and place, each once. */
function withMentions(event: Event, added: readonly Citation[]): Event {
  const key = ({ document }: Citation): string =>
    `${document?.url ?? ''} ${document?.reportedBy ?? ''} ${String(document?.offset ?? -1).padStart(9)}`;
  const mentions = new Map([...event.citations.filter(isMention), ...added].map((each) => [key(each), each]));
  return {
    ...event,
    citations: [
      ...event.citations.filter((each) => !isMention(each)),
      ...[...mentions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each),
    ],
  };
}

/** The stored events of a dataset with reports that are to be added to them, by the ids of the events; those that it has. */
export async function mentionedEvents(
  tx: Database,
  stored: ReadonlySet<string>,
  mentions: ReadonlyMap<string, readonly Citation[]>,
): Promise<Event[]> {
  const ids = [...mentions.keys()].filter((id) => stored.has(id));
  const documents = await documentsOf(tx, 'event', ids);
  return documents.map(importedEvent).map((event) => withMentions(event, mentions.get(event.id) ?? []));
}

/** Events that the store has already, with the reports that were added to them there. */
export async function keepingMentions(tx: Database, events: readonly Event[]): Promise<Event[]> {
  const documents = await documentsOf(
    tx,
    'event',
    events.map(({ id }) => id),
  );
  return events.map((event, index) => {
    const json = documents[index] ?? '';
    // Only reports that were added have it.
    return json.includes('"offset":')
      ? withMentions(event, importedEvent(json).citations.filter(isMention))
      : event;
  });
}
