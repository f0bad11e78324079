import { ask, startPostgres } from './postgres.ts';
import { makeStore } from './store.ts';

/** Starts one server for all test files, with the stores of which each of them gets copies (`openTestStore`), before the first of them. */
export default async function setUp(): Promise<() => void> {
  const server = await startPostgres();
  for (const contents of ['empty', 'bundled'] as const) {
    await ask(server.urlOf('postgres'), `create database "${contents}"`);
    await makeStore(contents, server.urlOf(contents));
  }
  process.env.TEST_POSTGRES_URL = server.urlOf('');
  return () => server.remove();
}
