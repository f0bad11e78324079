import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Export } from '../../db/lists/paging.ts';
import type { Databases, Snapshot, Store } from '../../db/store.ts';
import { turn } from '../../db/turn.ts';
import { storeVersion } from '../../db/version.ts';
import { StoreError } from '../../domain/errors.ts';
import { baseUrl } from '../request/urls.ts';
import type { ExportFormat, ExportOptions, ListContent } from './formats/format.ts';

/** Loads are rare, and short beside what an export takes. */
const MAX_ATTEMPTS = 5;

/** All matches that a format shows, and what it may need of them besides. */
type Exported<T> = Export<T> & Pick<ListContent, 'changed' | 'outside'>;

/** Streams all matches out of one snapshot of the store; `X-Total-Count` says how many come. */
export async function answerExport<T>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    path,
    title,
    format,
    options,
  }: { path: string; title: string; format: ExportFormat<T>; options: ExportOptions },
  matches: (databases: Databases) => Promise<Exported<T>>,
): Promise<FastifyReply> {
  // Opening a snapshot costs, too; a client that has gone meanwhile needs none.
  await turn();
  if (request.raw.destroyed)
    throw new StoreError('abandoned', 'the connection was closed before the answer was made');
  const { snapshot, result } = await consistently(store, matches);
  const base = baseUrl(request);
  const content = { title, base, urlOf: (id: string) => `${base}${path}/${id}`, ...result };
  try {
    const file = `${path.slice(path.lastIndexOf('/') + 1)}.${format.extension}`;
    void reply
      .type(`${format.mediaType}; charset=utf-8`)
      .header('X-Total-Count', result.total)
      .header('Content-Disposition', `attachment; filename="${file}"`);
    // Also when the client has gone meanwhile: nothing is read for it.
    if (request.method === 'HEAD' || request.raw.destroyed) {
      await snapshot.close();
      return reply.send(Readable.from([]));
    }
    const stream = Readable.from(format.write(result, options, content), { objectMode: false });
    // Also after an error, and when the client disconnects.
    stream.once('close', () => void snapshot.close());
    return reply.send(stream);
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}

/**
 * What `work` makes of a snapshot, and of the workers, which do not read that snapshot: as long as the store has not
 * changed meanwhile, they see the same.
 */
async function consistently<T>(
  store: Store,
  work: (databases: Databases) => Promise<T>,
): Promise<{ snapshot: Snapshot; result: T }> {
  for (let attempt = 1; ; attempt += 1) {
    const snapshot = await store.snapshot();
    try {
      const { id } = await storeVersion(snapshot.db);
      const result = await work({ db: snapshot.db, workers: store.workers });
      if ((await store.version()).id === id) return { snapshot, result };
    } catch (error) {
      await snapshot.close();
      throw error;
    }
    await snapshot.close();
    if (attempt === MAX_ATTEMPTS) throw new StoreError('busy', 'the store changed again and again meanwhile');
  }
}
