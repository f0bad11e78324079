import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { citation } from '../schemas.ts';
import type { ExportFormat } from './format.ts';
import { plainText } from './plainText.ts';

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
    async *write(matches, { fields, bom }) {
      const shown = columns.filter(({ field }) => !fields || fields.includes(field));
      const options = { record_delimiter: 'windows', escape_formulas: true } as const;
      yield stringify([shown.map(({ name }) => name)], { ...options, bom });
      for await (const records of matches.records()) {
        yield stringify(
          records.map((record) => shown.map((column) => clean(column.value(record)))),
          options,
        );
      }
    },
  };
}

function clean(value: string | number | null): string | number | null {
  return typeof value === 'string' ? plainText(value) : value;
}

function schemaOf(id: string, columns: readonly { name: string; description: string }[]) {
  const list = columns.map(({ name, description }) => `- \`${name}\`: ${description}`).join('\n');
  return z.string().meta({
    id,
    description: `A table (RFC 4180) with a header row and these columns; further ones may be added after them. Values of one cell are separated by \`;\`, parts of a value by \`:\`; a \`;\` or \`\\\\\` inside a value has a \`\\\\\` before it. Columns whose names end in \`Json\` are JSON. A text that begins with \`=\`, \`+\`, \`-\`, \`@\`, a tab or a carriage return has a \`'\` before it, so that no spreadsheet runs it.\n\n${list}`,
  });
}

/** Several values in one cell, so that they can be split again: what separates them is escaped inside them. */
export function cell(values: readonly (string | null)[]): string {
  return values
    .filter((value) => value !== null)
    .map((value) => value.replace(/[;\\]/g, '\\$&'))
    .join(';');
}

/** Citations in a cell: each as `source:start-end`, or as `source:id` of a document. */
export function citationCell(citations: readonly z.infer<typeof citation>[]): string {
  return cell(
    citations.map(({ source, start, end, document }) =>
      document ? `${source.id}:${document.id}` : `${source.id}:${start}-${end}`,
    ),
  );
}

/** Citations as data: where each is, and its words. */
export function citationData(citations: readonly z.infer<typeof citation>[]) {
  return citations.map(({ source, start, end, phrase, passage, document }) => ({
    source: source.id,
    start,
    end,
    phrase,
    passage,
    ...(document && { document }),
  }));
}

/** The two columns for the citations of a record: short, and as JSON. */
export function citationColumns<T extends { citations: z.infer<typeof citation>[] }>(): Column<T>[] {
  return [
    {
      name: 'citations',
      field: 'citations',
      description: 'Each as `source:start-end`',
      value: ({ citations }) => citationCell(citations),
    },
    {
      name: 'citationsJson',
      field: 'citations',
      description: 'The same as JSON, each with `source`, `start`, `end`, `phrase` and `passage`',
      value: ({ citations }) => JSON.stringify(citationData(citations)),
    },
  ];
}

/** Several parts of one value; those missing at its end are omitted. */
export function parts(...values: (string | null | undefined)[]): string {
  return values
    .map((value) => value ?? '')
    .join(':')
    .replace(/:+$/, '');
}

/** A figure in a cell: `measure:number:unit`, a range as `low/high`; an open end is empty. */
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
