import { createConnection } from 'node:net';
import pg from 'pg';
import { StoreError } from '../../domain/errors.ts';
import { currentCaller } from '../caller.ts';
import type { Database } from '../database.ts';
import { FairQueue } from '../fairQueue.ts';
import { type Address, Connection, databaseOver } from './connection.ts';
import { isCancelled, translate } from './errors.ts';

/** Queries of one pool that may wait for a connection; more are refused. */
const MAX_WAITING = 500;
/** Those of one client. */
const MAX_WAITING_OF_CLIENT = 100;

/** Milliseconds in which a query must have ended after it was cancelled. */
const CANCEL_MILLISECONDS = 2_000;
/** The code of the request that cancels a query, where others have the version of the protocol. */
const CANCEL_REQUEST = 80_877_102;

/** What waits for a connection. */
interface Waiting {
  client: string;
  go: () => void;
  stop: (reason: unknown) => void;
}

/**
 * Connections that read, a limited number of them, opened when they are needed. Clients take turns. A query is ended, on the server too,
 * when it takes longer than `milliseconds`, waiting included, or when its client is gone.
 * Queries throw a StoreError when they are too slow, too many wait, or the server cannot be reached; the next one connects again.
 */
export class QueryPool {
  readonly db: Database;
  readonly #address: Address;
  readonly #pool: pg.Pool;
  readonly #limits: { connections: number; milliseconds: number };
  readonly #waiting = new FairQueue<Waiting>();
  /** How many connections are taken for each client, of those that have any. */
  readonly #taken = new Map<string, number>();

  constructor(address: Address, limits: { connections: number; milliseconds: number }) {
    this.#address = address;
    this.#limits = limits;
    // Should this process end while its query runs, the server ends it.
    this.#pool = openPool(address, limits.connections, 2 * limits.milliseconds);
    this.db = databaseOver((text, values) => this.values(text, values));
  }

  async close(): Promise<void> {
    for (const { stop } of this.#waiting.drain())
      stop(new StoreError('lost', `${this.#address.name} is being closed`));
    await this.#pool.end();
  }

  /** The rows of a statement, each as the list of its values. */
  async values(text: string, values: unknown[] = []): Promise<unknown[]> {
    const { gone, deadline = Number.POSITIVE_INFINITY, client = '' } = currentCaller() ?? {};
    const allowed = Math.max(0, Math.min(this.#limits.milliseconds, deadline - performance.now()));
    const ending = new AbortController();
    const slow = new StoreError(
      'slow',
      `a query took longer than ${Math.round(allowed) / 1_000} s and was ended`,
    );
    const timer = setTimeout(() => ending.abort(slow), allowed);
    const leave = (): void => ending.abort(new StoreError('abandoned', 'the client is gone'));
    if (gone?.aborted) leave();
    gone?.addEventListener('abort', leave, { once: true });
    try {
      await this.#place(client, ending.signal);
      const answer = this.#ask(text, values, ending.signal).finally(() => this.#free(client));
      // Should it fail after it was ended, nothing waits for it.
      answer.catch(() => undefined);
      return await Promise.race([answer, aborted(ending.signal)]);
    } finally {
      clearTimeout(timer);
      gone?.removeEventListener('abort', leave);
    }
  }

  /** Waits until there is a connection for one more query. */
  async #place(client: string, ending: AbortSignal): Promise<void> {
    ending.throwIfAborted();
    if (this.#mayHave(client)) {
      this.#take(client);
      return;
    }
    if (this.#waiting.size >= MAX_WAITING || this.#waiting.of(client) >= MAX_WAITING_OF_CLIENT)
      throw new StoreError('crowded', 'too many queries wait already');
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = { client, go: resolve, stop: reject };
      this.#waiting.add(waiting);
      ending.addEventListener('abort', () => {
        if (this.#waiting.remove(waiting)) reject(ending.reason);
      });
    });
  }

  /** Whether a client may have one more connection: where there are several, one client does not get all of them. */
  #mayHave(client: string): boolean {
    const { connections } = this.#limits;
    const taken = [...this.#taken.values()].reduce((sum, each) => sum + each, 0);
    return taken < connections && (this.#taken.get(client) ?? 0) < Math.max(1, connections - 1);
  }

  #take(client: string): void {
    this.#taken.set(client, (this.#taken.get(client) ?? 0) + 1);
  }

  /** Gives the connection of a query to the next one. */
  #free(client: string): void {
    const left = (this.#taken.get(client) ?? 0) - 1;
    if (left > 0) this.#taken.set(client, left);
    else this.#taken.delete(client);
    const next = this.#waiting.take((each) => this.#mayHave(each));
    if (!next) return;
    this.#take(next.client);
    next.go();
  }

  async #ask(text: string, values: unknown[], ending: AbortSignal): Promise<unknown[]> {
    const client = await connect(this.#pool, this.#address);
    let released = false;
    const release = (broken: boolean): void => {
      if (released) return;
      released = true;
      client.release(broken);
    };
    let cancelling: Promise<void> | undefined;
    let patience: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      cancelling = cancelQuery(this.#address, client);
      // A server that does not answer, or cannot be told: its connection is given up, with the query.
      patience = setTimeout(() => release(true), CANCEL_MILLISECONDS);
    };
    try {
      ending.throwIfAborted();
      ending.addEventListener('abort', cancel, { once: true });
      return await new Connection(client, this.#address.name).values(text, values);
    } catch (error) {
      if (error instanceof StoreError && error.code === 'unreachable') release(true);
      throw ending.aborted && isCancelled((error as Error).cause) ? ending.reason : error;
    } finally {
      ending.removeEventListener('abort', cancel);
      // A request to end this query must not meet the next one of its connection.
      await cancelling;
      clearTimeout(patience);
      release(false);
    }
  }
}

/** A pool whose connections, when they are lost, do not end the process. The server ends statements that take longer than a limit. */
export function openPool({ config, pooler }: Address, max: number, milliseconds = 0): pg.Pool {
  // Compiling a plan takes longer than nearly every query; nothing is gained by it. A pooler refuses parameters that it does not know.
  const more = pooler
    ? {}
    : { options: `${config.options ?? ''} -c jit=off -c statement_timeout=${milliseconds}` };
  const pool = new pg.Pool({ ...config, ...more, max, idleTimeoutMillis: 30_000 });
  // The query that runs on it fails, too; a connection that is idle is replaced by the pool.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A connection of a pool. Throws a StoreError. */
export async function connect(pool: pg.Pool, { name }: Address): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw translate(error, name);
  }
}

/**
 * Has the server end the query that runs on a connection: by the protocol's own request, which a pooler passes on to the server that
 * runs it. Resolves when the request has been taken, or after a while.
 */
async function cancelQuery({ config }: Address, client: pg.PoolClient): Promise<void> {
  // Cast: the declaration of the driver lacks what the server said of the connection.
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number };
  const request = Buffer.alloc(16);
  request.writeInt32BE(request.length, 0);
  request.writeInt32BE(CANCEL_REQUEST, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const { host = 'localhost', port = 5432 } = config;
  const socket = host.startsWith('/')
    ? createConnection(`${host}/.s.PGSQL.${port}`)
    : createConnection(Number(port), host);
  socket.setTimeout(CANCEL_MILLISECONDS, () => socket.destroy());
  socket.on('error', () => undefined);
  // The other side ends the connection when it has passed the request on.
  socket.write(request);
  await new Promise((resolve) => socket.once('close', resolve));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
