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
      yield records.map((record) => `${JSON.stringify(pickFields(record, fields))}\n`).join('');
    }
  },
};
