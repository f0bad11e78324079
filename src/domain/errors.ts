import type { RecordKind } from './vocabularies.ts';

/**
 * What can go wrong below the HTTP edge, as values with a stable code. The message says
 * what is wrong, where, and what to do; no driver's error passes this file untranslated.
 */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

export type StoreErrorCode =
  | 'address'
  | 'newer'
  | 'unusable'
  | 'busy'
  | 'unreachable'
  | 'not-a-store'
  | 'damaged'
  | 'replaced'
  | 'full'
  | 'not-migrated'
  | 'incomplete'
  | 'slow'
  | 'crowded'
  | 'lost'
  | 'abandoned';

/** An id that a filter names and no record has. */
export interface UnknownReference {
  parameter: string;
  kind: RecordKind;
  id: string;
  /** The record it became part of, when its id was retired by a merge. */
  mergedInto: string | null;
  /** Ids that were probably meant, best first. */
  suggestions: string[];
}

/** Thrown when a query names records that do not exist; lists all of them. */
export class UnknownReferenceError extends Error {
  readonly unknown: UnknownReference[];

  constructor(unknown: UnknownReference[]) {
    super(unknown.map(({ parameter, id }) => `${parameter}: there is no "${id}"`).join('; '));
    this.unknown = unknown;
  }
}

/** Thrown when the record that is asked for by id is not there. */
export class MissingRecordError extends Error {
  readonly kind: RecordKind;
  readonly id: string;
  readonly mergedInto: string | null;
  /** Why it was withdrawn; null when it was not. */
  readonly withdrawn: string | null;
  readonly suggestions: string[];
  /** The day by which nothing had reported it, though it is in the store now; null otherwise. */
  readonly unreportedBy: string | null;

  constructor(missing: {
    kind: RecordKind;
    id: string;
    mergedInto: string | null;
    withdrawn: string | null;
    suggestions: string[];
    unreportedBy: string | null;
  }) {
    super(`there is no ${missing.kind} "${missing.id}"`);
    this.kind = missing.kind;
    this.id = missing.id;
    this.mergedInto = missing.mergedInto;
    this.withdrawn = missing.withdrawn;
    this.suggestions = missing.suggestions;
    this.unreportedBy = missing.unreportedBy;
  }
}
