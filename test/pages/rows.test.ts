import { afterAll, beforeAll, expect, test } from 'vitest';
import { claim, event, statement, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

// How dates, places and filters are written on pages.

const DATES = [
  ['year', '2018/2018', '2018'],
  ['days', '2025-11-10/2025-11-13', '10 Nov – 13 Nov 2025'],
  ['one-of', '[2025-10-26..2025-11-19]', '26 Oct – 19 Nov 2025'],
  ['years', '2024-12-30/2025-01-02', '30 Dec 2024 – 2 Jan 2025'],
  ['months', '2024-01/2024-03', 'Jan – Mar 2024'],
  ['until', '../2025-11-13', 'to 13 Nov 2025'],
  ['later', '[2025-11-19..]', '19 Nov 2025 or later'],
] as const;

let server: TestApp;
beforeAll(async () => {
  server = await startApp(
    world({
      events: [
        ...DATES.map(([id, date]) => event(id, { date })),
        event('promise', { date: '2024-05-01', status: 'planned', title: 'A promise' }),
        event('kept', {
          date: '2024-06-04',
          title: 'What was promised',
          place: { name: 'Phnom Penh', country: 'KH' },
          links: [{ event: 'promise', relation: 'fulfils', basis: 'inferred' }],
        }),
      ],
      statements: [statement('said', { occasion: 'kept' })],
      claims: [claim('claimed', { event: 'kept' })],
    }),
  );
});
afterAll(() => server.close());

async function textOf(path: string): Promise<string> {
  const { body, statusCode } = await server.app.inject({ url: path, headers: { accept: 'text/html' } });
  expect(statusCode).toBe(200);
  return body.replace(/<(?!\/?main)[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

test.each(DATES)('the date of the event "%s", %s, is "%s" in a list', async (id, _edtf, text) => {
  expect(await textOf('/events')).toContain(` ${text} Title of ${id} `);
});

test('beside the name of another event is its day', async () => {
  expect(await textOf('/events/promise')).toContain('Kept by What was promised 4 Jun 2024');
  expect(await textOf('/statements/said')).toContain('Occasion What was promised 4 Jun 2024');
  expect(await textOf('/claims/claimed')).toContain('Event What was promised 4 Jun 2024');
  expect(await textOf('/events')).toContain('kept by What was promised 4 Jun 2024');
  expect(await textOf('/')).toContain('kept by What was promised 4 Jun 2024');
});

test('a place is where something happened, and a country has its name', async () => {
  const text = await textOf('/events?country=KH&q=promised');
  expect(text).toContain('in Phnom Penh');
  expect(text).toContain('Country: Cambodia');
  expect(text).toContain('Words: promised');
  expect(text).toContain('All that have a date: June 2024.');
});

test('the map says what its shades mean', async () => {
  expect(await textOf('/map')).not.toContain('Events in a country:');
  const hanoi = ['a', 'b', 'c'].map((id) => event(id, { place: { name: 'Hanoi', country: 'VN' } }));
  const other = await startApp(
    world({ events: [...hanoi, event('d', { place: { name: 'Phnom Penh', country: 'KH' } })] }),
  );
  const { body } = await other.app.inject({ url: '/map', headers: { accept: 'text/html' } });
  const legend = /Events in a country:(.*?)<\/p>/s.exec(body)?.[1] ?? '';
  expect([...legend.matchAll(/>([^<]+)</g)].map(([, text]) => text).filter((text) => text?.trim())).toEqual([
    '1',
    '3',
  ]);
  await other.close();
});
