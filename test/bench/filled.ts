import { renewDocuments } from '../../src/db/documents.ts';
import { renewEventKeys } from '../../src/db/eventKeys.ts';
import type { Store } from '../../src/db/store.ts';
import { tables } from '../../src/db/tables.ts';
import { storedDays } from '../../src/domain/dates.ts';
import { indexedTexts } from '../../src/domain/searchDocument.ts';

const ACTORS = 200;
const SOURCES = 50;
const POSITIONS = 4;
const ROWS = 500;
/** Words of titles; every event has three of them, so that each is in many. */
const WORDS = 'embargo visit accord summit election sanction harbour exercise tariff ceasefire'.split(' ');

const dayOf = (row: number): string =>
  new Date(Date.UTC(2015, 0, 1) + (row % 3_650) * 86_400_000).toISOString().slice(0, 10);
const titleOf = (row: number): string =>
  [0, 3, 7].map((step) => WORDS[(row + step * (1 + (row % 5))) % WORDS.length]).join(' ');

/** Fills a store with events of two actors each, spread over ten years, and with claims of four positions each, cited once. */
export async function fill(store: Store, counts: { events: number; claims: number }): Promise<void> {
  await store.transaction(async (tx) => {
    const { datasets, actors, sources, events, eventParticipants, searchDocuments } = tables;
    const { claims, positions, citations } = tables;
    const common = { dataset: 'bench', contentHash: '' };
    const inRows = async (count: number, write: (rows: number[]) => Promise<unknown>): Promise<void> => {
      for (let begin = 0; begin < count; begin += ROWS) {
        await write(Array.from({ length: Math.min(ROWS, count - begin) }, (_, index) => begin + index));
      }
    };
    const about = {
      title: 'Bench',
      description: '',
      licence: '',
      citation: '',
      version: '1.0.0',
      contentHash: '',
    };
    await tx.insert(datasets).values({ id: 'bench', ...about, loadedAt: new Date() });
    await inRows(ACTORS, (rows) =>
      tx.insert(actors).values(
        rows.map((row) => ({
          id: `actor-${row}`,
          name: `actor-${row}`,
          nameFolded: `actor-${row}`,
          kind: 'state' as const,
          description: '',
          definedBy: 'bench',
          contentHash: '',
        })),
      ),
    );
    await inRows(SOURCES, (rows) =>
      tx.insert(sources).values(
        rows.map((row) => ({
          ...common,
          id: `source-${row}`,
          title: `Source ${row}`,
          kind: 'news' as const,
          publisher: `actor-${row % 10}`,
          language: 'en',
          published: dayOf(row * 73),
          ...storedDays(dayOf(row * 73)),
          textFile: '',
          textSha256: '',
          textLength: 1,
        })),
      ),
    );
    await inRows(counts.events, async (rows) => {
      await tx.insert(events).values(
        rows.map((row) => ({
          ...common,
          id: `event-${row}`,
          title: titleOf(row),
          summary: '',
          type: row % 3 === 0 ? ('CONSULT' as const) : ('COERCE' as const),
          status: 'occurred' as const,
          date: dayOf(row),
          ...storedDays(dayOf(row)),
        })),
      );
      await tx.insert(eventParticipants).values(
        rows.flatMap((row) => [
          { event: `event-${row}`, ordinal: 0, actor: `actor-${row % ACTORS}`, role: 'initiator' as const },
          {
            event: `event-${row}`,
            ordinal: 1,
            actor: `actor-${(row * 7 + 1) % ACTORS}`,
            role: 'recipient' as const,
          },
        ]),
      );
      await tx.insert(searchDocuments).values(
        rows.map((row) => ({
          kind: 'event' as const,
          id: `event-${row}`,
          ...indexedTexts({ title: titleOf(row), body: '', cited: '' }),
        })),
      );
    });
    await inRows(counts.claims, async (rows) => {
      await tx.insert(claims).values(
        rows.map((row) => ({
          ...common,
          id: `claim-${row}`,
          proposition: titleOf(row),
          kind: 'factual' as const,
          standing: 'disputed' as const,
          independentSources: 1,
          independentVoices: 1,
          sortDay: dayOf(row),
          sortDayDescending: dayOf(row),
        })),
      );
      const taken = rows.flatMap((row) =>
        Array.from({ length: POSITIONS }, (_, ordinal) => ({ row, ordinal, id: `claim-${row}#${ordinal}` })),
      );
      await tx.insert(positions).values(
        taken.map(({ row, ordinal, id }) => ({
          id,
          claim: `claim-${row}`,
          ordinal,
          actor: `actor-${(row + ordinal * 11) % ACTORS}`,
          voice: `actor-${(row + ordinal * 11) % ACTORS}`,
          stance: ordinal % 2 ? ('denies' as const) : ('asserts' as const),
          since: dayOf(row),
          ...storedDays(dayOf(row)),
        })),
      );
      await tx.insert(citations).values(
        taken.map(({ row, ordinal, id }) => ({
          position: id,
          ordinal: 0,
          source: `source-${(row + ordinal) % SOURCES}`,
          start: 0,
          end: 1,
          sha256: '0'.repeat(64),
        })),
      );
    });
    await renewEventKeys(tx);
    await renewDocuments(tx);
  });
}
