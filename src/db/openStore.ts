import { StoreError } from '../domain/errors.ts';
import type { Store, StoreOptions } from './store.ts';
import { refuseUnfinished } from './unfinishedCopy.ts';

/**
 * Opens the store that a URL names, created and migrated if necessary. The one place that knows which
 * engine a URL means; an engine is loaded only when it is used.
 * Throws a StoreError when no engine serves such a URL, when the store cannot be opened, or when it is an unfinished copy.
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  if (url.startsWith('file:')) {
    if (options.readUrl !== undefined)
      throw new StoreError(
        'address',
        'DATABASE_READ_URL is for PostgreSQL: unset it, or name a PostgreSQL database in DATABASE_URL',
      );
    const { openSqliteStore } = await import('./sqlite/store.ts');
    const store = await openSqliteStore(url, options);
    try {
      if (!options.copying) await refuseUnfinished(store.db);
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }
  if (/^postgres(ql)?:/.test(url)) {
    const { openPostgresStore } = await import('./postgres/store.ts');
    return openPostgresStore(url, options);
  }
  throw new StoreError(
    'address',
    `DATABASE_URL "${url.replace(/:[^:@/]*@/, ':…@')}" is neither a file: nor a postgres: URL: give the path of a SQLite file, such as file:./data/attest.db, or the address of a PostgreSQL database, such as postgres://user:password@host/attest`,
  );
}
