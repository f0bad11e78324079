import SQLite from 'better-sqlite3';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { Statements } from '../../src/db/sqlite/file.ts';
import { startApp, type TestApp } from '../support/store.ts';

// How SQLite reads a page of events, newest first, under each filter and common pairs: it scans no table that grows with the
// events, and sorts no more than a page. A store has no statistics, so the plans follow from its tables and indexes alone:
// those of the bundled dataset are those of a million events.

interface Parameter {
  name: string;
  schema: { items?: { examples?: string[] }; enum?: string[]; examples?: string[] };
}

/** What some parameters cannot be without. */
const COMPANIONS: Record<string, string> = {
  role: 'actor=united-states&',
  actorScope: 'actor=united-states&',
};
/** Parameters that select no events, but say how they are answered. */
const ANSWER = new Set(['limit', 'cursor', 'count', 'fields', 'facets', 'format', 'bom', 'sort']);
/**
 * Filters of which all matches may be sorted: few events have links, figures or differing reports, and full text and `asOf` are read by the
 * workers.
 */
const SORTED = new Set(['linkedTo', 'relation', 'disputed', 'measure', 'q', 'asOf']);
const LARGE = [
  'events',
  'eventParticipants',
  'eventTopics',
  'eventKeys',
  'citations',
  'figures',
  'searchDocuments',
  'documents',
  'changes',
];

let server: TestApp;
let app: FastifyInstance;
let file: SQLite.Database;
let parameters: Parameter[];
beforeAll(async () => {
  server = await startApp('bundled');
  // What worker processes would run is run here, where it can be seen.
  const store = { ...server.store, workers: server.store.db };
  app = await buildApp({ store, logLevel: 'silent', maxEventLoopDelay: 0 });
  file = new SQLite(server.url.replace('file:', ''), { readonly: true });
  parameters = (await server.get('/openapi.json')).body.paths['/v1/events'].get.parameters;
});
afterAll(async () => {
  file.close();
  await app.close();
  await server.close();
});

/** The steps of the plans of all statements that a request runs. */
async function stepsOf(url: string): Promise<string[]> {
  const run = vi.spyOn(Statements.prototype, 'rowsOf');
  const response = await app.inject(url);
  const statements = run.mock.calls.map(([sql, values]) => ({ sql, values }));
  run.mockRestore();
  expect([url, response.statusCode]).toEqual([url, 200]);
  return statements.flatMap(({ sql, values }) =>
    file
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...values)
      .map(({ detail }) => detail),
  );
}

/** The steps that cost more the more events there are. */
function costly(steps: readonly string[], mayScan: RegExp = /^eventsByDay/): string[] {
  return steps.filter((step) => {
    const [, table = '', index = ''] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(step) ?? [];
    return LARGE.includes(table) ? !mayScan.test(index) : step.includes('TEMP B-TREE FOR ORDER BY');
  });
}

const exampleOf = ({ schema }: Parameter): string =>
  schema.items?.examples?.[0] ?? schema.enum?.[0] ?? schema.examples?.[0] ?? 'true';

test('without a filter, and deep in the list', async () => {
  expect(costly(await stepsOf('/v1/events?limit=20'))).toEqual([]);
  const { next } = (await app.inject('/v1/events?limit=20')).json();
  expect(costly(await stepsOf(`/v1/events?limit=20&cursor=${next}`))).toEqual([]);
});

test('under each filter', async () => {
  const filters = parameters.filter(({ name }) => !ANSWER.has(name));
  expect(filters.length).toBeGreaterThan(15);
  for (const filter of filters) {
    const { name } = filter;
    const query = `${COMPANIONS[name] ?? ''}${name}=${encodeURIComponent(name === 'asOf' ? '2025-12' : exampleOf(filter))}`;
    const steps = await stepsOf(`/v1/events?limit=20&${query}`);
    const faults = costly(steps).filter((step) => !(SORTED.has(name) && step.startsWith('USE TEMP')));
    expect([query, faults]).toEqual([query, []]);
  }
});

describe('under pairs of filters', () => {
  const actor = 'actor=united-states';
  test.each([
    [`${actor}&actor=cambodia`],
    [`${actor}&from=2024-02&to=2025-11`],
    [`${actor}&topic=arms-embargo`],
    [`${actor}&source=dw-2025-11-13`],
    [`${actor}&publisher=dw`],
    [`${actor}&type=CONSULT`],
    [`${actor}&status=occurred&country=MY`],
    [`${actor}&role=initiator&from=2024`],
    [`${actor}&actorScope=direct&dataset=cambodia-us`],
    ['topic=security&from=2024&status=occurred'],
    ['topic=security&publisher=khmer-times'],
    ['type=CONSULT&status=occurred'],
    ['type=CONSULT&dataset=cambodia-us&from=2024'],
    ['country=KH&from=2024&to=2025'],
  ])('%s', async (query) => {
    expect(costly(await stepsOf(`/v1/events?limit=20&${query}`))).toEqual([]);
    const { next } = (await app.inject(`/v1/events?limit=2&${query}`)).json();
    if (next) expect(costly(await stepsOf(`/v1/events?limit=2&${query}&cursor=${next}`))).toEqual([]);
  });
});

test('a record by its id, and ids that do not exist', async () => {
  expect(costly(await stepsOf('/v1/events/arms-embargo-lifted-2025'))).toEqual([]);
});
