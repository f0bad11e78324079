import { and, eq, inArray } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { dateRange, sortDay } from '../db/dates.ts';
import type { Database } from '../db/store.ts';
import { tables } from '../db/tables.ts';
import { fold } from '../db/text.ts';
import { type RecordKind, searchableKinds } from '../db/vocabularies.ts';
import { type Actor, type Citation, type Claim, type Dataset, DatasetError } from './read.ts';
import { searchDocuments } from './search.ts';
import type { Derived } from './standing.ts';

/** A record ready to be stored. */
export interface Prepared {
  kind: RecordKind;
  id: string;
  record: object;
  contentHash: string;
}

/** A dataset's records ready to be stored, with what is derived from them. */
export interface PreparedDataset {
  records: Prepared[];
  claims: Claim[];
  standings: Map<string, Derived>;
}

const ROWS_AT_ONCE = 200;

/** Kind and id as one string, to look records up by. */
export function key(record: { kind: RecordKind; id: string }): string {
  return `${record.kind} ${record.id}`;
}

/**
 * Writes the records named in `writing` (by `key`), each row and its parts, and removes those retired.
 * Throws a DatasetError when a retired record is still referred to.
 */
export async function writeRecords(
  tx: Database,
  data: Dataset,
  prepared: PreparedDataset,
  writing: ReadonlySet<string>,
  retiring: readonly { kind: RecordKind; id: string }[],
  changed: readonly Prepared[],
  at: Date,
): Promise<void> {
  const hashes = new Map(prepared.records.map((record) => [key(record), record.contentHash]));
  const hash = (kind: RecordKind, id: string): string => hashes.get(key({ kind, id })) ?? '';
  const wanted = <T extends { id: string }>(kind: RecordKind, records: readonly T[]): T[] =>
    records.filter((record) => writing.has(key({ kind, id: record.id })));
  const owner = data.dataset.id;

  await clearParts(tx, [...changed, ...retiring]);

  const { id, title, description, licence, citation, version } = data.dataset;
  await upsert(tx, tables.datasets, tables.datasets.id, [
    ...(writing.has(key({ kind: 'dataset', id }))
      ? [
          {
            id,
            title,
            description,
            licence,
            citation,
            version,
            contentHash: hash('dataset', id),
            loadedAt: at,
          },
        ]
      : []),
  ]);

  const topics = wanted('topic', data.topics);
  await upsert(
    tx,
    tables.topics,
    tables.topics.id,
    parentsFirst(topics, (topic) => topic.broader).map((topic) => ({
      id: topic.id,
      label: topic.label,
      description: topic.description,
      broader: topic.broader ?? null,
      definedBy: owner,
      contentHash: hash('topic', topic.id),
    })),
  );

  const actors = wanted('actor', data.actors);
  await upsert(
    tx,
    tables.actors,
    tables.actors.id,
    parentsFirst(actors, (actor) => actor.parent).map((actor) => ({
      id: actor.id,
      name: actor.name,
      nameFolded: fold(actor.name),
      kind: actor.kind,
      description: actor.description,
      parent: actor.parent ?? null,
      definedBy: owner,
      contentHash: hash('actor', actor.id),
    })),
  );

  const sources = wanted('source', data.sources);
  await upsert(
    tx,
    tables.sources,
    tables.sources.id,
    sources.map((source) => ({
      id: source.id,
      dataset: owner,
      title: source.title,
      kind: source.kind,
      publisher: source.publisher ?? null,
      republisher: source.republisher ?? null,
      language: source.language,
      published: source.published,
      ...days(source.published),
      textFile: source.text.file,
      textSha256: source.text.sha256,
      textLength: source.text.length,
      contentHash: hash('source', source.id),
    })),
  );
  await insert(
    tx,
    tables.sourceContributors,
    sources.flatMap((source) =>
      (source.contributors ?? []).map(({ actor, role }, ordinal) => ({
        source: source.id,
        ordinal,
        actor,
        role,
      })),
    ),
  );
  await insert(
    tx,
    tables.sourceDerivations,
    sources.flatMap((source) =>
      (source.derivedFrom ?? []).map((derivedFrom) => ({ source: source.id, derivedFrom })),
    ),
  );
  await writeActorParts(tx, actors);

  const events = wanted('event', data.events);
  await upsert(
    tx,
    tables.events,
    tables.events.id,
    events.map((event) => ({
      id: event.id,
      dataset: owner,
      title: event.title,
      summary: event.summary,
      type: event.type ?? null,
      mode: event.mode ?? null,
      status: event.status,
      date: event.date,
      ...days(event.date),
      placeName: event.place?.name ?? null,
      country: event.place?.country ?? null,
      latitude: event.place?.latitude ?? null,
      longitude: event.place?.longitude ?? null,
      contentHash: hash('event', event.id),
    })),
  );
  await insert(
    tx,
    tables.eventParticipants,
    events.flatMap((event) =>
      event.participants.map(({ actor, role, onBehalfOf }, ordinal) => ({
        event: event.id,
        ordinal,
        actor,
        role,
        onBehalfOf: onBehalfOf ?? null,
      })),
    ),
  );
  await insert(
    tx,
    tables.eventTopics,
    events.flatMap((event) => event.topics.map((topic, ordinal) => ({ event: event.id, topic, ordinal }))),
  );

  const statements = wanted('statement', data.statements);
  await upsert(
    tx,
    tables.statements,
    tables.statements.id,
    statements.map((statement) => ({
      id: statement.id,
      dataset: owner,
      speaker: statement.speaker,
      relayedBy: statement.relayedBy ?? null,
      onBehalfOf: statement.onBehalfOf ?? null,
      form: statement.form,
      medium: statement.medium ?? null,
      said: statement.said,
      ...days(statement.said),
      gist: statement.gist,
      occasion: statement.occasion ?? null,
      contentHash: hash('statement', statement.id),
    })),
  );
  await insert(
    tx,
    tables.statementAbout,
    statements.flatMap((statement) =>
      (statement.about ?? []).map((actor, ordinal) => ({ statement: statement.id, actor, ordinal })),
    ),
  );
  await insert(
    tx,
    tables.statementTopics,
    statements.flatMap((statement) =>
      statement.topics.map((topic, ordinal) => ({ statement: statement.id, topic, ordinal })),
    ),
  );

  const claims = wanted('claim', prepared.claims);
  await upsert(
    tx,
    tables.claims,
    tables.claims.id,
    claims.map((claim) => ({
      id: claim.id,
      dataset: owner,
      proposition: claim.proposition,
      kind: claim.kind,
      event: claim.event ?? null,
      standing: prepared.standings.get(claim.id)?.standing ?? 'single-source',
      independentSources: prepared.standings.get(claim.id)?.independentSources ?? 0,
      sortDay: claim.positions.map((position) => days(position.since).sortDay).sort()[0] ?? '',
      contentHash: hash('claim', claim.id),
    })),
  );
  await writeClaimParts(tx, claims);

  await insert(tx, tables.citations, [
    ...events.flatMap((event) => citationRows(event.citations, { event: event.id })),
    ...statements.flatMap((statement) => citationRows(statement.citations, { statement: statement.id })),
  ]);

  await insert(
    tx,
    tables.searchDocuments,
    searchDocuments(data).filter((document) => writing.has(key(document))),
  );

  await retire(tx, data, retiring);
}

