import type { Database } from '../../db/database.ts';
import { tables } from '../../db/tables.ts';
import { fold } from '../../domain/spelling.ts';
import type { RecordKind } from '../../domain/vocabularies.ts';
import type { Actor, Claim, Dataset } from '../files/read.ts';
import { key, type Prepared, type PreparedDataset } from './prepare.ts';
import { clearParts, retire } from './remove.ts';
import { citationRows, days, insert, parentsFirst, upsert } from './rows.ts';
import { searchDocuments } from './searchDocuments.ts';
import type { Derived } from './standing.ts';

/** What every row is given beside its record. */
interface Writing {
  /** Id of the dataset. */
  owner: string;
  hash: (record: { id: string }) => string;
}

type Topic = Dataset['topics'][number];
type Source = Dataset['sources'][number];
type Event = Dataset['events'][number];
type Statement = Dataset['statements'][number];

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
  const wanted = <T extends { id: string }>(kind: RecordKind, records: readonly T[]): T[] =>
    records.filter((record) => writing.has(key({ kind, id: record.id })));
  const given = (kind: RecordKind): Writing => ({
    owner: data.dataset.id,
    hash: ({ id }) => hashes.get(key({ kind, id })) ?? '',
  });

  await clearParts(tx, [...changed, ...retiring]);

  // What others refer to comes first.
  for (const dataset of wanted('dataset', [data.dataset])) {
    await upsert(tx, tables.datasets, tables.datasets.id, [
      { ...dataset, contentHash: given('dataset').hash(dataset), loadedAt: at },
    ]);
  }
  await writeTopics(tx, wanted('topic', data.topics), given('topic'));
  const actors = wanted('actor', data.actors);
  await writeActors(tx, actors, given('actor'));
  await writeSources(tx, wanted('source', data.sources), given('source'));
  // Names and titles are cited from sources, which credit actors.
  await writeActorParts(tx, actors);
  await writeEvents(tx, wanted('event', data.events), given('event'));
  await writeStatements(tx, wanted('statement', data.statements), given('statement'));
  await writeClaims(tx, wanted('claim', prepared.claims), given('claim'), prepared.standings);

  await insert(
    tx,
    tables.searchDocuments,
    searchDocuments(data).filter((document) => writing.has(key(document))),
  );
  await retire(tx, data, retiring);
}

async function writeTopics(tx: Database, topics: readonly Topic[], { owner, hash }: Writing): Promise<void> {
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
      contentHash: hash(topic),
    })),
  );
}

async function writeActors(tx: Database, actors: readonly Actor[], { owner, hash }: Writing): Promise<void> {
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
      contentHash: hash(actor),
    })),
  );
}

async function writeSources(
  tx: Database,
  sources: readonly Source[],
  { owner, hash }: Writing,
): Promise<void> {
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
      contentHash: hash(source),
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
}

async function writeEvents(tx: Database, events: readonly Event[], { owner, hash }: Writing): Promise<void> {
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
      contentHash: hash(event),
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
  await insert(
    tx,
    tables.citations,
    events.flatMap((event) => citationRows(event.citations, { event: event.id })),
  );
}

async function writeStatements(
  tx: Database,
  statements: readonly Statement[],
  { owner, hash }: Writing,
): Promise<void> {
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
      contentHash: hash(statement),
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
  await insert(
    tx,
    tables.citations,
    statements.flatMap((statement) => citationRows(statement.citations, { statement: statement.id })),
  );
}

async function writeClaims(
  tx: Database,
  claims: readonly Claim[],
  { owner, hash }: Writing,
  standings: ReadonlyMap<string, Derived>,
): Promise<void> {
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
      standing: standings.get(claim.id)?.standing ?? 'single-source',
      independentSources: standings.get(claim.id)?.independentSources ?? 0,
      sortDay: claim.positions.map((position) => days(position.since).sortDay).sort()[0] ?? '',
      contentHash: hash(claim),
    })),
  );
  await writeClaimParts(tx, claims);
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
