import { dateRange } from '../../domain/dates.ts';
import { type EventStatus, valuePerWord } from '../../domain/vocabularies.ts';
import { type Dataset, flatMapRecords } from '../files/dataset.ts';
import { type SeedKind, seedKinds } from '../files/format.ts';
import type { Mistake } from '../files/mistakes.ts';
import { kinds, referencesOf } from '../kinds.ts';

// The rules of docs/codebook.md that the form of the files does not show; they need no article texts.

/** Every breach of the codebook's rules that the records alone show. */
export function checkRules(data: Dataset): Mistake[] {
  return [...unused(data), ...tooEarly(data), ...twins(data), ...borrowedWords(data)];
}

/** Topics and actors that no record refers to; the parent of another one is referred to. */
function unused(data: Dataset): Mistake[] {
  const used = valuePerWord<Record<SeedKind, Set<string>>>(seedKinds, () => new Set());
  for (const { kind, id } of flatMapRecords(data.records, referencesOf)) used[kind].add(id);
  return flatMapRecords(data.records, (kind, record) =>
    kinds[kind].shared && !used[kind].has(record.id)
      ? [{ ...data.locate(record), message: 'no record uses it: remove it, or record what it does' }]
      : [],
  );
}

/** Whether an event of this status has begun. */
const HAS_BEGUN: Record<EventStatus, boolean> = {
  occurred: true,
  ongoing: true,
  planned: false,
  proposed: false,
  alleged: false,
  cancelled: false,
};

/** Events recorded as begun on the word of a source that was published before they began. */
function tooEarly(data: Dataset): Mistake[] {
  const published = new Map(
    data.records.source.map((source) => [source.id, dateRange(source.published).latest]),
  );
  return data.records.event.flatMap((event) => {
    const { earliest } = dateRange(event.date);
    if (!HAS_BEGUN[event.status] || earliest === null) return [];
    return event.citations.flatMap((citation, index) => {
      const latest = published.get(citation.source) ?? null;
      if (latest === null || latest >= earliest || citation.reports?.status !== undefined) return [];
      return [
        {
          ...data.locate(event, ['citations', index]),
          message: `${event.status} from ${earliest}, but ${citation.source} was published by ${latest}: say as what it reports the event (reports.status)`,
        },
      ];
    });
  });
}

/** Events that share date, participants and type: one happening recorded twice. */
function twins(data: Dataset): Mistake[] {
  const distinct = new Set(data.exceptions.filter(({ kind }) => kind === 'twins').map(({ text }) => text));
  const seen = new Map<string, string>();
  return data.records.event.flatMap((event) => {
    const participants = [...new Set(event.participants.map(({ actor }) => actor))].sort();
    const key = JSON.stringify([event.date, event.type, participants]);
    const other = seen.get(key);
    seen.set(key, event.id);
    if (other === undefined || distinct.has(`${other} ${event.id}`)) return [];
    return [
      { ...data.locate(event), message: `has the date, type and participants of ${other}: merge the two` },
    ];
  });
}

/** Positions that rest on a statement in which their actor neither speaks, nor is spoken for, nor relays. */
function borrowedWords(data: Dataset): Mistake[] {
  const statements = new Map(data.records.statement.map((statement) => [statement.id, statement]));
  return data.records.claim.flatMap((claim) =>
    claim.positions.flatMap(({ actor, statement: id }, index) => {
      const statement = statements.get(id ?? '');
      if (!statement) return [];
      const voices = [statement.speaker, statement.onBehalfOf, statement.relayedBy];
      if (voices.includes(actor)) return [];
      return [
        {
          ...data.locate(claim, ['positions', index, 'statement']),
          message: `is a statement of ${statement.speaker}, not of ${actor}: omit it, or name the actor whose words they are`,
        },
      ];
    }),
  );
}
