import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import * as vocabulary from '../domain/vocabularies.ts';
import { type Columns, columns } from './columns.ts';

/** How far an event had come when a source reported it. */
export interface Progress {
  status: 'planned' | 'proposed';
}

/** What a citation of coded data names instead of a passage: a record of its provider. */
export interface CitedDocument {
  /** The provider's id of it. */
  id: string;
  url: string | null;
  /** What the provider names as its own sources. */
  reportedBy: string | null;
  /** Of a report that mentions an event: the character at which it tells what happened, by the provider's count; null where it says none. */
  offset?: number | null | undefined;
}

/** The values a source reports where they differ from the record's own. */
export interface Reports {
  date?: string | undefined;
  place?: string | undefined;
  status?: vocabulary.EventStatus | undefined;
  participants?: string | undefined;
  count?: string | undefined;
}

/**
 * All tables on one page, since foreign keys tie them; columns are named as the
 * JSON fields are. Days are `YYYY-MM-DD` text, which sorts and compares on both
 * engines. `StoredDays` in `dates.ts` says what each column of a date is for.
 */
export function defineTables(builders: Columns) {
  const { table, text, int, real, json, instant, sequence, index, uniqueIndex, check, primaryKey } = builders;

  const oneOf = (column: AnyPgColumn, words: readonly string[]): SQL =>
    sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(', '))})`;
  const days = () => ({
    earliest: text(),
    latest: text(),
    boundedEarliest: text(),
    boundedLatest: text(),
    begunBy: text(),
    lastsUntil: text(),
    sortDay: text().notNull(),
    // The default marks rows of earlier versions, from whose date it has still to be derived.
    sortDayDescending: text().notNull().default(''),
  });

  const datasets = table('datasets', {
    id: text().primaryKey(),
    title: text().notNull(),
    description: text().notNull(),
    licence: text().notNull(),
    citation: text().notNull(),
    version: text().notNull(),
    contentHash: text().notNull(),
    loadedAt: instant().notNull(),
  });

  const topics = table(
    'topics',
    {
      id: text().primaryKey(),
      label: text().notNull(),
      description: text().notNull(),
      broader: text().references((): AnyPgColumn => topics.id),
      /** The dataset whose files define it; topics are shared, so this is no filter. */
      definedBy: text()
        .notNull()
        .references(() => datasets.id),
      contentHash: text().notNull(),
    },
    (t) => [index('topicsByBroader').on(t.broader), index('topicsByLabel').on(t.label, t.id)],
  );

  const actors = table(
    'actors',
    {
      id: text().primaryKey(),
      name: text().notNull(),
      /** Name without case and accents, for sorting and look-ups, the same on every engine. */
      nameFolded: text().notNull(),
      kind: text().$type<vocabulary.ActorKind>().notNull(),
      description: text().notNull(),
      parent: text().references((): AnyPgColumn => actors.id),
      /** The dataset whose files define it; actors are shared, so this is no filter. */
      definedBy: text()
        .notNull()
        .references(() => datasets.id),
      contentHash: text().notNull(),
    },
    (t) => [
      index('actorsByName').on(t.nameFolded, t.id),
      index('actorsByKind').on(t.kind),
      index('actorsByParent').on(t.parent),
      check('actorKind', oneOf(t.kind, vocabulary.words(vocabulary.actorKinds))),
    ],
  );

  const sources = table(
    'sources',
    {
      id: text().primaryKey(),
      dataset: text()
        .notNull()
        .references(() => datasets.id),
      title: text().notNull(),
      kind: text().$type<vocabulary.SourceKind>().notNull(),
      publisher: text().references(() => actors.id),
      republisher: text().references(() => actors.id),
      language: text().notNull(),
      published: text().notNull(),
      ...days(),
      /** Null for collections of coded data, which have no text. */
      textFile: text(),
      textSha256: text(),
      textLength: int(),
      contentHash: text().notNull(),
    },
    (t) => [
      index('sourcesByDay').on(t.sortDay, t.id),
      index('sourcesByDayDescending').on(t.sortDayDescending, t.id),
      index('sourcesByLatest').on(t.latest),
      index('sourcesByKind').on(t.kind, t.sortDayDescending, t.id),
      index('sourcesByDataset').on(t.dataset, t.sortDayDescending, t.id),
      index('sourcesByPublisher').on(t.publisher, t.sortDayDescending, t.id),
      check('sourceKind', oneOf(t.kind, vocabulary.words(vocabulary.sourceKinds))),
      check('sourceDays', sql`${t.earliest} <= ${t.latest}`),
      check(
        'sourceText',
        sql`(${t.textFile} is null) = (${t.textSha256} is null) and (${t.textFile} is null) = (${t.textLength} is null)`,
      ),
    ],
  );

  const sourceContributors = table(
    'sourceContributors',
    {
      source: text()
        .notNull()
        .references(() => sources.id),
      ordinal: int().notNull(),
      actor: text()
        .notNull()
        .references(() => actors.id),
      role: text().$type<vocabulary.ContributorRole>().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.source, t.ordinal] }),
      index('sourceContributorsByActor').on(t.actor),
      check('contributorRole', oneOf(t.role, vocabulary.words(vocabulary.contributorRoles))),
    ],
  );

  const sourceDerivations = table(
    'sourceDerivations',
    {
      source: text()
        .notNull()
        .references(() => sources.id),
      derivedFrom: text()
        .notNull()
        .references(() => sources.id),
    },
    (t) => [
      primaryKey({ columns: [t.source, t.derivedFrom] }),
      index('sourceDerivationsByOrigin').on(t.derivedFrom),
      check('sourceDerivesFromAnother', sql`${t.source} <> ${t.derivedFrom}`),
    ],
  );

  const actorAliases = table(
    'actorAliases',
    {
      actor: text()
        .notNull()
        .references(() => actors.id),
      name: text().notNull(),
      source: text()
        .notNull()
        .references(() => sources.id),
      ordinal: int().notNull(),
      nameFolded: text().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.actor, t.name, t.source] }),
      index('actorAliasesByName').on(t.nameFolded),
      index('actorAliasesBySource').on(t.source, t.actor),
    ],
  );

  const affiliations = table(
    'affiliations',
    {
      id: text().primaryKey(),
      actor: text()
        .notNull()
        .references(() => actors.id),
      ordinal: int().notNull(),
      title: text().notNull(),
      organization: text().references(() => actors.id),
      during: text().notNull(),
      ...days(),
    },
    (t) => [
      uniqueIndex('affiliationsByActor').on(t.actor, t.ordinal),
      index('affiliationsByOrganization').on(t.organization),
      check('affiliationDays', sql`${t.earliest} <= ${t.latest}`),
    ],
  );

  const events = table(
    'events',
    {
      id: text().primaryKey(),
      dataset: text()
        .notNull()
        .references(() => datasets.id),
      title: text().notNull(),
      summary: text().notNull(),
      type: text().$type<vocabulary.EventType>(),
      mode: text().$type<vocabulary.EventMode>(),
      status: text().$type<vocabulary.EventStatus>().notNull(),
      date: text().notNull(),
      ...days(),
      placeName: text(),
      country: text(),
      latitude: real(),
      longitude: real(),
      contentHash: text().notNull(),
    },
    (t) => [
      index('eventsByDay').on(t.sortDay, t.id),
      index('eventsByDayDescending').on(t.sortDayDescending, t.id),
      index('eventsByEarliest').on(t.earliest),
      index('eventsByLatest').on(t.latest),
      index('eventsByDataset').on(t.dataset, t.sortDayDescending, t.id),
      index('eventsByType').on(t.type, t.sortDayDescending, t.id),
      index('eventsByMode').on(t.mode, t.sortDayDescending, t.id),
      index('eventsByStatus').on(t.status, t.sortDayDescending, t.id),
      index('eventsByCountry').on(t.country, t.sortDayDescending, t.id),
      check('eventType', oneOf(t.type, vocabulary.words(vocabulary.eventTypes))),
      check('eventMode', oneOf(t.mode, vocabulary.modes)),
      check('eventStatus', oneOf(t.status, vocabulary.words(vocabulary.eventStatuses))),
      check('eventDays', sql`${t.earliest} <= ${t.latest}`),
      check('eventModeNeedsType', sql`${t.mode} is null or ${t.type} is not null`),
      check('eventPlace', sql`${t.country} is null or ${t.placeName} is not null`),
      check('eventCoordinates', sql`(${t.latitude} is null) = (${t.longitude} is null)`),
    ],
  );

  const eventParticipants = table(
    'eventParticipants',
    {
      event: text()
        .notNull()
        .references(() => events.id),
      ordinal: int().notNull(),
      actor: text()
        .notNull()
        .references(() => actors.id),
      role: text().$type<vocabulary.ParticipantRole>().notNull(),
      onBehalfOf: text().references(() => actors.id),
    },
    (t) => [
      primaryKey({ columns: [t.event, t.ordinal] }),
      index('eventParticipantsByActor').on(t.actor, t.role, t.event),
      index('eventParticipantsByPrincipal').on(t.onBehalfOf, t.role, t.event),
      check('participantRole', oneOf(t.role, vocabulary.words(vocabulary.participantRoles))),
    ],
  );

  const eventTopics = table(
    'eventTopics',
    {
      event: text()
        .notNull()
        .references(() => events.id),
      topic: text()
        .notNull()
        .references(() => topics.id),
      ordinal: int().notNull(),
    },
    (t) => [primaryKey({ columns: [t.event, t.topic] }), index('eventTopicsByTopic').on(t.topic, t.event)],
  );

  /**
   * The events of each actor, topic, source and publisher by day, newest first: of an actor also those in which one beneath it
   * takes part or is acted for, of a topic also those of narrower ones. Derived (`eventKeys.ts`), so that a page is a range of the primary key.
   */
  const eventKeys = table(
    'eventKeys',
    {
      kind: text().$type<vocabulary.EventKeyKind>().notNull(),
      value: text().notNull(),
      /** The event's `sortDayDescending`. */
      day: text().notNull(),
      event: text().notNull(),
    },
    (t) => [primaryKey({ columns: [t.kind, t.value, t.day, t.event] })],
  );

  /** Stored once, on the event that has the relation; `event` is part of, or fulfils, prompts, ends `other`. */
  const eventLinks = table(
    'eventLinks',
    {
      id: text().primaryKey(),
      event: text()
        .notNull()
        .references(() => events.id),
      ordinal: int().notNull(),
      relation: text().$type<vocabulary.LinkRelation>().notNull(),
      other: text()
        .notNull()
        .references(() => events.id),
      basis: text().$type<vocabulary.LinkBasis>().notNull(),
    },
    (t) => [
      uniqueIndex('eventLinksByEvent').on(t.event, t.relation, t.other),
      index('eventLinksByOther').on(t.other, t.relation, t.event),
      check('linkRelation', oneOf(t.relation, vocabulary.words(vocabulary.linkRelations))),
      check('linkBasis', oneOf(t.basis, vocabulary.words(vocabulary.linkBases))),
      check('linkToAnother', sql`${t.event} <> ${t.other}`),
      check('linkPromptsIsTold', sql`${t.relation} <> 'prompts' or ${t.basis} = 'told'`),
    ],
  );

  const statements = table(
    'statements',
    {
      id: text().primaryKey(),
      dataset: text()
        .notNull()
        .references(() => datasets.id),
      speaker: text()
        .notNull()
        .references(() => actors.id),
      relayedBy: text().references(() => actors.id),
      onBehalfOf: text().references(() => actors.id),
      form: text().$type<vocabulary.StatementForm>().notNull(),
      medium: text().$type<vocabulary.StatementMedium>(),
      said: text().notNull(),
      ...days(),
      gist: text().notNull(),
      occasion: text().references(() => events.id),
      contentHash: text().notNull(),
    },
    (t) => [
      index('statementsByDay').on(t.sortDay, t.id),
      index('statementsByDayDescending').on(t.sortDayDescending, t.id),
      index('statementsByEarliest').on(t.earliest),
      index('statementsByLatest').on(t.latest),
      index('statementsByDataset').on(t.dataset, t.sortDayDescending, t.id),
      index('statementsBySpeaker').on(t.speaker, t.sortDayDescending, t.id),
      index('statementsByRelayer').on(t.relayedBy, t.sortDayDescending, t.id),
      index('statementsByPrincipal').on(t.onBehalfOf, t.sortDayDescending, t.id),
      index('statementsByForm').on(t.form, t.sortDayDescending, t.id),
      index('statementsByMedium').on(t.medium, t.sortDayDescending, t.id),
      index('statementsByOccasion').on(t.occasion, t.sortDayDescending, t.id),
      check('statementForm', oneOf(t.form, vocabulary.words(vocabulary.statementForms))),
      check('statementMedium', oneOf(t.medium, vocabulary.words(vocabulary.statementMedia))),
      check('statementDays', sql`${t.earliest} <= ${t.latest}`),
    ],
  );

  const statementAbout = table(
    'statementAbout',
    {
      statement: text()
        .notNull()
        .references(() => statements.id),
      actor: text()
        .notNull()
        .references(() => actors.id),
      ordinal: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.statement, t.actor] }),
      index('statementAboutByActor').on(t.actor, t.statement),
    ],
  );

  const statementTopics = table(
    'statementTopics',
    {
      statement: text()
        .notNull()
        .references(() => statements.id),
      topic: text()
        .notNull()
        .references(() => topics.id),
      ordinal: int().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.statement, t.topic] }),
      index('statementTopicsByTopic').on(t.topic, t.statement),
    ],
  );

  const claims = table(
    'claims',
    {
      id: text().primaryKey(),
      dataset: text()
        .notNull()
        .references(() => datasets.id),
      proposition: text().notNull(),
      kind: text().$type<vocabulary.ClaimKind>().notNull(),
      event: text().references(() => events.id),
      /** Derived from the positions at the end of every load (`seed/load/standing.ts`). */
      standing: text().$type<vocabulary.Standing>().notNull(),
      independentSources: int().notNull(),
      independentVoices: int().notNull().default(0),
      /** Those of its earliest position. */
      sortDay: text().notNull(),
      sortDayDescending: text().notNull().default(''),
      contentHash: text().notNull(),
    },
    (t) => [
      index('claimsByDay').on(t.sortDay, t.id),
      index('claimsByDayDescending').on(t.sortDayDescending, t.id),
      index('claimsByDataset').on(t.dataset, t.sortDayDescending, t.id),
      index('claimsByKind').on(t.kind, t.sortDayDescending, t.id),
      index('claimsByStanding').on(t.standing, t.sortDayDescending, t.id),
      index('claimsByEvent').on(t.event, t.sortDayDescending, t.id),
      check('claimKind', oneOf(t.kind, vocabulary.words(vocabulary.claimKinds))),
      check('claimStanding', oneOf(t.standing, vocabulary.words(vocabulary.standings))),
    ],
  );

  const claimAbout = table(
    'claimAbout',
    {
      claim: text()
        .notNull()
        .references(() => claims.id),
      actor: text()
        .notNull()
        .references(() => actors.id),
      ordinal: int().notNull(),
    },
    (t) => [primaryKey({ columns: [t.claim, t.actor] }), index('claimAboutByActor').on(t.actor, t.claim)],
  );

  const claimTopics = table(
    'claimTopics',
    {
      claim: text()
        .notNull()
        .references(() => claims.id),
      topic: text()
        .notNull()
        .references(() => topics.id),
      ordinal: int().notNull(),
    },
    (t) => [primaryKey({ columns: [t.claim, t.topic] }), index('claimTopicsByTopic').on(t.topic, t.claim)],
  );

  /** Both directions of every pair, so that either side finds the other by one index. */
  const claimContradictions = table(
    'claimContradictions',
    {
      claim: text()
        .notNull()
        .references(() => claims.id),
      contradicts: text()
        .notNull()
        .references(() => claims.id),
    },
    (t) => [
      primaryKey({ columns: [t.claim, t.contradicts] }),
      index('claimContradictionsByOther').on(t.contradicts),
      check('claimContradictsAnother', sql`${t.claim} <> ${t.contradicts}`),
    ],
  );

  const positions = table(
    'positions',
    {
      id: text().primaryKey(),
      claim: text()
        .notNull()
        .references(() => claims.id),
      ordinal: int().notNull(),
      actor: text()
        .notNull()
        .references(() => actors.id),
      stance: text().$type<vocabulary.Stance>().notNull(),
      statement: text().references(() => statements.id),
      /** The state or body for which its actor finally speaks, or the actor itself. */
      voice: text().notNull().default(''),
      since: text().notNull(),
      ...days(),
    },
    (t) => [
      uniqueIndex('positionsByClaim').on(t.claim, t.ordinal),
      index('positionsByActor').on(t.actor, t.stance, t.claim),
      index('positionsByStance').on(t.stance, t.claim),
      index('positionsByStatement').on(t.statement),
      index('positionsByEarliest').on(t.earliest),
      index('positionsByLatest').on(t.latest),
      check('stance', oneOf(t.stance, vocabulary.words(vocabulary.stances))),
      check('positionDays', sql`${t.earliest} <= ${t.latest}`),
    ],
  );

  /** Numbers that a text gives about the world: of an event, or of what a claim says. */
  const figures = table(
    'figures',
    {
      id: text().primaryKey(),
      event: text().references(() => events.id),
      claim: text().references(() => claims.id),
      ordinal: int().notNull(),
      measure: text().$type<vocabulary.Measure>().notNull(),
      value: real(),
      low: real(),
      high: real(),
      unit: text().notNull(),
      approximate: int().notNull(),
      of: text().notNull(),
      /** Those of the event, or of the claim's earliest position. */
      sortDay: text().notNull(),
      sortDayDescending: text().notNull(),
    },
    (t) => [
      uniqueIndex('figuresByEvent').on(t.event, t.ordinal),
      uniqueIndex('figuresByClaim').on(t.claim, t.ordinal),
      index('figuresByDay').on(t.sortDay, t.id),
      index('figuresByDayDescending').on(t.sortDayDescending, t.id),
      index('figuresByMeasure').on(t.measure, t.sortDayDescending, t.id),
      index('figuresByUnit').on(t.unit, t.sortDayDescending, t.id),
      check('figureMeasure', oneOf(t.measure, vocabulary.words(vocabulary.measures))),
      check('figureOfOneRecord', sql`(${t.event} is null) <> (${t.claim} is null)`),
      check(
        'figureValue',
        sql`case when ${t.value} is null then ${t.low} is not null or ${t.high} is not null else ${t.low} is null and ${t.high} is null end`,
      ),
      check('figureRange', sql`${t.low} is null or ${t.high} is null or ${t.low} <= ${t.high}`),
      check('figureApproximate', sql`${t.approximate} in (0, 1)`),
    ],
  );

  /** A citation belongs to exactly one record, or part of one. */
  const citations = table(
    'citations',
    {
      id: sequence(),
      event: text().references(() => events.id),
      statement: text().references(() => statements.id),
      position: text().references(() => positions.id),
      affiliation: text().references(() => affiliations.id),
      link: text().references(() => eventLinks.id),
      figure: text().references(() => figures.id),
      ordinal: int().notNull(),
      source: text()
        .notNull()
        .references(() => sources.id),
      start: int(),
      end: int(),
      sha256: text(),
      phrase: text(),
      /** Instead of a passage. */
      document: json().$type<CitedDocument>(),
      reports: json().$type<Reports>(),
      progress: json().$type<Progress>(),
    },
    (t) => [
      uniqueIndex('citationsByEvent').on(t.event, t.ordinal),
      uniqueIndex('citationsByStatement').on(t.statement, t.ordinal),
      uniqueIndex('citationsByPosition').on(t.position, t.ordinal),
      uniqueIndex('citationsByAffiliation').on(t.affiliation, t.ordinal),
      uniqueIndex('citationsByLink').on(t.link, t.ordinal),
      uniqueIndex('citationsByFigure').on(t.figure, t.ordinal),
      index('citationsBySource').on(t.source, t.start),
      index('citationsReporting').on(t.event).where(sql`${t.reports} is not null`),
      check(
        'citationOfOneRecord',
        sql`(case when ${t.event} is null then 0 else 1 end) + (case when ${t.statement} is null then 0 else 1 end) + (case when ${t.position} is null then 0 else 1 end) + (case when ${t.affiliation} is null then 0 else 1 end) + (case when ${t.link} is null then 0 else 1 end) + (case when ${t.figure} is null then 0 else 1 end) = 1`,
      ),
      check('citationPassage', sql`${t.start} >= 0 and ${t.end} > ${t.start}`),
      check(
        'citationOfPassageOrDocument',
        sql`(${t.document} is null) = (${t.start} is not null) and (${t.start} is null) = (${t.end} is null) and (${t.start} is null) = (${t.sha256} is null)`,
      ),
      check('citationSha256', sql`length(${t.sha256}) = 64`),
    ],
  );

  /**
   * The words of cited passages, where the texts were at hand when a dataset was
   * loaded. Kept by hash in a table of their own, so that a load without the texts deletes none.
   */
  const passages = table('passages', {
    sha256: text().primaryKey(),
    text: text().notNull(),
  });

  /**
   * Each record as the API answers it, as JSON: written when the record is loaded, and again when something that it names
   * changes (`documents.ts`).
   */
  const documents = table(
    'documents',
    {
      kind: text().$type<vocabulary.DocumentKind>().notNull(),
      id: text().notNull(),
      json: text().notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.kind, t.id] }),
      check('documentKind', oneOf(t.kind, vocabulary.documentKinds)),
    ],
  );

  /**
   * The words by which each record is found, written with it: as they are read, as terms, and as stems (`domain/words.ts`). SQLite
   * indexes the latter two in a virtual table that triggers keep in step (`migrations/sqlite`); queries reach it through
   * `fullText.ts` alone.
   */
  const searchDocuments = table(
    'searchDocuments',
    {
      sequence: sequence(),
      kind: text().$type<vocabulary.SearchableKind>().notNull(),
      id: text().notNull(),
      title: text().notNull(),
      body: text().notNull(),
      /** Phrases of its citations, and passages whose text is in the store. */
      cited: text().notNull().default(''),
      titleTerms: text().notNull().default(''),
      bodyTerms: text().notNull().default(''),
      citedTerms: text().notNull().default(''),
      titleStems: text().notNull().default(''),
      bodyStems: text().notNull().default(''),
      citedStems: text().notNull().default(''),
    },
    (t) => [
      uniqueIndex('searchDocumentsByRecord').on(t.kind, t.id),
      check('searchDocumentKind', oneOf(t.kind, vocabulary.searchableKinds)),
    ],
  );

  /** The words of titles and bodies, with the number of records that have each: kept by triggers of `searchDocuments`. */
  const searchWords = table('searchWords', {
    term: text().primaryKey(),
    records: int().notNull(),
  });

  /** Ids no longer in use: merged into another record, or withdrawn for a reason. */
  const retiredIds = table(
    'retiredIds',
    {
      kind: text().$type<vocabulary.RecordKind>().notNull(),
      id: text().notNull(),
      dataset: text()
        .notNull()
        .references(() => datasets.id),
      mergedInto: text(),
      reason: text(),
    },
    (t) => [
      primaryKey({ columns: [t.kind, t.id] }),
      index('retiredIdsByDataset').on(t.dataset),
      check('retiredKind', oneOf(t.kind, vocabulary.words(vocabulary.recordKinds))),
      check('retiredWhy', sql`${t.mergedInto} is not null or ${t.reason} is not null`),
    ],
  );

  /** What every load did, in order: the cursor by which a mirror follows the store. */
  const changes = table(
    'changes',
    {
      sequence: sequence(),
      at: instant().notNull(),
      dataset: text()
        .notNull()
        .references(() => datasets.id),
      action: text().$type<vocabulary.ChangeAction>().notNull(),
      kind: text().$type<vocabulary.RecordKind>().notNull(),
      id: text().notNull(),
      contentHash: text(),
      mergedInto: text(),
    },
    (t) => [
      index('changesByRecord').on(t.kind, t.id),
      index('changesByDataset').on(t.dataset),
      check('changeAction', oneOf(t.action, vocabulary.words(vocabulary.changeActions))),
      check('changeKind', oneOf(t.kind, vocabulary.words(vocabulary.recordKinds))),
    ],
  );

  /** How far a copy into this store has come (`copy.ts`): one row while it is unfinished, none otherwise. */
  const copies = table('copies', {
    /** The version of the store that is copied. */
    version: text().primaryKey(),
    /** The step that is next, and the key of the last row that it has copied; '' when none. */
    step: int().notNull(),
    after: text().notNull(),
  });

  return {
    datasets,
    topics,
    actors,
    sources,
    sourceContributors,
    sourceDerivations,
    actorAliases,
    affiliations,
    events,
    eventParticipants,
    eventTopics,
    eventKeys,
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
    passages,
    documents,
    searchDocuments,
    searchWords,
    retiredIds,
    changes,
    copies,
  };
}

/** The tables every query names. */
export const tables = defineTables(columns);
