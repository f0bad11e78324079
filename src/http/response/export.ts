import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Store } from '../../db/store.ts';
import { formats } from '../request/negotiation.ts';
import { csv } from './formats/csv.ts';
import { ndjson } from './formats/ndjson.ts';
import type { ListRequest, RecordFormats } from './recordFormats.ts';

/** Streams all matches out of one snapshot of the store; `X-Total-Count` says how many come. */
export async function answerExport<T, Name extends string>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  { fields, bom }: { fields: readonly string[] | undefined; bom: boolean | undefined },
  list: ListRequest<T, Name>,
  as: RecordFormats<T>,
  media: string,
): Promise<Readable> {
  const snapshot = await store.snapshot();
  try {
    const all = await list.export(snapshot.db);
    const kind = media === formats.csv ? 'csv' : 'ndjson';
    const name = `${as.path.slice(as.path.lastIndexOf('/') + 1)}.${kind}`;
    void reply
      .type(`${media}; charset=utf-8`)
      .header('X-Total-Count', all.total)
      .header('Content-Disposition', `attachment; filename="${name}"`);
    if (request.method === 'HEAD') {
      await snapshot.close();
      return Readable.from([]);
    }
    const text =
      kind === 'csv'
        ? csv(
            all.batches,
            as.columns.filter(({ field }) => !fields || fields.includes(field)),
            { bom: bom ?? false },
          )
        : ndjson(fields ? pickFieldsOfEach(all.batches, fields) : all.batches);
    const stream = Readable.from(text, { objectMode: false });
    // Also after an error, and when the client disconnects.
    stream.once('close', () => void snapshot.close());
    return stream;
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}

/** What is left of a record that is asked for some of its fields. */
export function pickFields<T>(record: T, fields: readonly string[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(record as object).filter(([name]) => fields.includes(name)),
  ) as Partial<T>;
}

async function* pickFieldsOfEach<T>(
  batches: AsyncIterable<T[]>,
  fields: readonly string[],
): AsyncGenerator<Partial<T>[]> {
  for await (const records of batches) yield records.map((record) => pickFields(record, fields));
}
