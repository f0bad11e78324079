import type { PgInsertValue, PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { recordTables } from '../../db/recordTables.ts';
import type { LinkBasis, LinkRelation, Standing } from '../../domain/vocabularies.ts';
import type { Citation, SeedRecord } from '../files/dataset.ts';
import type { SeedFile, SeedKind } from '../files/format.ts';
import type { Path } from '../files/mistakes.ts';
import type { Part } from './parts.ts';

/** The id of another record, as a record names it. */
export interface Reference {
  kind: SeedKind;
  id: string;
  path: Path;
}

/** What is wrong with a record, and where in it. */
export interface Fault {
  path: Path;
  message: string;
}

/** What the positions on a claim amount to. */
export interface Assessment {
  standing: Standing;
  /** Sources in which somebody asserts or supports it and that repeat no other such source. */
  independentSources: number;
  /** States, bodies and others that assert or support it, each with all that speak for it. */
  independentVoices: number;
}

/** A link to an event, as the other event has it. */
export interface LinkFrom {
  relation: LinkRelation;
  event: string;
  basis: LinkBasis;
}

/**
 * What is derived from a dataset as a whole and stored with its records: the assessment of claims, and the links that lead to an
 * event, whose answer changes with them.
 */
type DerivedValues = Record<SeedKind, unknown> & { claim: Assessment; event: { linkedFrom: LinkFrom[] } };

/** Records of every kind with what is derived. */
export type DerivedRecords = { [K in SeedKind]: (SeedRecord[K] & DerivedValues[K])[] };

/** A record ready to be stored: with what is derived, and the hash of all of it. */
export type CompleteRecord<K extends SeedKind> = SeedRecord[K] & DerivedValues[K] & { contentHash: string };
export type CompleteRecords = { [K in SeedKind]: CompleteRecord<K>[] };

/** The table of a kind. */
export type TableOf<K extends SeedKind> = (typeof recordTables)[K]['table'];
/** A row of a table, to insert or to update. */
export type Row<T extends TableOf<SeedKind>> = PgInsertValue<T> & PgUpdateSetSource<T>;

/** All that reading, checking and loading need to know of one kind of record. */
export interface Definition<K extends SeedKind> {
  /** The section of the dataset files that lists the records. */
  section: `${K}s` & keyof SeedFile;
  /** Whether the records exist to be referred to, by other datasets too. */
  shared: boolean;
  /** The records of one file, completed by what applies to the whole file. */
  read: (file: SeedFile) => SeedRecord[K][];
  /** The field that names the record above, of the same kind; only kinds that are hierarchies have one. */
  above?: { field: string; of: (record: SeedRecord[K]) => string | undefined };
  /** The other references, undefined for omitted fields; those of citations to their sources are added. */
  references: (record: SeedRecord[K]) => (Reference | undefined)[];
  /** What is wrong with a record that its form alone does not show. */
  faults?: (record: SeedRecord[K]) => Fault[];
  /** The row of the record of a dataset in the table of its kind. */
  row: (record: CompleteRecord<K>, dataset: string) => Row<TableOf<K>>;
  /** What the record has in other tables, in the order in which it is inserted. */
  parts: Part<SeedRecord[K]>[];
  /** The words by which full text finds the record; those of the title weigh more. */
  text: (record: SeedRecord[K]) => {
    title: string;
    body: (string | undefined)[];
    /** The citations by whose phrases and passages it is found as well. */
    citations?: readonly Citation[];
  };
}

/** The reference in a field; undefined where the field is omitted. */
export function reference(
  kind: SeedKind,
  id: string | undefined,
  ...path: PropertyKey[]
): Reference | undefined {
  return id === undefined ? undefined : { kind, id, path };
}

/** The references in a list of ids. */
export function eachReference(
  kind: SeedKind,
  ids: readonly string[] | undefined,
  ...path: PropertyKey[]
): Reference[] {
  return (ids ?? []).map((id, index) => ({ kind, id, path: [...path, index] }));
}
