import { and, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { Measure } from '../../domain/vocabularies.ts';
import { citationsAsOf } from '../conditions.ts';
import type { Database } from '../database.ts';
import { tables } from '../tables.ts';

const { figures, events, claims, citations } = tables;

/** The figures that some source published by a day gives; undefined when no day is given. */
export function figuresAsOf(db: Database, asOf: string | undefined): SQL | undefined {
  if (asOf === undefined) return undefined;
  return inArray(
    figures.id,
    db
      .select({ id: citations.figure })
      .from(citations)
      .where(and(isNotNull(citations.figure), citationsAsOf(db, asOf))),
  );
}

/** The events, or claims, with a figure of any of some measures. */
export function withFigure(
  db: Database,
  kind: 'event' | 'claim',
  measures: Measure[],
  asOf: string | undefined,
): SQL {
  const owner = figures[kind];
  return inArray(
    kind === 'event' ? events.id : claims.id,
    db
      .select({ id: owner })
      .from(figures)
      .where(and(isNotNull(owner), inArray(figures.measure, measures), figuresAsOf(db, asOf))),
  );
}
