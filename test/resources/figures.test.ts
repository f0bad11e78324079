import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cite, claim, event, position, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(
    world({
      events: [
        event('fighting', {
          date: '2025-07-24/2025-07-28',
          topics: ['security'],
          figures: [
            {
              measure: 'killed',
              value: 43,
              unit: 'people',
              of: 'deaths on both sides',
              citations: [cite('daily')],
            },
            {
              measure: 'displaced',
              low: 300000,
              unit: 'people',
              approximate: true,
              of: 'people who fled',
              citations: [cite('weekly', { start: 3 })],
            },
          ],
        }),
      ],
      claims: [
        claim('losses', {
          about: ['freedonia'],
          positions: [position('bob', { since: '2024-02' })],
          figures: [
            {
              measure: 'lost',
              low: 1e9,
              high: 2e9,
              unit: 'USD',
              of: 'money lost',
              citations: [cite('weekly')],
            },
          ],
        }),
      ],
    }),
  );
});
afterAll(() => server.close());

async function listed(query: string): Promise<string[]> {
  const { status, body } = await server.get(`/v1/figures?${query}`);
  expect(status).toBe(200);
  return body.items.map(({ measure }: { measure: string }) => measure);
}

test('a figure is whole, in the list and in its record', async () => {
  const figure = {
    measure: 'displaced',
    value: null,
    low: 300000,
    high: null,
    unit: 'people',
    approximate: true,
    of: 'people who fled',
    citations: [expect.objectContaining({ start: 3 })],
  };
  const { items } = (await server.get('/v1/figures?measure=displaced')).body;
  expect(items).toEqual([
    {
      ...figure,
      event: { id: 'fighting', title: 'Title of fighting' },
      claim: null,
      date: {
        edtf: '2025-07-24/2025-07-28',
        earliest: '2025-07-24',
        latest: '2025-07-28',
        period: true,
        approximate: false,
      },
    },
  ]);
  const { figures } = (await server.get('/v1/events/fighting')).body;
  expect(figures).toEqual([expect.objectContaining({ measure: 'killed', value: 43 }), figure]);
  const { figures: ofClaim } = (await server.get('/v1/claims/losses')).body;
  expect(ofClaim).toEqual([expect.objectContaining({ measure: 'lost', low: 1e9, high: 2e9, unit: 'USD' })]);
});

test.each([
  ['', ['displaced', 'killed', 'lost']],
  ['sort=date', ['lost', 'displaced', 'killed']],
  ['measure=killed,lost', ['killed', 'lost']],
  ['unit=USD', ['lost']],
  ['topic=security', ['displaced', 'killed']],
  ['actor=alice', ['displaced', 'killed']],
  ['actor=bob', ['lost']],
  ['about=freedonia', ['lost']],
  ['source=weekly', ['displaced', 'lost']],
  ['publisher=daily-press', ['killed']],
  ['from=2025&to=2025', ['displaced', 'killed']],
  ['to=2024', ['lost']],
  ['q=fighting', ['displaced', 'killed']],
  // The event itself is cited only from an article of 2025.
  ['asOf=2024-12', []],
])('%s', async (query, expected) => {
  expect((await listed(query)).sort()).toEqual([...expected].sort());
});

test('the newest come first', async () => {
  expect((await listed('')).at(-1)).toBe('lost');
  expect((await listed('sort=date'))[0]).toBe('lost');
});

test('counted by measure, unit and source; as a table', async () => {
  const { facets } = (await server.get('/v1/figures?facets=unit,source')).body;
  expect(facets.unit.groups[0]).toEqual({ value: 'people', label: null, count: 2 });
  expect(facets.source.groups[0]).toMatchObject({ value: 'weekly', count: 2 });
  const { body } = await server.app.inject('/v1/figures?format=csv&measure=lost');
  expect(body.split('\r\n')).toEqual([
    'measure,value,low,high,unit,approximate,of,event,claim,date,citations,citationsJson',
    'lost,,1000000000,2000000000,USD,false,money lost,,losses,,weekly:0-10,"[{""source"":""weekly"",""start"":0,""end"":10,""phrase"":null,""passage"":null}]"',
    '',
  ]);
});

test('events and claims by what is counted of them', async () => {
  const ids = async (path: string) => (await server.get(path)).body.items.map(({ id }: { id: string }) => id);
  expect(await ids('/v1/events?measure=killed')).toEqual(['fighting']);
  expect(await ids('/v1/events?measure=lost')).toEqual([]);
  expect(await ids('/v1/claims?measure=lost')).toEqual(['losses']);
});

describe('a figure that cannot be is refused', () => {
  test.each([
    [{ measure: 'killed', unit: 'people' }, 'must have either `value`'],
    [{ measure: 'killed', value: 1, low: 1, unit: 'people' }, 'must have either `value`'],
    [{ measure: 'killed', low: 3, high: 2, unit: 'people' }, '`low` must be less than `high`'],
    [{ measure: 'killed', value: 1, unit: 'soldiers' }, 'killed is counted in people'],
    [{ measure: 'share', value: 1, unit: 'percent' }, 'share is given in %'],
    [{ measure: 'duration', value: 1, unit: 'decade' }, 'a duration is given in'],
    [{ measure: 'lost', value: 1, unit: 'XQQ' }, 'is no ISO 4217 code'],
  ])('%j', async (figure, message) => {
    const figures = [{ ...figure, of: 'x', citations: [cite('daily')] } as never];
    await expect(server.load(world({ events: [event('e', { figures })] }))).rejects.toThrow(message);
  });
});
