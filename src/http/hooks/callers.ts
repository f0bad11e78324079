import { setMaxListeners } from 'node:events';
import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { runFor } from '../../db/caller.ts';

/** Makes the queries of each request count as its client's, end with its connection, and be due in time. */
export function registerCallers(app: FastifyInstance, milliseconds: number): void {
  app.addHook('onRequest', (request, reply, done) => {
    const gone = new AbortController();
    // An answer may take any number of queries at once.
    setMaxListeners(0, gone.signal);
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) gone.abort();
    });
    const deadline = performance.now() + milliseconds;
    runFor({ client: clientOf(request.ip), gone: gone.signal, deadline }, done);
  });
}

/** What counts as one client: an IPv4 address, or the 64 leading bits of an IPv6 address, which one host can change freely below. */
export function clientOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  return [...groups, ...Array<string>(missing).fill('0'), ...(tail?.split(':') ?? [])].slice(0, 4).join(':');
}
