import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';

/** One column of a table: its value, and the field of the record that it comes from. */
export interface Column<T> {
  name: string;
  field: keyof T & string;
  description: string;
  value(record: T): string | number | null;
}

/** The table of a resource, for the OpenAPI document: its columns are part of the contract. */
export function csvOf<T>(id: string, columns: readonly Column<T>[]) {
  const list = columns.map(({ name, description }) => `- \`${name}\`: ${description}`).join('\n');
  return z.string().meta({
    id,
    description: `A table (RFC 4180) with a header row and these columns; further ones may be added after them. Values of one cell are separated by \`;\`, parts of a value by \`:\`. A text that begins with \`=\`, \`+\`, \`-\`, \`@\`, a tab or a carriage return has a \`'\` before it, so that no spreadsheet runs it.\n\n${list}`,
  });
}

/** Records as a table, piece by piece. */
export async function* csv<T>(
  batches: AsyncIterable<T[]>,
  columns: readonly Column<T>[],
  { bom }: { bom: boolean },
): AsyncGenerator<string> {
  const rows = (records: T[]): (string | number | null)[][] =>
    records.map((record) => columns.map((column) => column.value(record)));
  const options = { record_delimiter: 'windows', escape_formulas: true } as const;
  const header = [columns.map(({ name }) => name)];
  yield stringify(header, { ...options, bom });
  for await (const records of batches) yield stringify(rows(records), options);
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
