import { z } from 'zod';
import { pickFields } from '../fields.ts';
import type { ExportFormat } from './format.ts';

const schema = z.string().meta({
  id: 'Lines',
  description: 'All matches, one record a line, each as in the JSON list (NDJSON)',
});

/** Records as lines of JSON (NDJSON). */
export const ndjson: ExportFormat<object> = {
  writes: 'export',
  mediaType: 'application/x-ndjson',
  extension: 'ndjson',
  schema,
  supports: ['fields'],
  async *write(batches, { fields }) {
    for await (const records of batches) {
      yield records.map((record) => `${line(pickFields(record, fields))}\n`).join('');
    }
  },
};

/** JSON without the two characters that JSON allows in a text, and that some readers take for the end of a line. */
function line(record: object): string {
  return JSON.stringify(record).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
