import type pg from 'pg';
import { StoreError } from '../../domain/errors.ts';
import { currentCaller } from '../caller.ts';
import type { Snapshot } from '../store.ts';
import { turn } from '../turn.ts';
import { type Address, Connection, databaseOver } from './connection.ts';
import { connect, openPool } from './queryPool.ts';

/** Each snapshot keeps a connection, and old versions of rows in the tables, for as long as a client reads. */
const MAX_SNAPSHOTS = 32;
/** Through a pooler, which has few connections: a snapshot keeps one, and its queries for workers need another. */
const MAX_POOLED_SNAPSHOTS = 4;
/** Those of one client. */
const MAX_SNAPSHOTS_OF_CLIENT = 8;

/** The snapshots that are open: each is a read-only transaction, which sees what was committed when it began. */
export class Snapshots {
  readonly #address: Address;
  readonly #pool: pg.Pool;
  readonly #milliseconds: number;
  readonly #max: number;
  readonly #open: (string | undefined)[] = [];
  readonly #closing = new Set<() => void>();

  constructor(address: Address, milliseconds: number) {
    this.#address = address;
    this.#milliseconds = milliseconds;
    this.#max = address.pooler ? MAX_POOLED_SNAPSHOTS : MAX_SNAPSHOTS;
    this.#pool = openPool(address, this.#max);
  }

  /** Opens one. Throws a StoreError when too many are open, of all clients or of the one that this is for. */
  async open(): Promise<Snapshot> {
    const client = currentCaller()?.client;
    const ofClient = client === undefined ? 0 : this.#open.filter((each) => each === client).length;
    if (this.#open.length >= this.#max || ofClient >= MAX_SNAPSHOTS_OF_CLIENT)
      throw new StoreError(
        'crowded',
        `${this.#open.length} snapshots of ${this.#address.name} are open already`,
      );
    this.#open.push(client);
    try {
      return await this.#begin(client);
    } catch (error) {
      this.#forget(client);
      throw error;
    }
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    for (const end of this.#closing) end();
    await this.#pool.end();
  }

  async #begin(client: string | undefined): Promise<Snapshot> {
    const connected = await connect(this.#pool, this.#address);
    // The driver's limit ends a query that the server, stopped or cut off, does not end.
    const connection = new Connection(connected, this.#address.name, 2 * this.#milliseconds);
    try {
      await connection.exec('begin isolation level repeatable read read only');
      await connection.exec(`set local statement_timeout = ${this.#milliseconds}`);
      // The first query decides what the transaction sees.
      await connection.exec('select 1');
    } catch (error) {
      connected.release(true);
      throw error;
    }
    let isOpen = true;
    const end = (broken: boolean): void => {
      isOpen = false;
      this.#forget(client);
      this.#closing.delete(abort);
      connected.release(broken);
    };
    const abort = (): void => end(true);
    this.#closing.add(abort);
    return {
      db: databaseOver(async (text, values) => {
        await turn();
        if (!isOpen) throw new StoreError('abandoned', `the snapshot of ${this.#address.name} was closed`);
        return connection.values(text, values);
      }),
      close: async () => {
        if (!isOpen) return;
        isOpen = false;
        const isBroken = await connection.exec('rollback').then(
          () => false,
          () => true,
        );
        if (this.#closing.has(abort)) end(isBroken);
      },
    };
  }

  #forget(client: string | undefined): void {
    this.#open.splice(this.#open.indexOf(client), 1);
  }
}
