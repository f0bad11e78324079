import type { RecordKind } from './vocabularies.ts';

/** The values of one filter: every group must match, and any value within a group does. */
export type Groups<Value extends string = string> = Value[][];

/**
 * The values of a filter by the ids of records of a kind. Nothing has looked yet whether such records exist, so no
 * condition takes these: `requireReferences` turns them into Groups, or throws.
 */
export class Ids<Kind extends RecordKind = RecordKind> {
  readonly kind: Kind;
  readonly unchecked: Groups;

  constructor(kind: Kind, unchecked: Groups) {
    this.kind = kind;
    this.unchecked = unchecked;
  }

  /** What a request gave, as cursors and entity tags are made of it. */
  toJSON(): Groups {
    return this.unchecked;
  }
}

/** A filter in which every id is known to be that of a record. */
export type Checked<Filter> = { [Name in keyof Filter]: CheckedValue<Filter[Name]> };

type CheckedValue<Value> = Value extends Ids ? Groups : Value;
