import { eq, inArray } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { DocumentKind, RecordKind } from '../domain/vocabularies.ts';
import type { Database } from './database.ts';
import { chunks } from './rows.ts';
import { tables } from './tables.ts';

// Which records name others, so that their documents are written again when those change.

const {
  topics,
  actors,
  actorAliases,
  affiliations,
  sources,
  sourceContributors,
  sourceDerivations,
  events,
  eventParticipants,
  eventTopics,
  eventLinks,
  statements,
  statementAbout,
  statementTopics,
  claims,
  claimAbout,
  claimTopics,
  claimContradictions,
  positions,
  figures,
  citations,
} = tables;

/** Ids of records that have documents, by kind. */
export type Dependents = Map<DocumentKind, Set<string>>;

/** Where a table has, beside the id of a record, the id of another one that the record names. */
interface Naming {
  kind: DocumentKind;
  record: PgColumn;
  names: PgColumn;
  /** The table between the two, where they are of different ones: `record` is a column of it. */
  through?: { column: PgColumn; id: PgColumn };
}

const naming = (kind: DocumentKind, record: PgColumn, ...names: PgColumn[]): Naming[] =>
  names.map((each) => ({ kind, record, names: each }));

/** Where the records are that a column of citations proves. */
const cited = (names: PgColumn): Naming[] => {
  const through = (kind: DocumentKind, record: PgColumn, column: PgColumn, id: PgColumn): Naming => ({
    kind,
    record,
    names,
    through: { column, id },
  });
  return [
    { kind: 'event', record: citations.event, names },
    { kind: 'statement', record: citations.statement, names },
    through('claim', positions.claim, citations.position, positions.id),
    through('actor', affiliations.actor, citations.affiliation, affiliations.id),
    through('event', eventLinks.event, citations.link, eventLinks.id),
    through('event', eventLinks.other, citations.link, eventLinks.id),
    through('event', figures.event, citations.figure, figures.id),
    through('claim', figures.claim, citations.figure, figures.id),
  ];
};

/** For each kind of record, the places of others that name it by its name, title, label or words. */
const NAMED: Record<RecordKind, Naming[]> = {
  dataset: [
    ...naming('source', sources.id, sources.dataset),
    ...naming('event', events.id, events.dataset),
    ...naming('statement', statements.id, statements.dataset),
    ...naming('claim', claims.id, claims.dataset),
  ],
  topic: [
    ...naming('topic', topics.id, topics.broader),
    ...naming('topic', topics.broader, topics.id),
    ...naming('event', eventTopics.event, eventTopics.topic),
    ...naming('statement', statementTopics.statement, statementTopics.topic),
    ...naming('claim', claimTopics.claim, claimTopics.topic),
  ],
  actor: [
    ...naming('actor', actors.id, actors.parent),
    ...naming('actor', affiliations.actor, affiliations.organization),
    ...naming('source', sources.id, sources.publisher, sources.republisher),
    ...naming('source', sourceContributors.source, sourceContributors.actor),
    ...naming('event', eventParticipants.event, eventParticipants.actor, eventParticipants.onBehalfOf),
    ...naming('statement', statements.id, statements.speaker, statements.relayedBy, statements.onBehalfOf),
    ...naming('statement', statementAbout.statement, statementAbout.actor),
    ...naming('claim', claimAbout.claim, claimAbout.actor),
    ...naming('claim', positions.claim, positions.actor),
  ],
  source: [
    ...naming('source', sourceDerivations.source, sourceDerivations.derivedFrom),
    ...naming('actor', actorAliases.actor, actorAliases.source),
    ...cited(citations.source),
  ],
  event: [
    ...naming('event', eventLinks.event, eventLinks.other),
    ...naming('event', eventLinks.other, eventLinks.event),
    ...naming('statement', statements.id, statements.occasion),
    ...naming('claim', claims.id, claims.event),
  ],
  statement: naming('claim', positions.claim, positions.statement),
  claim: naming('claim', claimContradictions.claim, claimContradictions.contradicts),
};

/** The same of what a document has of other records besides their names: links from the other end, narrower topics. */
const NEIGHBOURS: Partial<Record<RecordKind, Naming[]>> = {
  event: naming('event', eventLinks.other, eventLinks.event),
  topic: naming('topic', topics.broader, topics.id),
};

/** The records whose documents name some records of a kind. */
export async function dependentsOf(
  db: Database,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Dependents> {
  return found(db, NAMED[kind], ids);
}

/** The records whose documents have something of some records of a kind besides their names. */
export async function neighboursOf(
  db: Database,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Dependents> {
  return found(db, NEIGHBOURS[kind] ?? [], ids);
}

/** The records whose documents have the text of some passages. */
export async function recordsCiting(db: Database, passages: readonly string[]): Promise<Dependents> {
  return found(db, cited(citations.sha256), passages);
}

async function found(db: Database, places: readonly Naming[], ids: readonly string[]): Promise<Dependents> {
  const dependents: Dependents = new Map();
  for (const { kind, record, names, through } of places) {
    for (const some of chunks(ids)) {
      const query = through
        ? db
            .selectDistinct({ record })
            .from(names.table)
            .innerJoin(through.id.table, eq(through.id, through.column))
        : db.selectDistinct({ record }).from(names.table);
      for (const row of await query.where(inArray(names, some))) {
        if (typeof row.record !== 'string') continue;
        const known = dependents.get(kind);
        if (known) known.add(row.record);
        else dependents.set(kind, new Set([row.record]));
      }
    }
  }
  return dependents;
}
