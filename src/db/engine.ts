import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { TextQuery } from '../domain/textQuery.ts';

/** The columns of the full-text index that a query reads. */
export interface Reach {
  /** Whether phrases and passages of citations are searched too: not as of a day, since later sources have theirs. */
  cited: boolean;
}

/** How full-text search is written. */
export interface FullText {
  /** A SELECT of `sequence` and `score` (a whole number, higher is better) of every document that matches. */
  matches(query: TextQuery, reach: Reach): SQL;
  /** A SELECT of the `sequence` of matching documents, in any order, at most this many: it stops after them. */
  some(query: TextQuery, reach: Reach, limit: number): SQL;
}

/** What queries are made of where the engines differ; `Database.engine` is that of the store. */
export interface Engine {
  fullText: FullText;
  /** An inner join, which keeps the order in which the tables are read where the planner would choose a worse one. */
  orderedJoin: SQL;
  /** That a column has one of the values of a list, which is one parameter, a JSON array, however long it is. */
  among(column: SQL, values: SQL): SQL;
  /** How the parameter with a number, counted from 1, is written in the text of a statement. */
  parameter(number: number): string;
  /** What an INSERT says before its values so that rows keep the numbers that they have. */
  ownNumbers: string;
  /** The statement after which a column that numbers rows goes on from its highest number; undefined where it does so by itself. */
  continueNumbers(table: PgTable, column: PgColumn): string | undefined;
  /** Whether an error of a query says that a row is still referred to. */
  isForeignKeyViolation(error: unknown): boolean;
}
