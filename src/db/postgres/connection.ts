import { DrizzleQueryError } from 'drizzle-orm/errors';
import { PgDialect, type PreparedQueryConfig } from 'drizzle-orm/pg-core';
import { PgRemoteDatabase, PgRemoteSession, type PreparedQuery } from 'drizzle-orm/pg-proxy';
import pg from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';
import { StoreError } from '../../domain/errors.ts';
import type { Database, RunStatement } from '../database.ts';
import { postgres } from './engine.ts';
import { translate } from './errors.ts';

/** Milliseconds in which a server must accept a connection. */
const CONNECT_MILLISECONDS = 5_000;

/** Where a database is, and how it is called in messages: without the password. */
export interface Address {
  config: pg.ClientConfig;
  name: string;
  /** Whether a pooler such as PgBouncer is between: it gives each transaction another connection, and knows few parameters. */
  pooler: boolean;
}

/** Numbers that are wider than PostgreSQL's integer, which come as text unless the driver is told how to read them: bigint and numeric. */
const NUMBERS: ReadonlySet<number> = new Set([20, 1700]);
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (NUMBERS.has(oid) ? Number : pg.types.getTypeParser(oid, format)),
};

/**
 * Reads a `postgres:` URL; `sslmode` and `sslrootcert` mean what they mean to PostgreSQL's own programs, and `pgbouncer=true` says
 * that a pooler is between.
 * Throws a StoreError when it names no database.
 */
export function addressOf(url: string): Address {
  let config: pg.ClientConfig;
  let pooler = false;
  try {
    const compatible = new URL(url);
    if (!compatible.searchParams.has('uselibpqcompat')) compatible.searchParams.set('uselibpqcompat', 'true');
    pooler = compatible.searchParams.get('pgbouncer') === 'true';
    compatible.searchParams.delete('pgbouncer');
    config = toClientConfig(parse(compatible.href));
  } catch (error) {
    throw new StoreError(
      'address',
      `DATABASE_URL is no address of a PostgreSQL database (${(error as Error).message}): write postgres://USER:PASSWORD@HOST:PORT/DATABASE`,
      { cause: error },
    );
  }
  if (!config.database)
    throw new StoreError('address', 'DATABASE_URL names no database: write postgres://HOST:PORT/DATABASE');
  const name = `postgres://${config.host ?? 'localhost'}:${config.port ?? 5432}/${config.database}`;
  return {
    name,
    pooler,
    config: {
      ...config,
      types,
      application_name: 'attest',
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
      keepAlive: true,
    },
  };
}

type Session = PgRemoteSession<Record<string, never>, Record<string, never>>;

/** Runs the statements of Drizzle's builders, and throws what they throw without Drizzle's error around it. */
class StatementSession extends PgRemoteSession<Record<string, never>, Record<string, never>> {
  override prepareQuery<T extends PreparedQueryConfig>(
    ...query: Parameters<Session['prepareQuery']>
  ): ReturnType<Session['prepareQuery']> & PreparedQuery<T> {
    // Cast: the result is as the caller says, which the base class does not check either.
    const prepared = super.prepareQuery(...query) as PreparedQuery<T>;
    const execute = prepared.execute.bind(prepared);
    return Object.assign(prepared, {
      async execute(values?: Record<string, unknown>) {
        try {
          return await execute(values);
        } catch (error) {
          throw error instanceof DrizzleQueryError ? error.cause : error;
        }
      },
    });
  }
}

/** A database whose statements `run` runs. */
export function databaseOver(run: RunStatement): Database {
  const dialect = new PgDialect();
  const session = new StatementSession(
    async (text, values) => ({ rows: await run(text, values) }),
    dialect,
    undefined,
  );
  return Object.assign(new PgRemoteDatabase(dialect, session, undefined), { engine: postgres, run });
}

/**
 * One connection to a server. The one place where PostgreSQL's errors become StoreErrors: every method throws a
 * StoreError for what is wrong with the store.
 */
export class Connection {
  readonly client: pg.ClientBase;
  readonly #name: string;
  readonly #milliseconds: number | undefined;

  /** With `milliseconds`, each statement fails when the server has not answered by then. */
  constructor(client: pg.ClientBase, name: string, milliseconds?: number) {
    this.client = client;
    this.#name = name;
    this.#milliseconds = milliseconds;
  }

  /** The rows of a statement, each as the list of its values. */
  async values(text: string, values: unknown[] = []): Promise<unknown[]> {
    try {
      const { rows } = await this.client.query({
        text,
        values: values.map(storable),
        rowMode: 'array',
        ...(this.#milliseconds === undefined ? {} : { query_timeout: this.#milliseconds }),
      });
      return rows;
    } catch (error) {
      throw translate(error, this.#name);
    }
  }

  /** Runs statements without parameters. */
  async exec(text: string): Promise<void> {
    try {
      await this.client.query(text);
    } catch (error) {
      throw translate(error, this.#name);
    }
  }
}

/** A value as PostgreSQL can have it: no text has a NUL, so one that is asked for is given as a character that no text has either. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{10ffff}') : value;
}
