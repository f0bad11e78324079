import { sql } from 'drizzle-orm';
import type { Engine } from '../engine.ts';
import { isForeignKeyViolation } from './errors.ts';
import { tsvector } from './fullText.ts';

/** The dialect of PostgreSQL. */
export const postgres: Engine = {
  fullText: tsvector,
  orderedJoin: sql`inner join`,
  parameter: (number) => `$${number}`,
  isForeignKeyViolation,
};
