import type { CitedDocument } from '../../db/tables.ts';
import type { ActorKind } from '../../domain/vocabularies.ts';
import {
  type SeedActor,
  type SeedCitation,
  type SeedClaim,
  type SeedDataset,
  type SeedEvent,
  type SeedException,
  type SeedFigure,
  type SeedKind,
  type SeedLink,
  type SeedRetired,
  type SeedSource,
  type SeedStatement,
  type SeedTopic,
  seedKinds,
} from './format.ts';
import type { Mistake, Path } from './mistakes.ts';

/** A citation of a passage; the id of its source is empty where neither it nor its file names one. */
export type PassageCitation = SeedCitation & { source: string; document?: undefined };

/** A citation of a record of coded data, which has no passage; only imports have such. */
export interface DocumentCitation {
  source: string;
  document: CitedDocument;
  start?: undefined;
  end?: undefined;
  sha256?: undefined;
  phrase?: undefined;
  reports?: undefined;
  progress?: undefined;
}

/** What proves a record. */
export type Citation = PassageCitation | DocumentCitation;

/** A record, or a part of one, whose citations all name their source. */
type Cited<T> = Omit<T, 'citations'> & { citations: Citation[] };

export type Topic = SeedTopic;
/** A source; a collection of coded data has no text. */
export type Source = SeedSource | (Omit<SeedSource, 'kind' | 'text'> & { kind: 'dataset'; text?: undefined });
export type Figure = Cited<SeedFigure>;
export type Link = Cited<SeedLink & { citations: SeedCitation[] }>;
/** Lists that the files may omit are there, if only empty. */
export type Event = Omit<Cited<SeedEvent>, 'links' | 'figures'> & { links: Link[]; figures: Figure[] };
export type Statement = Cited<SeedStatement>;
export type Actor = Omit<SeedActor, 'kind' | 'aliases' | 'affiliations'> & {
  kind: ActorKind;
  aliases: { name: string; sources: string[] }[];
  affiliations: Cited<NonNullable<SeedActor['affiliations']>[number]>[];
};
export type Claim = Omit<SeedClaim, 'positions' | 'contradicts' | 'figures'> & {
  contradicts: string[];
  figures: Figure[];
  positions: (Cited<SeedClaim['positions'][number]> & {
    /** The state or body for which its actor finally speaks, or the actor itself; derived when it is loaded. */
    voice?: string;
  })[];
};

/** The type of a record, by its kind. */
export interface SeedRecord {
  topic: Topic;
  actor: Actor;
  source: Source;
  event: Event;
  statement: Statement;
  claim: Claim;
}

/** Records of every kind, in the order of the files. */
export type SeedRecords = { [K in SeedKind]: SeedRecord[K][] };

/** A dataset as its files describe it, valid except for references between records, which are checked later. */
export interface Dataset {
  dataset: SeedDataset;
  records: SeedRecords;
  retired: SeedRetired[];
  /** Words that verification passes over. Not loaded. */
  exceptions: SeedException[];
  /** The place in the files of a record, or of the part of it that a path leads to. */
  locate(record: object, path?: Path): Pick<Mistake, 'file' | 'line' | 'record'>;
}

/** What `visit` returns for each record, in one list: kind by kind, in the order of the files. */
export function flatMapRecords<T>(
  records: SeedRecords,
  visit: <K extends SeedKind>(kind: K, record: SeedRecord[K]) => T[],
): T[] {
  const ofKind = <K extends SeedKind>(kind: K): T[] => records[kind].flatMap((record) => visit(kind, record));
  return seedKinds.flatMap((kind) => ofKind(kind));
}

/** The sources of a dataset that have a text: its articles. */
export function articlesOf({ records }: Dataset): SeedSource[] {
  return records.source.flatMap((source) => (source.kind === 'dataset' ? [] : [source]));
}

/** The record, or the part of one, with the source of its file for every citation that names none. */
export function withSource<T extends { citations: SeedCitation[] }>(
  record: T,
  source: string | undefined,
): Cited<T> {
  return {
    ...record,
    citations: record.citations.map((citation) => ({ ...citation, source: citation.source ?? source ?? '' })),
  };
}
