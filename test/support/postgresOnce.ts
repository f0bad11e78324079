import { openStore } from '../../src/db/openStore.ts';
import { ask, startPostgres } from './postgres.ts';

/** The database of which each test file gets copies. */
export const TEMPLATE = 'template';

/** Starts one server for all test files, with a store that has been migrated, before the first of them. */
export default async function setUp(): Promise<() => void> {
  const server = await startPostgres();
  await ask(server.urlOf('postgres'), `create database "${TEMPLATE}"`);
  const store = await openStore(server.urlOf(TEMPLATE));
  await store.close();
  process.env.TEST_POSTGRES_URL = server.urlOf('');
  return () => server.remove();
}
