import { getTableName, sql } from 'drizzle-orm';
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
  ownNumbers: ' overriding system value',
  continueNumbers(table, column) {
    const name = `"${getTableName(table)}"`;
    return `select setval(pg_get_serial_sequence('${name}', '${column.name}'), coalesce(max("${column.name}"), 0) + 1, false) from ${name}`;
  },
  isForeignKeyViolation,
};
