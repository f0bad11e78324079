import { sql } from 'drizzle-orm';
import type { Engine } from '../engine.ts';
import { isForeignKeyViolation } from './errors.ts';
import { tsvector } from './fullText.ts';

/** The dialect of PostgreSQL. */
export const postgres: Engine = {
  fullText: tsvector,
  orderedJoin: sql`inner join`,
  among: (column, values) =>
    sql`${column} = any (array(select jsonb_array_elements_text((${values})::text::jsonb)))`,
  parameter: (number) => `$${number}`,
  isForeignKeyViolation,
};
