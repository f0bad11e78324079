import { z } from 'zod';

export const lines = z.string().meta({
  id: 'Lines',
  description: 'All matches, one record a line, each as in the JSON list (NDJSON)',
});

/** Records as lines of JSON, piece by piece. */
export async function* ndjson<T>(batches: AsyncIterable<T[]>): AsyncGenerator<string> {
  for await (const records of batches) yield records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
