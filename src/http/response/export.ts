import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Export } from '../../db/lists/paging.ts';
import type { Databases, Store } from '../../db/store.ts';
import type { ExportFormat, ExportOptions } from './formats/format.ts';

/** Streams all matches out of one snapshot of the store; `X-Total-Count` says how many come. */
export async function answerExport<T>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  { path, format, options }: { path: string; format: ExportFormat<T>; options: ExportOptions },
  matches: (snapshot: Databases) => Promise<Export<T>>,
): Promise<FastifyReply> {
  const snapshot = await store.snapshot();
  try {
    const { total, batches } = await matches({ db: snapshot.db, workers: snapshot.db });
    const file = `${path.slice(path.lastIndexOf('/') + 1)}.${format.extension}`;
    void reply
      .type(`${format.mediaType}; charset=utf-8`)
      .header('X-Total-Count', total)
      .header('Content-Disposition', `attachment; filename="${file}"`);
    if (request.method === 'HEAD') {
      await snapshot.close();
      return reply.send(Readable.from([]));
    }
    const stream = Readable.from(format.write(batches, options), { objectMode: false });
    // Also after an error, and when the client disconnects.
    stream.once('close', () => void snapshot.close());
    return reply.send(stream);
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}
