import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { ExportFormat } from './format.ts';

/** One column of a table: its value, and the field of the record that it comes from. */
export interface Column<T> {
  name: string;
  field: keyof T & string;
  description: string;
  value(record: T): string | number | null;
}

/** Records as a table; `id` names it in the OpenAPI document, where its columns are part of the contract. */
export function csv<T>(id: string, columns: readonly Column<T>[]): ExportFormat<T> {
  return {
    writes: 'export',
    mediaType: 'text/csv',
    extension: 'csv',
    supports: ['fields', 'bom'],
    schema: schemaOf(id, columns),
    async *write(batches, { fields, bom }) {
      const shown = columns.filter(({ field }) => !fields || fields.includes(field));
      const options = { record_delimiter: 'windows', escape_formulas: true } as const;
      yield stringify([shown.map(({ name }) => name)], { ...options, bom });
      for await (const records of batches) {
        yield stringify(
          records.map((record) => shown.map((column) => column.value(record))),
          options,
        );
      }
    },
  };
}

function schemaOf(id: string, columns: readonly { name: string; description: string }[]) {
  const list = columns.map(({ name, description }) => `- \`${name}\`: ${description}`).join('\n');
  return z.string().meta({
    id,
    description: `A table (RFC 4180) with a header row and these columns; further ones may be added after them. Values of one cell are separated by \`;\`, parts of a value by \`:\`. A text that begins with \`=\`, \`+\`, \`-\`, \`@\`, a tab or a carriage return has a \`'\` before it, so that no spreadsheet runs it.\n\n${list}`,
  });
}

/** Several values in one cell. */
export function cell(values: readonly (string | null)[]): string {
  return values.filter((value) => value !== null).join(';');
}

/** Several parts of one value; those missing at its end are omitted. */
export function parts(...values: (string | null | undefined)[]): string {
  return values
    .map((value) => value ?? '')
    .join(':')
    .replace(/:+$/, '');
}

/** A figure in a cell: `measure:number:unit`, a range as `low/high` with an open end left empty. */
export function figureCell({
  measure,
  value,
  low,
  high,
  unit,
}: {
  measure: string;
  value: number | null;
  low: number | null;
  high: number | null;
  unit: string;
}): string {
  return parts(measure, value === null ? `${low ?? ''}/${high ?? ''}` : String(value), unit);
}
