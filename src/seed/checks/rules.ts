import { dateRange } from '../../domain/dates.ts';
import type { Mistake } from '../files/mistakes.ts';
import type { Dataset } from '../files/read.ts';

// What must hold in a dataset beyond its form (docs/codebook.md); needs no article texts.

/** Every breach of the codebook's rules that the records alone show. */
export function checkRules(data: Dataset): Mistake[] {
  return [...unused(data), ...tooEarly(data), ...twins(data), ...borrowedWords(data)];
}

/** Topics and actors that no record uses: an actor that only stands above another one is used. */
function unused(data: Dataset): Mistake[] {
  const topics = new Set<string | undefined>([
    ...data.topics.map((topic) => topic.broader),
    ...[...data.events, ...data.statements, ...data.claims].flatMap((record) => record.topics),
  ]);
  const actors = new Set<string | undefined>([
    ...data.actors.flatMap((actor) => [
      actor.parent,
      ...actor.affiliations.map((affiliation) => affiliation.organization),
    ]),
    ...data.sources.flatMap((source) => [
      source.publisher,
      source.republisher,
      ...(source.contributors ?? []).map((contributor) => contributor.actor),
    ]),
    ...data.events.flatMap((event) =>
      event.participants.flatMap(({ actor, onBehalfOf }) => [actor, onBehalfOf]),
    ),
    ...data.statements.flatMap((statement) => [
      statement.speaker,
      statement.relayedBy,
      statement.onBehalfOf,
      ...(statement.about ?? []),
    ]),
    ...data.claims.flatMap((claim) => [
      ...(claim.about ?? []),
      ...claim.positions.map((position) => position.actor),
    ]),
  ]);
  const message = 'no record uses it: remove it, or record what it does';
  return [
    ...data.topics.filter((topic) => !topics.has(topic.id)),
    ...data.actors.filter((actor) => !actors.has(actor.id)),
  ].map((record) => ({ ...data.locate(record), message }));
}

/** Events recorded as occurred on the word of a source that was published before they began. */
function tooEarly(data: Dataset): Mistake[] {
  const published = new Map(data.sources.map((source) => [source.id, dateRange(source.published).latest]));
  return data.events.flatMap((event) => {
    const { earliest } = dateRange(event.date);
    if ((event.status !== 'occurred' && event.status !== 'ongoing') || earliest === null) return [];
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
  return data.events.flatMap((event) => {
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
  const statements = new Map(data.statements.map((statement) => [statement.id, statement]));
  return data.claims.flatMap((claim) =>
    claim.positions.flatMap(({ actor, statement: id }, index) => {
      const statement = statements.get(id ?? '');
      if (!statement) return [];
      const voices = [statement.speaker, statement.onBehalfOf, statement.relayedBy];
      if (voices.includes(actor)) return [];
      return [
        {
          ...data.locate(claim, ['positions', index, 'statement']),
          message: `is a statement of ${statement.speaker}, not of ${actor}: leave it out, or name the actor whose words they are`,
        },
      ];
    }),
  );
}
