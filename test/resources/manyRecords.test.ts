import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tables } from '../../src/db/tables.ts';
import { cite, claim, event, statement, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

// A publisher with more sources, a state with more bodies and a topic with more below it than a statement may have parameters.

const MANY = 70_000;
const { actors, sources, topics } = tables;
/** Of each table, the record that the many are copies of. */
const COPIED = [
  [actors, 'freedonia-army'],
  [sources, 'daily'],
  [topics, 'tariffs'],
] as const;

let server: TestApp;
beforeAll(async () => {
  const participants = [{ actor: 'freedonia-army', role: 'participant' as const }];
  const figures = [
    {
      measure: 'killed' as const,
      value: 7,
      unit: 'people' as const,
      of: 'people',
      citations: [cite('daily')],
    },
  ];
  const topicsOfAll = ['tariffs'];
  server = await startApp(
    world({
      events: [event('reported', { participants, topics: topicsOfAll, figures }), event('other')],
      statements: [statement('said', { speaker: 'freedonia-army', topics: topicsOfAll })],
      claims: [claim('claimed', { topics: topicsOfAll })],
    }),
  );
  await server.store.transaction(async (tx) => {
    for (const [table, copied] of COPIED) {
      const columns: SQL[] = Object.entries(getTableColumns(table)).map(([name, column]) =>
        name === 'id' ? sql`'many-' || n.i` : sql`${column}`,
      );
      await tx
        .insert(table)
        .select(
          sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY}) select ${sql.join(columns, sql`, `)} from ${table}, n where ${eq(table.id, copied)}`,
        );
    }
  });
});
// They have no documents, which `close` would fault.
afterAll(() => server.discard());

test.each([
  ['/v1/events?publisher=daily-press', 2],
  ['/v1/events?publisher=daily-press&asOf=2025-12', 2],
  ['/v1/events?publisher=daily-press&q=title', 2],
  ['/v1/events?publisher=daily-press&source=daily', 2],
  ['/v1/events?publisher=weekly-press', 0],
  ['/v1/events?actor=freedonia&role=participant', 1],
  ['/v1/events?actor=freedonia&asOf=2025-12', 1],
  ['/v1/events?topic=trade&asOf=2025-12', 2],
  ['/v1/events?topic=tariffs&asOf=2025-12', 1],
  ['/v1/statements?publisher=daily-press', 1],
  ['/v1/statements?actor=freedonia&topic=trade', 1],
  ['/v1/claims?publisher=daily-press', 1],
  ['/v1/claims?publisher=daily-press&standing=disputed', 0],
  ['/v1/claims?actor=freedonia', 0],
  ['/v1/claims?topic=trade', 1],
  ['/v1/figures?publisher=daily-press', 1],
  ['/v1/figures?actor=freedonia&topic=trade', 1],
  ['/v1/actors/freedonia/positions?topic=trade', 0],
  ['/v1/actors?parent=freedonia&name=ministry', 1],
])('%s finds %d', async (path, total) => {
  const { status, body } = await server.get(`${path}&count=true`);
  expect([status, body.items?.length, body.total]).toEqual([200, total, total]);
});

test.each([
  '/v1/timeline?publisher=daily-press',
  '/v1/timeline?of=statements&publisher=daily-press&interval=year',
])('%s counts', async (path) => {
  const { status, body } = await server.get(path);
  expect([status, body.total]).toEqual([200, path.includes('statements') ? 1 : 2]);
});

test('a graph of the actors of a state', async () => {
  const { status, body } = await server.get('/v1/graph?actor=freedonia&publisher=daily-press');
  expect([status, body.nodes?.length]).toEqual([200, 0]);
});
