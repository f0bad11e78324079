import { tables } from '../../db/tables.ts';
import type { StoredDays } from '../../domain/dates.ts';
import type { Figure } from '../files/dataset.ts';
import { type Part, provedList } from './parts.ts';

const { figures } = tables;

/** The figures of a record of a kind; `days` are the sort keys of the record. */
export function figureParts<R extends { id: string; figures: Figure[] }>(
  kind: 'event' | 'claim',
  days: (record: R) => Pick<StoredDays, 'sortDay' | 'sortDayDescending'>,
): Part<R> {
  return provedList({
    table: figures,
    prefix: `${kind} `,
    record: figures[kind],
    proved: 'figure',
    field: 'figures',
    items: (record: R) => record.figures,
    row: ({ measure, value, low, high, unit, approximate, of }, { id, ordinal }, record) => ({
      id,
      [kind]: record.id,
      ordinal,
      measure,
      value: value ?? null,
      low: low ?? null,
      high: high ?? null,
      unit,
      approximate: approximate ? 1 : 0,
      of,
      ...days(record),
    }),
  });
}