async function writeActorParts(tx: Database, actors: readonly Actor[]): Promise<void> {
  await insert(
    tx,
    tables.actorAliases,
    actors.flatMap((actor) =>
      actor.aliases.flatMap(({ name, sources }, ordinal) =>
        sources.map((source) => ({ actor: actor.id, name, source, ordinal, nameFolded: fold(name) })),
      ),
    ),
  );
  const affiliations = actors.flatMap((actor) =>
    actor.affiliations.map((affiliation, ordinal) => ({
      ...affiliation,
      id: `${actor.id}#${ordinal}`,
      actor,
      ordinal,
    })),
  );
  await insert(
    tx,
    tables.affiliations,
    affiliations.map(({ id, actor, ordinal, title, organization, during }) => ({
      id,
      actor: actor.id,
      ordinal,
      title,
      organization: organization ?? null,
      during,
      ...days(during),
    })),
  );
  await insert(
    tx,
    tables.citations,
    affiliations.flatMap(({ id, citations }) => citationRows(citations, { affiliation: id })),
  );
}

async function writeClaimParts(tx: Database, claims: readonly Claim[]): Promise<void> {
  await insert(
    tx,
    tables.claimAbout,
    claims.flatMap((claim) =>
      (claim.about ?? []).map((actor, ordinal) => ({ claim: claim.id, actor, ordinal })),
    ),
  );
  await insert(
    tx,
    tables.claimTopics,
    claims.flatMap((claim) => claim.topics.map((topic, ordinal) => ({ claim: claim.id, topic, ordinal }))),
  );
  await insert(
    tx,
    tables.claimContradictions,
    claims.flatMap((claim) => claim.contradicts.map((contradicts) => ({ claim: claim.id, contradicts }))),
  );
  const positions = claims.flatMap((claim) =>
    claim.positions.map((position, ordinal) => ({
      ...position,
      id: `${claim.id}#${ordinal}`,
      claim: claim.id,
      ordinal,
    })),
  );
  await insert(
    tx,
    tables.positions,
    positions.map(({ id, claim, ordinal, actor, stance, statement, since }) => ({
      id,
      claim,
      ordinal,
      actor,
      stance,
      statement: statement ?? null,
      since,
      ...days(since),
    })),
  );
  await insert(
    tx,
    tables.citations,
    positions.flatMap(({ id, citations }) => citationRows(citations, { position: id })),
  );
}

