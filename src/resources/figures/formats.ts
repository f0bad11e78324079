import type { z } from 'zod';
import { defineFormats } from '../../http/response/defineFormats.ts';
import { type Column, citationColumns, csv } from '../../http/response/formats/csv.ts';
import { ndjson } from '../../http/response/formats/ndjson.ts';
import { figureList, listedFigure } from './schema.ts';

type ListedFigure = z.infer<typeof listedFigure>;

const columns: readonly Column<ListedFigure>[] = [
  { name: 'measure', field: 'measure', description: 'What it is a number of', value: (row) => row.measure },
  {
    name: 'value',
    field: 'value',
    description: 'The number; empty for a range',
    value: ({ value }) => value,
  },
  { name: 'low', field: 'low', description: 'The least it can be', value: ({ low }) => low },
  { name: 'high', field: 'high', description: 'The most it can be', value: ({ high }) => high },
  { name: 'unit', field: 'unit', description: 'Its unit', value: ({ unit }) => unit },
  {
    name: 'approximate',
    field: 'approximate',
    description: 'Whether the text gives it as approximate',
    value: ({ approximate }) => String(approximate),
  },
  { name: 'of', field: 'of', description: 'What it is the number of', value: ({ of }) => of },
  { name: 'event', field: 'event', description: 'Id of its event', value: ({ event }) => event?.id ?? null },
  { name: 'claim', field: 'claim', description: 'Id of its claim', value: ({ claim }) => claim?.id ?? null },
  {
    name: 'date',
    field: 'date',
    description: 'Date of the event (EDTF)',
    value: ({ date }) => date?.edtf ?? null,
  },
  ...citationColumns<ListedFigure>(),
];

/** The formats of figures. */
export const figureFormats = defineFormats({
  path: '/v1/figures',
  title: 'Attest: figures',
  list: figureList,
  record: listedFigure,
  formats: { csv: csv('FigureTable', columns), ndjson },
});
