import { dateRange } from '../../domain/dates.ts';
import { type EventStatus, valuePerWord } from '../../domain/vocabularies.ts';
import { type Dataset, flatMapRecords } from '../files/dataset.ts';
import { type SeedKind, seedKinds } from '../files/format.ts';
import type { Mistake } from '../files/mistakes.ts';
import { kinds, referencesOf } from '../kinds.ts';

// The rules of docs/codebook.md that the form of the files does not show; they need no article texts.

/** Every breach of the codebook's rules that the records alone show. */
export function checkRules(data: Dataset): Mistake[] {
  return [
    ...unused(data),
    ...tooEarly(data),
    ...twins(data),
    ...borrowedWords(data),
    ...quotesWithoutPhrase(data),
    ...thirdPartyWithoutMediator(data),
    ...progressAsDispute(data),
    ...momentsAsPeriods(data),
    ...saidAfterPublication(data),
    ...numbersInWords(data),
  ];
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
      if (
        latest === null ||
        latest >= earliest ||
        citation.reports?.status !== undefined ||
        citation.progress
      )
        return [];
      return [
        {
          ...data.locate(event, ['citations', index]),
          message: `${event.status} from ${earliest}, but ${citation.source} was published by ${latest}: say how far it had come by then (progress), or what it reports instead (reports.status)`,
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

/** Quotations of which no citation names the words that matter. */
function quotesWithoutPhrase(data: Dataset): Mistake[] {
  return data.records.statement
    .filter(
      ({ form, citations }) => form === 'quote' && citations.every(({ phrase }) => phrase === undefined),
    )
    .map((statement) => ({
      ...data.locate(statement, ['form']),
      message: 'is a quote without a `phrase`: name the words that matter in one of its citations',
    }));
}

/** Consultations marked `third-party` in which no participant mediates. */
function thirdPartyWithoutMediator(data: Dataset): Mistake[] {
  return data.records.event
    .filter(
      ({ mode, participants }) =>
        mode === 'third-party' && participants.every(({ role }) => role !== 'mediator'),
    )
    .map((event) => ({
      ...data.locate(event, ['mode']),
      message: 'third-party means that somebody mediates: name the mediator, or omit the mode',
    }));
}

/** Earlier stages of an event that has begun since, recorded as a disagreement. */
function progressAsDispute(data: Dataset): Mistake[] {
  return data.records.event.flatMap((event) =>
    event.citations.flatMap(({ reports }, index) => {
      const status = reports?.status;
      if (!HAS_BEGUN[event.status] || (status !== 'planned' && status !== 'proposed')) return [];
      return [
        {
          ...data.locate(event, ['citations', index]),
          message: `an earlier report as ${status} is no disagreement: write progress: { status: ${status} }`,
        },
      ];
    }),
  );
}

/** What is of one day, written as if it had lasted. */
function momentsAsPeriods(data: Dataset): Mistake[] {
  const message = (date: string): string =>
    `"${date}" says that it lasted: write one day out of several as a set, such as [2024-06-04..2024-12-31] or [..2025-11-13]`;
  return [
    ...data.records.statement
      .filter(({ said }) => dateRange(said).period)
      .map((statement) => ({ ...data.locate(statement, ['said']), message: message(statement.said) })),
    ...data.records.claim.flatMap((claim) =>
      claim.positions.flatMap(({ since }, index) =>
        dateRange(since).period
          ? [{ ...data.locate(claim, ['positions', index, 'since']), message: message(since) }]
          : [],
      ),
    ),
    ...data.records.event
      .filter(
        ({ status, date }) =>
          (status === 'planned' || status === 'proposed') && dateRange(date).period && date.endsWith('/..'),
      )
      .map((event) => ({ ...data.locate(event, ['date']), message: message(event.date) })),
  ];
}

/** Statements made only after each source that reports them was published. */
function saidAfterPublication(data: Dataset): Mistake[] {
  const published = new Map(
    data.records.source.map((source) => [source.id, dateRange(source.published).latest]),
  );
  return data.records.statement.flatMap((statement) => {
    const { earliest } = dateRange(statement.said);
    const latest = statement.citations.map(({ source }) => published.get(source) ?? '9999-12-31');
    if (earliest === null || latest.some((day) => day >= earliest)) return [];
    return [
      {
        ...data.locate(statement, ['said']),
        message: `was said from ${earliest} on, but its sources were published by ${latest.sort().at(-1)}`,
      },
    ];
  });
}

const SMALL = 'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty';
/** A number in words before what it counts or measures, or a percentage without its sign; "the two countries" is none. */
const NUMBER_IN_WORDS = new RegExp(
  `\\b(?:(?:a|one|${SMALL}) (?:hundred|thousand|million|billion)|(?:${SMALL}|a hundred) (?:days?|weeks?|months?|years?|dollars|per ?cent)|(?:${SMALL})[- ](?:fifths|thirds|quarters)|\\d+ per ?cent)\\b`,
  'i',
);

/** Texts of our own in which a number is written in words, so that a search for its digits finds nothing. */
function numbersInWords(data: Dataset): Mistake[] {
  return flatMapRecords(data.records, (kind, record) =>
    // The title of a source is the article's own.
    kind === 'source'
      ? []
      : Object.entries(record).flatMap(([field, text]) => {
          const found =
            typeof text === 'string' && field !== 'id' ? NUMBER_IN_WORDS.exec(text)?.[0] : undefined;
          if (found === undefined) return [];
          return [
            {
              ...data.locate(record, [field]),
              message: `"${found}" is a number in words: write it in digits, and a percentage as 40%`,
            },
          ];
        }),
  );
}