/** Removes the rows that belong to records, so that they can be written anew or the records retired. */
async function clearParts(tx: Database, records: readonly { kind: RecordKind; id: string }[]): Promise<void> {
  const ids = (kind: RecordKind): string[] =>
    records.filter((record) => record.kind === kind).map(({ id }) => id);
  const clear = async (table: PgTable, column: PgColumn, of: readonly string[]): Promise<void> => {
    for (const some of chunks(of)) await tx.delete(table).where(inArray(column, some));
  };
  const owned = async (
    table: typeof tables.positions | typeof tables.affiliations,
    column: PgColumn,
    of: readonly string[],
  ) => {
    const rows: { id: string }[] = [];
    for (const some of chunks(of)) {
      rows.push(
        ...(await tx
          .select({ id: table.id })
          .from(table as PgTable)
          .where(inArray(column, some))),
      );
    }
    return rows.map(({ id }) => id);
  };
  const t = tables;
  const positions = await owned(t.positions, t.positions.claim, ids('claim'));
  const affiliations = await owned(t.affiliations, t.affiliations.actor, ids('actor'));
  await clear(t.citations, t.citations.event, ids('event'));
  await clear(t.citations, t.citations.statement, ids('statement'));
  await clear(t.citations, t.citations.position, positions);
  await clear(t.citations, t.citations.affiliation, affiliations);
  await clear(t.positions, t.positions.claim, ids('claim'));
  await clear(t.affiliations, t.affiliations.actor, ids('actor'));
  await clear(t.actorAliases, t.actorAliases.actor, ids('actor'));
  await clear(t.sourceContributors, t.sourceContributors.source, ids('source'));
  await clear(t.sourceDerivations, t.sourceDerivations.source, ids('source'));
  await clear(t.eventParticipants, t.eventParticipants.event, ids('event'));
  await clear(t.eventTopics, t.eventTopics.event, ids('event'));
  await clear(t.statementAbout, t.statementAbout.statement, ids('statement'));
  await clear(t.statementTopics, t.statementTopics.statement, ids('statement'));
  await clear(t.claimAbout, t.claimAbout.claim, ids('claim'));
  await clear(t.claimTopics, t.claimTopics.claim, ids('claim'));
  await clear(t.claimContradictions, t.claimContradictions.claim, ids('claim'));
  for (const kind of searchableKinds) {
    for (const some of chunks(ids(kind))) {
      await tx
        .delete(t.searchDocuments)
        .where(and(eq(t.searchDocuments.kind, kind), inArray(t.searchDocuments.id, some)));
    }
  }
}

