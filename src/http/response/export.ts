import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Store } from '../../db/store.ts';
import { formats } from '../request/negotiation.ts';
import { csv } from './formats/csv.ts';
import { ndjson } from './formats/ndjson.ts';
import type { Asked, RecordFormats } from './recordFormats.ts';

/** Streams all matches out of one view of the store, announced by their number. */
export async function answerWhole<T, Name extends string>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  { fields, bom }: { fields: readonly string[] | undefined; bom: boolean | undefined },
  list: Asked<T, Name>,
  as: RecordFormats<T>,
  media: string,
): Promise<Readable> {
  const view = await store.snapshot();
  try {
    const whole = await list.all(view.db);
    const kind = media === formats.csv ? 'csv' : 'ndjson';
    const name = `${as.path.slice(as.path.lastIndexOf('/') + 1)}.${kind}`;
    void reply
      .type(`${media}; charset=utf-8`)
      .header('X-Total-Count', whole.total)
      .header('Content-Disposition', `attachment; filename="${name}"`);
    if (request.method === 'HEAD') {
      await view.close();
      return Readable.from([]);
    }
    const text =
      kind === 'csv'
        ? csv(
            whole.pieces,
            as.columns.filter(({ field }) => !fields || fields.includes(field)),
            { bom: bom ?? false },
          )
        : ndjson(fields ? eachTrimmed(whole.pieces, fields) : whole.pieces);
    const stream = Readable.from(text, { objectMode: false });
    // After an error, and when the client leaves, too.
    stream.once('close', () => void view.close());
    return stream;
  } catch (error) {
    await view.close();
    throw error;
  }
}

/** What is left of a record that is asked for some of its fields. */
export function trimmed<T>(record: T, fields: readonly string[]): Partial<T> {
  return Object.fromEntries(
    Object.entries(record as object).filter(([name]) => fields.includes(name)),
  ) as Partial<T>;
}

async function* eachTrimmed<T>(
  pieces: AsyncIterable<T[]>,
  fields: readonly string[],
): AsyncGenerator<Partial<T>[]> {
  for await (const records of pieces) yield records.map((record) => trimmed(record, fields));
}
