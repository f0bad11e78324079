import { sql } from 'drizzle-orm';
import type { Engine } from '../engine.ts';
import { isForeignKeyViolation } from './errors.ts';
import { fts5 } from './fullText.ts';

/** The dialect of SQLite. */
export const sqlite: Engine = {
  fullText: fts5,
  // SQLite never changes the order of a cross join, which may have a condition.
  orderedJoin: sql`cross join`,
  among: (column, values) => sql`${column} in (select value from json_each(${values}))`,
  parameter: () => '?',
  ownNumbers: '',
  // SQLite's AUTOINCREMENT notes every number that is inserted.
  continueNumbers: () => undefined,
  isForeignKeyViolation,
};