/** Removes retired records, children first, and keeps every retired id. */
async function retire(
  tx: Database,
  data: Dataset,
  retiring: readonly { kind: RecordKind; id: string }[],
): Promise<void> {
  const { claims, statements, events, sources, actors, topics, retiredIds } = tables;
  const order = [
    ['claim', claims],
    ['statement', statements],
    ['event', events],
    ['source', sources],
    ['actor', actors],
    ['topic', topics],
  ] as const;
  for (const [kind, table] of order) {
    for (const { id } of retiring.filter((record) => record.kind === kind)) {
      try {
        await tx.delete(table).where(eq(table.id, id));
      } catch (error) {
        const retired = data.retired.find((candidate) => candidate.kind === kind && candidate.id === id);
        if (!String((error as { code?: string }).code).includes('FOREIGNKEY') || !retired) throw error;
        throw new DatasetError([
          {
            ...data.locate(retired),
            message: 'records of another dataset still refer to it: change those first',
          },
        ]);
      }
    }
  }
  await tx.delete(retiredIds).where(eq(retiredIds.dataset, data.dataset.id));
  await insert(
    tx,
    retiredIds,
    data.retired.map(({ kind, id, mergedInto, reason }) => ({
      kind,
      id,
      dataset: data.dataset.id,
      mergedInto: mergedInto ?? null,
      reason: reason ?? null,
    })),
  );
}

function citationRows(
  citations: readonly Citation[],
  owner: { event?: string; statement?: string; position?: string; affiliation?: string },
) {
  return citations.map((citation, ordinal) => ({
    event: null,
    statement: null,
    position: null,
    affiliation: null,
    ...owner,
    ordinal,
    source: citation.source,
    start: citation.start,
    end: citation.end,
    sha256: citation.sha256,
    phrase: citation.phrase ?? null,
    reports: citation.reports ?? null,
  }));
}

function days(date: string): { earliest: string | null; latest: string | null; sortDay: string } {
  const range = dateRange(date);
  return { earliest: range.earliest, latest: range.latest, sortDay: sortDay(range) };
}

/** The records in an order in which each comes after the one it refers to. */
function parentsFirst<T extends { id: string }>(
  records: readonly T[],
  parent: (record: T) => string | undefined,
): T[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const ordered = new Set<T>();
  const visit = (record: T): void => {
    if (ordered.has(record)) return;
    const above = byId.get(parent(record) ?? '');
    if (above) visit(above);
    ordered.add(record);
  };
  records.forEach(visit);
  return [...ordered];
}

/** Inserts rows, some at a time: engines bound the parameters of one statement. */
export async function insert<T extends PgTable>(
  tx: Database,
  table: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  for (const some of chunks(rows)) await tx.insert(table).values(some as never);
}

async function upsert<T extends PgTable & { id: PgColumn }>(
  tx: Database,
  table: T,
  id: PgColumn,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  // One at a time: each row's own values are what an existing one is set to.
  for (const row of rows) {
    await tx
      .insert(table)
      .values(row as never)
      .onConflictDoUpdate({ target: id, set: row as never });
  }
}

/** A list in pieces small enough for one statement. */
export function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE);
}
