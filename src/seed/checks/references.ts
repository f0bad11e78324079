import { closest } from '../../domain/spelling.ts';
import type { Mistake } from '../files/mistakes.ts';
import type { Citation, Dataset } from '../files/read.ts';

/** Ids of records shared between datasets that the store already holds from other datasets. */
export interface Shared {
  actors: ReadonlySet<string>;
  topics: ReadonlySet<string>;
}

/**
 * Every reference of a dataset that leads nowhere, every id used twice, every circle,
 * and every citation that lies outside its source. Empty when there is none.
 */
export function checkReferences(data: Dataset, shared: Shared): Mistake[] {
  const mistakes: Mistake[] = [];
  const report = (record: object, path: readonly PropertyKey[], message: string): void => {
    const field = path
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
      .join('')
      .replace(/^\./, '');
    mistakes.push({ ...data.locate(record, path), message: field ? `${field}: ${message}` : message });
  };

  const ids = {
    source: uniqueIds(data.sources, report),
    topic: new Set([...uniqueIds(data.topics, report), ...shared.topics]),
    actor: new Set([...uniqueIds(data.actors, report), ...shared.actors]),
    event: uniqueIds(data.events, report),
    statement: uniqueIds(data.statements, report),
    claim: uniqueIds(data.claims, report),
  };
  const exists = (
    kind: keyof typeof ids,
    id: string | undefined,
    record: object,
    path: readonly PropertyKey[],
  ): void => {
    if (id === undefined || ids[kind].has(id)) return;
    const meant = closest(id, [...ids[kind]]);
    report(record, path, `there is no ${kind} "${id}"${meant ? ` (did you mean ${meant}?)` : ''}`);
  };
  const each = (
    kind: keyof typeof ids,
    list: readonly string[] | undefined,
    record: object,
    path: readonly PropertyKey[],
  ): void => {
    list?.forEach((id, index) => {
      exists(kind, id, record, [...path, index]);
      if (list.indexOf(id) < index) report(record, [...path, index], `"${id}" is listed twice`);
    });
  };

  const lengths = new Map(data.sources.map((source) => [source.id, source.text.length]));
  const citations = (list: readonly Citation[], record: object, path: readonly PropertyKey[]): void => {
    list.forEach((citation, index) => {
      const at = [...path, 'citations', index];
      if (citation.source === '') {
        report(record, at, 'names no source, and the file has no `source:` of its own');
        return;
      }
      exists('source', citation.source, record, [...at, 'source']);
      const length = lengths.get(citation.source);
      if (length !== undefined && citation.end > length) {
        report(
          record,
          [...at, 'end'],
          `lies beyond the end of ${citation.source}, which has ${length} code points`,
        );
      }
    });
  };

  for (const source of data.sources) {
    exists('actor', source.publisher, source, ['publisher']);
    exists('actor', source.republisher, source, ['republisher']);
    source.contributors?.forEach(({ actor }, index) => {
      exists('actor', actor, source, ['contributors', index, 'actor']);
    });
    each('source', source.derivedFrom, source, ['derivedFrom']);
    if (source.derivedFrom?.includes(source.id))
      report(source, ['derivedFrom'], 'a source cannot derive from itself');
    source.text.paratext?.forEach(({ start, end }, index) => {
      if (end <= start || end > source.text.length) {
        report(
          source,
          ['text', 'paratext', index],
          'must be a passage inside the text: start < end ≤ length',
        );
      }
    });
  }
  for (const topic of data.topics) exists('topic', topic.broader, topic, ['broader']);
  for (const circle of circles(data.topics, (topic) => topic.broader)) {
    report(circle, ['broader'], 'leads back to itself');
  }
  for (const actor of data.actors) {
    exists('actor', actor.parent, actor, ['parent']);
    actor.aliases.forEach((alias, index) => {
      alias.sources.forEach((source, at) => {
        const path = ['aliases', index, 'sources', at];
        if (source === '') report(actor, path, 'names no source, and the file has no `source:` of its own');
        else exists('source', source, actor, path);
      });
      if (actor.aliases.findIndex(({ name }) => name === alias.name) < index) {
        report(actor, ['aliases', index, 'name'], `"${alias.name}" is listed twice`);
      }
    });
    actor.affiliations.forEach((affiliation, index) => {
      exists('actor', affiliation.organization, actor, ['affiliations', index, 'organization']);
      citations(affiliation.citations, actor, ['affiliations', index]);
    });
  }
  for (const circle of circles(data.actors, (actor) => actor.parent)) {
    report(circle, ['parent'], 'leads back to itself');
  }
  for (const event of data.events) {
    event.participants.forEach(({ actor, onBehalfOf }, index) => {
      exists('actor', actor, event, ['participants', index, 'actor']);
      exists('actor', onBehalfOf, event, ['participants', index, 'onBehalfOf']);
    });
    each('topic', event.topics, event, ['topics']);
    citations(event.citations, event, []);
  }
  for (const statement of data.statements) {
    exists('actor', statement.speaker, statement, ['speaker']);
    exists('actor', statement.relayedBy, statement, ['relayedBy']);
    exists('actor', statement.onBehalfOf, statement, ['onBehalfOf']);
    exists('event', statement.occasion, statement, ['occasion']);
    each('actor', statement.about, statement, ['about']);
    each('topic', statement.topics, statement, ['topics']);
    citations(statement.citations, statement, []);
  }
  for (const claim of data.claims) {
    each('actor', claim.about, claim, ['about']);
    exists('event', claim.event, claim, ['event']);
    each('topic', claim.topics, claim, ['topics']);
    each('claim', claim.contradicts, claim, ['contradicts']);
    if (claim.contradicts.includes(claim.id))
      report(claim, ['contradicts'], 'a claim cannot contradict itself');
    claim.positions.forEach((position, index) => {
      const path = ['positions', index];
      exists('actor', position.actor, claim, [...path, 'actor']);
      exists('statement', position.statement, claim, [...path, 'statement']);
      citations(position.citations, claim, path);
    });
  }
  for (const retired of data.retired) {
    if (ids[retired.kind].has(retired.id)) {
      report(retired, ['id'], `the ${retired.kind} "${retired.id}" is still defined: remove one of the two`);
    }
    exists(retired.kind, retired.mergedInto, retired, ['mergedInto']);
  }
  return mistakes;
}

function uniqueIds<T extends { id: string }>(
  records: readonly T[],
  report: (record: object, path: readonly PropertyKey[], message: string) => void,
): Set<string> {
  const ids = new Set<string>();
  for (const record of records) {
    if (ids.has(record.id)) report(record, ['id'], `the id "${record.id}" is already in use`);
    ids.add(record.id);
  }
  return ids;
}

/** The records from which the given relation leads in a circle. */
function circles<T extends { id: string }>(
  records: readonly T[],
  next: (record: T) => string | undefined,
): T[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return records.filter((record) => {
    const seen = new Set<string>();
    for (let at: T | undefined = record; at; at = byId.get(next(at) ?? '')) {
      if (seen.has(at.id)) return at.id === record.id;
      seen.add(at.id);
    }
    return false;
  });
}
