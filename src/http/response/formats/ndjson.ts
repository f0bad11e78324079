import { z } from 'zod';
import { pickFields } from '../fields.ts';
import type { ExportFormat, Matches } from './format.ts';

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
  async *write(matches, { fields }) {
    for await (const batch of fields ? partsOf(matches, fields) : matches.json())
      yield batch.map((json) => `${line(json)}\n`).join('');
  },
};

/** Some fields of the records, as JSON. */
async function* partsOf({ records }: Matches<object>, fields: readonly string[]): AsyncGenerator<string[]> {
  for await (const batch of records())
    yield batch.map((record) => JSON.stringify(pickFields(record, fields)));
}

/** JSON without the two characters that JSON allows in a text, and that some readers take for the end of a line. */
function line(json: string): string {
  return json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
