import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { check } from '@placemarkio/check-geojson';
import { parse } from 'csv-parse/sync';
import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import jsonld from 'jsonld';
import Parser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDocuments } from '../../src/db/documents.ts';
import { BATCH_SIZE } from '../../src/db/lists/paging.ts';
import { tables } from '../../src/db/tables.ts';
import { csv } from '../../src/http/response/formats/csv.ts';
import { actor, cite, claim, event, position, statement, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;
let bundled: TestApp;

const long = `Ceasefire — “${'é'.repeat(60)}”, signed; \\ and\nbroken\nlines`;

beforeAll(async () => {
  server = await startApp(
    world({
      actors: [
        actor('mallory', { name: '=HYPERLINK("http://evil")', description: '+1 "quoted", and, commas' }),
      ],
      events: [
        event('summit', {
          title: '=cmd|calc',
          summary: long,
          type: 'CONSULT',
          date: '2025-06-15',
          place: { name: '@Quay', country: 'XF', latitude: -1.5, longitude: 102.25 },
          participants: [
            { actor: 'alice', role: 'participant', onBehalfOf: 'freedonia' },
            { actor: 'bob', role: 'host' },
          ],
          topics: ['tariffs', 'security'],
        }),
        event('month', { title: '-title', date: '2025-02/2025-02', status: 'planned' }),
        event('open', { title: 'A < B & "C"', date: '2025-03/..', status: 'cancelled' }),
        event('zero', { date: '2024-12-31', place: { name: 'Null', latitude: 0, longitude: 0 } }),
      ],
      statements: [
        statement('quoted', {
          form: 'quote',
          gist: 'Less <tariff> & more',
          about: ['bob'],
          occasion: 'summit',
        }),
        statement('told', { said: '../2025-01' }),
      ],
      claims: [
        claim('grows', {
          event: 'summit',
          contradicts: ['shrinks'],
          positions: [position('alice'), position('bob', { stance: 'denies' })],
        }),
        claim('shrinks', { positions: [position('bob', { citations: [cite('daily'), cite('weekly')] })] }),
      ],
    }),
  );
  bundled = await startApp('bundled');
});
afterAll(async () => {
  await server.close();
  await bundled.close();
});

async function text(path: string, accept?: string, from = server) {
  const { statusCode, headers, body, rawPayload } = await from.app.inject({
    method: 'GET',
    url: path,
    headers: accept === undefined ? {} : { accept },
  });
  expect([path, statusCode, statusCode === 200 ? '' : body]).toEqual([path, 200, '']);
  return { headers, body, bytes: rawPayload };
}

const table = (body: string): Record<string, string>[] =>
  parse(body, { columns: true, bom: true, relax_quotes: false, record_delimiter: '\r\n' });

describe('CSV', () => {
  test('is flat, and safe to open in a spreadsheet', async () => {
    const { headers, body } = await text('/v1/events?format=csv&sort=id');
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'x-total-count': '4',
      'content-disposition': 'attachment; filename="events.csv"',
    });
    const rows = table(body);
    expect(rows).toHaveLength(4);
    expect(rows.find(({ id }) => id === 'summit')).toEqual({
      id: 'summit',
      dataset: 'world',
      title: "'=cmd|calc",
      summary: long,
      type: 'CONSULT',
      mode: '',
      status: 'occurred',
      date: '2025-06-15',
      earliest: '2025-06-15',
      latest: '2025-06-15',
      period: 'false',
      approximate: 'false',
      place: "'@Quay",
      country: 'XF',
      // A number is no formula, whatever its sign.
      latitude: '-1.5',
      longitude: '102.25',
      participants: 'alice:participant:freedonia;bob:host',
      topics: 'tariffs;security',
      links: '',
      figures: '',
      citations: 'daily:0-10',
      citationsJson: '[{"source":"daily","start":0,"end":10,"phrase":null,"passage":null}]',
    });
    expect(rows.find(({ id }) => id === 'month')).toMatchObject({ title: "'-title" });
    expect(rows.find(({ id }) => id === 'zero')).toMatchObject({ latitude: '0', longitude: '0' });
    const [mallory] = table((await text('/v1/actors?name=hyperlink&format=csv')).body);
    expect(mallory).toMatchObject({
      name: '\'=HYPERLINK("http://evil")',
      description: '\'+1 "quoted", and, commas',
    });
  });

  test.each(['=', '+', '-', '@', '\t', '\r'])('a text that begins with %j is no formula', async (first) => {
    const matches = {
      async *records() {
        yield [{ id: `${first}1+1` }];
      },
      async *json() {},
    };
    const columns = [
      { name: 'id', field: 'id', description: '', value: ({ id }: { id: string }) => id },
    ] as const;
    let body = '';
    const content = { title: '', base: '', urlOf: () => '', changed: async () => new Map(), outside: 0 };
    const options = { fields: undefined, bom: false };
    for await (const piece of csv('Table', columns).write(matches, options, content)) body += piece;
    expect(table(body)).toEqual([{ id: `'${first}1+1` }]);
  });

  test('begins with a byte order mark only when asked', async () => {
    const plain = await text('/v1/events?format=csv');
    const marked = await text('/v1/events?format=csv&bom=true');
    expect([...marked.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(marked.body.slice(1)).toBe(plain.body);
    expect((await text('/v1/events?format=csv&bom=false')).body).toBe(plain.body);
  });

  test('of nothing is a header, and fields leave columns out', async () => {
    const { headers, body } = await text('/v1/events?format=csv&fields=id,date&type=AID');
    expect(headers['x-total-count']).toBe('0');
    expect(body).toBe('id,date,earliest,latest,period,approximate\r\n');
  });

  test('the columns are those the document names, for every resource', async () => {
    const document = (await server.get('/openapi.json')).body;
    for (const list of ['events', 'statements', 'claims', 'actors', 'sources']) {
      const { body } = await text(`/v1/${list}?format=csv`, undefined, bundled);
      const [header] = parse(body, { to: 1 }) as string[][];
      const reference = document.paths[`/v1/${list}`].get.responses['200'].content['text/csv'].schema.$ref;
      const { description } = document.components.schemas[reference.split('/').at(-1)];
      expect([...description.matchAll(/^- `(\w+)`: /gm)].map((match) => match[1])).toEqual(header);
      // As many records as the pages have, in the same order.
      const { body: page } = await bundled.get(`/v1/${list}?limit=200&count=true`);
      const rows = table(body);
      expect(rows).toHaveLength(page.total);
      expect(rows.slice(0, 200).map(({ id }) => id)).toEqual(
        page.items.map((item: { id: string }) => item.id),
      );
    }
  });
});

describe('characters that trouble readers', () => {
  const title = 'Line\u2028and\u2029paragraph';
  let odd: TestApp;
  beforeAll(async () => {
    odd = await startApp(
      world({
        actors: [
          actor('names', {
            aliases: [
              { name: 'A;B\\C', sources: ['daily'] },
              { name: 'D', sources: ['daily'] },
            ],
          }),
        ],
        events: [
          event('far', { title, date: '9999-12-31', place: { name: 'Quay', latitude: 1, longitude: 2 } }),
          event('near', { title, date: '0001-01-01' }),
        ],
      }),
    );
  });
  afterAll(() => odd.close());

  test('NDJSON escapes what some take for the end of a line', async () => {
    const { body } = await text('/v1/events?format=ndjson', undefined, odd);
    expect(body).not.toMatch(/[\u2028\u2029]/);
    expect(
      body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).title),
    ).toEqual([title, title]);
  });

  test('values of one cell can be split, whatever they contain', async () => {
    const { body } = await text('/v1/actors?format=csv', undefined, odd);
    const names = table(body).find(({ id }) => id === 'names');
    expect(names?.aliases).toBe('A\\;B\\\\C;D');
    const split = (names?.aliases?.match(/(?:[^;\\]|\\.)+/g) ?? []).map((each) =>
      each.replace(/\\(.)/g, '$1'),
    );
    expect(split).toEqual(['A;B\\C', 'D']);
  });

  test('a calendar has no day that four digits cannot write', async () => {
    const { body } = await text('/v1/events?format=icalendar', undefined, odd);
    ICAL.parse(body);
    expect(body.match(/^DT(START|END).*$/gm)?.sort()).toEqual([
      'DTEND;VALUE=DATE:00010102',
      'DTSTART;VALUE=DATE:00010101',
      'DTSTART;VALUE=DATE:99991231',
    ]);
  });
});

describe('NDJSON', () => {
  test('holds every record as in the list', async () => {
    for (const list of ['events', 'statements', 'claims', 'actors', 'sources']) {
      const { headers, body } = await text(`/v1/${list}?format=ndjson`, undefined, bundled);
      expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
      const records = body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const { body: page } = await bundled.get(`/v1/${list}?limit=200`);
      expect(records.slice(0, 200)).toEqual(page.items);
      expect(String(records.length)).toBe(headers['x-total-count']);
    }
  });

  test('takes filters, order and fields', async () => {
    const { body } = await text('/v1/events?format=ndjson&sort=date&fields=id&from=2025&q=title');
    expect(body).toBe('{"id":"month"}\n');
    expect((await text('/v1/events?format=ndjson&type=AID')).body).toBe('');
  });
});

describe('a whole download', () => {
  const COUNT = 3 * BATCH_SIZE + 7;
  let large: TestApp;
  let base: string;
  beforeAll(async () => {
    large = await startApp(
      world({
        events: Array.from({ length: COUNT }, (_, index) =>
          event(`e-${String(index).padStart(5, '0')}`, {
            date: `2025-06-${String(1 + (index % 28)).padStart(2, '0')}`,
            title: index % 2 ? 'odd' : 'even',
          }),
        ),
      }),
    );
    await large.app.listen({ host: '127.0.0.1', port: 0 });
    base = `http://127.0.0.1:${(large.app.server.address() as AddressInfo).port}`;
  });
  afterAll(() => large.close());

  /** Reads an answer from the socket; `first` runs when its first bytes are there. */
  function download(path: string, first: () => Promise<unknown> = async () => {}) {
    return new Promise<{ total: number; lines: string[]; complete: boolean }>((resolve, reject) => {
      http
        .get(`${base}${path}`, (response) => {
          let body = '';
          const total = Number(response.headers['x-total-count']);
          const done = (complete: boolean) =>
            resolve({ total, lines: body.split('\n').filter((line) => line !== ''), complete });
          response.once('readable', () => {
            void first().then(() => {
              response.setEncoding('utf8');
              response.on('data', (chunk) => {
                body += chunk;
              });
              response.on('end', () => done(response.complete));
              response.on('error', () => done(false));
            }, reject);
          });
        })
        .on('error', reject);
    });
  }

  test.each(['sort=date', 'sort=-date', 'sort=id', 'q=odd&sort=relevance'])(
    'has every record once, in order, over several pieces: %s',
    async (query) => {
      const { total, lines, complete } = await download(`/v1/events?format=ndjson&fields=id&${query}`);
      expect(complete).toBe(true);
      const ids = lines.map((line) => JSON.parse(line).id);
      expect(ids).toHaveLength(total);
      expect(new Set(ids).size).toBe(total);
      const first = await large.get(`/v1/events?limit=200&${query}`);
      expect(ids.slice(0, 200)).toEqual(first.body.items.map((item: { id: string }) => item.id));
    },
  );

  test('is one view of the store, whatever is written meanwhile', async () => {
    const { events } = tables;
    const { total, lines, complete } = await download('/v1/events?format=ndjson&sort=id', () =>
      large.store.transaction(async (db) => {
        const rewritten = await db
          .update(events)
          .set({ title: 'rewritten' })
          .where(eq(events.title, 'odd'))
          .returning({ id: events.id });
        await writeDocuments(
          db,
          'event',
          rewritten.map(({ id }) => id),
        );
      }),
    );
    expect(complete).toBe(true);
    expect(lines).toHaveLength(total);
    expect(lines.filter((line) => line.includes('rewritten'))).toEqual([]);
    const after = await download('/v1/events?format=ndjson');
    expect(after.lines.filter((line) => line.includes('rewritten')).length).toBe(Math.floor(COUNT / 2));
  });

  test('that fails in the middle is broken off, not ended', async () => {
    const snapshot = large.store.snapshot.bind(large.store);
    let closed = 0;
    large.store.snapshot = async () => {
      const view = await snapshot();
      let pieces = 0;
      const db = new Proxy(view.db, {
        get(target, name) {
          // Some way into the second piece, the disk fails.
          if (name === 'select' && ++pieces > 7) throw new Error('disk I/O error');
          return Reflect.get(target, name);
        },
      });
      return {
        db,
        async close() {
          closed++;
          await view.close();
        },
      };
    };
    for (const format of ['ndjson', 'csv']) {
      const { total, lines, complete } = await download(`/v1/events?format=${format}`);
      expect(complete).toBe(false);
      expect(total).toBe(COUNT);
      expect(lines.length).toBeGreaterThan(24);
      expect(lines.length).toBeLessThan(COUNT);
    }
    expect(closed).toBe(2);
    large.store.snapshot = snapshot;
  });

  test('that turns out to be known closes its view', async () => {
    const snapshot = large.store.snapshot.bind(large.store);
    const closed: Promise<void>[] = [];
    large.store.snapshot = async () => {
      const view = await snapshot();
      let close = (): void => undefined;
      closed.push(
        new Promise<void>((resolve) => {
          close = resolve;
        }),
      );
      return {
        ...view,
        async close() {
          await view.close();
          close();
        },
      };
    };
    const answer = await large.app.inject({
      url: '/v1/events?format=csv',
      headers: { 'if-none-match': '*' },
    });
    expect(answer.statusCode).toBe(304);
    expect(closed).toHaveLength(1);
    await Promise.all(closed);
    large.store.snapshot = snapshot;
  });

  test('that is left alone closes its view', async () => {
    const snapshot = large.store.snapshot.bind(large.store);
    let close = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    large.store.snapshot = async () => {
      const view = await snapshot();
      return {
        ...view,
        async close() {
          await view.close();
          close();
        },
      };
    };
    const request = http.get(`${base}/v1/events?format=ndjson`, (response) => response.destroy());
    request.on('error', () => undefined);
    await closed;
    large.store.snapshot = snapshot;
  });

  test('asked for by HEAD sends its headers alone', async () => {
    const response = await large.app.inject({ method: 'HEAD', url: '/v1/events?format=csv' });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'x-total-count': String(COUNT),
      'content-type': 'text/csv; charset=utf-8',
    });
    expect(response.body).toBe('');
  });
});

test('GeoJSON holds the events that have coordinates, and counts the others', async () => {
  const { headers, body } = await text('/v1/events?format=geojson&sort=id');
  expect(headers['content-type']).toBe('application/geo+json; charset=utf-8');
  const map = check(body) as unknown as {
    features: { id: string; geometry: unknown; properties: Record<string, unknown> }[];
    withoutCoordinates: number;
  };
  expect(map.features.map(({ id, geometry }) => [id, geometry])).toEqual([
    ['summit', { type: 'Point', coordinates: [102.25, -1.5] }],
    ['zero', { type: 'Point', coordinates: [0, 0] }],
  ]);
  // Flat: QGIS and ogr2ogr show neither lists nor objects.
  expect(map.features[0]?.properties).toEqual({
    id: 'summit',
    title: '=cmd|calc',
    summary: long,
    type: 'CONSULT',
    mode: null,
    status: 'occurred',
    date: '2025-06-15',
    earliest: '2025-06-15',
    latest: '2025-06-15',
    place: '@Quay',
    country: 'XF',
    actors: 'Alice Ångström; Name of bob',
    topics: 'Label of tariffs; Label of security',
    sources: 'daily',
    url: 'http://localhost:80/v1/events/summit',
  });
  expect(map.withoutCoordinates).toBe(2);
  expect(headers).toMatchObject({
    'x-total-count': '2',
    'content-disposition': 'attachment; filename="events.geojson"',
  });
  const refused = await server.get('/v1/events?format=geojson&limit=1');
  expect([refused.status, refused.body.errors[0].parameter]).toEqual([400, 'limit']);
  const of2024 = JSON.parse((await text('/v1/events?format=geojson&to=2024')).body);
  expect([of2024.features.length, of2024.withoutCoordinates]).toEqual([1, 0]);
  expect(JSON.parse((await text('/v1/events?format=geojson&type=AID')).body)).toEqual({
    type: 'FeatureCollection',
    features: [],
    withoutCoordinates: 0,
  });
  check((await text('/v1/events?format=geojson', undefined, bundled)).body);
});

test('iCalendar has the events that have a day, or a duration with two ends', async () => {
  const { headers, body, bytes } = await text('/v1/events?format=icalendar');
  expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
  const calendar = new ICAL.Component(ICAL.parse(body));
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  const found = new Map(events.map((entry) => [entry.uid, entry]));
  expect([...found.keys()].sort()).toEqual(['month@attest', 'summit@attest', 'zero@attest']);
  // What it cannot contain is said: a duration without an end.
  expect(calendar.getFirstPropertyValue('x-wr-caldesc')).toBe(
    'Omitted, because neither their day nor their duration is known: 1',
  );
  const without = await text('/v1/events?format=icalendar&to=2024');
  expect(new ICAL.Component(ICAL.parse(without.body)).getFirstPropertyValue('x-wr-caldesc')).toBeNull();
  const summit = found.get('summit@attest');
  expect(summit).toMatchObject({ summary: '=cmd|calc', location: '@Quay' });
  expect(summit?.description).toBe(`${long}\n\noccurred, 2025-06-15`);
  expect([summit?.startDate.toString(), summit?.endDate.toString(), summit?.startDate.isDate]).toEqual([
    '2025-06-15',
    '2025-06-16',
    true,
  ]);
  expect(summit?.component.getFirstPropertyValue('geo')).toEqual([-1.5, 102.25]);
  expect(summit?.component.getFirstPropertyValue('url')).toBe('http://localhost:80/events/summit');
  const month = found.get('month@attest');
  expect([month?.startDate.toString(), month?.endDate.toString()]).toEqual(['2025-02-01', '2025-03-01']);
  // They block no time in a calendar.
  for (const each of events) expect(each.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
  expect(month?.component.getFirstPropertyValue('status')).toBe('TENTATIVE');
  // Folded: no line has more than 75 octets, and every one ends in CRLF.
  const lines = bytes.toString('latin1').split('\r\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(75);
  expect(lines.at(-1)).toBe('');
  expect(bytes.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  // The same request gives the same bytes.
  expect((await text('/v1/events?format=icalendar')).body).toBe(body);
  ICAL.parse((await text('/v1/events?format=icalendar', undefined, bundled)).body);
});

test('iCalendar has no entry for a day that is uncertain', async () => {
  const exported = (await text('/v1/events?format=ndjson', undefined, bundled)).body.trim().split('\n');
  const events = exported.map((line) => JSON.parse(line));
  const timed = events.filter(({ date: { earliest, latest, period } }) =>
    period ? earliest !== null && latest !== null : earliest !== null && earliest === latest,
  );
  expect(timed.length).toBeLessThan(events.length);
  const { body } = await text('/v1/events?format=icalendar', undefined, bundled);
  const entries = new ICAL.Component(ICAL.parse(body)).getAllSubcomponents('vevent');
  expect(entries.map((entry) => String(entry.getFirstPropertyValue('uid'))).sort()).toEqual(
    timed.map(({ id }) => `${id}@attest`).sort(),
  );
});

test('Atom is a feed that readers can follow', async () => {
  const parser = new Parser({
    customFields: {
      feed: ['id', 'updated', ['link', 'links', { keepArray: true }]],
      item: ['updated', 'published', 'category'],
    },
  } as never);
  const { headers, body } = await text('/v1/events?format=atom&sort=date&limit=3');
  expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  const parsed = (await parser.parseString(body)) as never as {
    title: string;
    links: { $: { rel: string; href: string } }[];
    items: { id: string; title: string; summary: string; link: string; updated: string; published: string }[];
  };
  expect(parsed.title).toBe('Attest: events');
  expect(parsed.items.map(({ title }) => title)).toEqual(['Title of zero', '-title', 'A < B & "C"']);
  // The day of which it speaks.
  expect(parsed.items.map(({ summary }) => summary)).toEqual([
    '2024-12-31: Summary of zero',
    '2025-02/2025-02: Summary of month',
    '2025-03/..: Summary of open',
  ]);
  for (const { link, updated, published } of parsed.items) {
    expect(Date.parse(published)).toBeLessThanOrEqual(Date.parse(updated));
    expect((await server.app.inject(new URL(link).pathname)).statusCode).toBe(200);
    expect(Date.parse(updated)).toBeGreaterThan(Date.parse('2025-01-01'));
  }
  const next = parsed.links.find(({ $ }) => $.rel === 'next')?.$.href ?? '';
  const { pathname, search } = new URL(next);
  const rest = await parser.parseString((await text(`${pathname}${search}`)).body);
  expect(rest.items.map(({ title }) => title)).toEqual(['=cmd|calc']);
  const said = await parser.parseString((await text('/v1/statements?format=atom&actor=alice')).body);
  expect(new Set(said.items.map((item) => item.summary))).toEqual(
    new Set(['../2025-01: Gist of told', '2025-06-15: Less <tariff> & more']),
  );
  // A reader that follows it by another host or scheme sees no new entries.
  const elsewhere = await server.app.inject({
    url: '/v1/events?format=atom&sort=date&limit=3',
    headers: { host: 'other.example' },
  });
  const idsIn = (xml: string): string[] => [...xml.matchAll(/<id>([^<]*)</g)].map(([, id]) => id ?? '');
  expect(elsewhere.body).toContain('http://other.example/v1/events/zero');
  expect(idsIn(elsewhere.body)).toEqual(idsIn(body));
  expect(new Set(idsIn(body)).size).toBe(4);
  for (const id of idsIn(body))
    expect(id).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  const none = await parser.parseString((await text('/v1/events?format=atom&type=AID')).body);
  expect(none.items).toEqual([]);
  await parser.parseString((await text('/v1/statements?format=atom&limit=200', undefined, bundled)).body);
});

describe('JSON-LD', () => {
  const SCHEMA = 'https://schema.org/';
  type Node = Record<string, { '@value'?: unknown; '@id'?: string; '@type'?: string }[]> & {
    '@id': string;
    '@type': string[];
  };
  const expanded = async (path: string, from = server): Promise<Node[]> => {
    const { headers, body } = await text(path, 'application/ld+json', from);
    expect(headers['content-type']).toBe('application/ld+json; charset=utf-8');
    return (await jsonld.expand(JSON.parse(body))) as never;
  };
  const values = (node: Node | undefined, property: string): unknown[] =>
    (node?.[`${SCHEMA}${property}`] ?? []).map((value) => value['@value'] ?? value['@id']);

  test.each([
    ['events/summit', 'Event', { name: ['=cmd|calc'], startDate: ['2025-06-15'] }],
    ['events/open', 'Event', { eventStatus: [`${SCHEMA}EventCancelled`], endDate: [] }],
    [
      'statements/quoted',
      'Quotation',
      { abstract: ['Less <tariff> & more'], text: [], dateCreated: ['2025-06-15'] },
    ],
    ['statements/told', 'Statement', { dateCreated: [] }],
    [
      'claims/grows',
      'Claim',
      { text: ['Proposition of grows'], author: ['http://localhost:80/v1/actors/alice'] },
    ],
    ['actors/alice', 'Person', { name: ['Alice Ångström'], alternateName: ['Alicia'] }],
    ['actors/freedonia', 'Country', {}],
    [
      'actors/freedonia-army',
      'Organization',
      { parentOrganization: ['http://localhost:80/v1/actors/freedonia-ministry'] },
    ],
    ['sources/daily', 'NewsArticle', { headline: ['Article daily'], datePublished: ['2025-11-13'] }],
    ['sources/weekly', 'OpinionNewsArticle', { datePublished: ['2024-06'] }],
  ])('%s is a %s', async (path, type, properties) => {
    const [node] = await expanded(`/v1/${path}`);
    expect(node?.['@type']).toEqual([`${SCHEMA}${type}`]);
    expect(node?.['@id']).toBe(`http://localhost:80/v1/${path}`);
    for (const [name, expected] of Object.entries(properties)) {
      expect([name, values(node, name)]).toEqual([name, expected]);
    }
  });

  test('a list is a graph of its records', async () => {
    for (const list of ['events', 'statements', 'claims', 'actors', 'sources']) {
      const nodes = await expanded(`/v1/${list}?limit=200`, bundled);
      const { body } = await bundled.get(`/v1/${list}?limit=200`);
      const urls = body.items.map(({ id }: { id: string }) => `http://localhost:80/v1/${list}/${id}`);
      expect(nodes.map((node) => node['@id'])).toEqual(urls);
      // The default graph has the triples: an id beside `@graph` would put them into one of that name, where rdflib finds none.
      const { body: document } = await text(`/v1/${list}?limit=200`, 'application/ld+json', bundled);
      const quads = (await jsonld.toRDF(JSON.parse(document))) as {
        graph: { termType: string };
        subject: { value: string };
      }[];
      expect(new Set(quads.map(({ graph }) => graph.termType))).toEqual(new Set(['DefaultGraph']));
      expect(urls.filter((url: string) => !quads.some(({ subject }) => subject.value === url))).toEqual([]);
    }
    const { headers } = await text('/v1/events?limit=1', 'application/ld+json');
    expect(headers.link).toContain('rel="next"');
  });
});

describe('the format is agreed upon', () => {
  test.each([
    ['/v1/events', undefined, 'application/json'],
    ['/v1/events', '*/*', 'application/json'],
    ['/v1/events', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/json'],
    ['/v1/events', 'text/csv', 'text/csv'],
    ['/v1/events', 'application/json;q=0.5, application/x-ndjson', 'application/x-ndjson'],
    ['/v1/events', 'text/*', 'text/csv'],
    ['/v1/events', 'application/*', 'application/json'],
    ['/v1/events?format=csv', 'application/json', 'text/csv'],
    ['/v1/events?format=json', 'text/csv', 'application/json'],
    ['/v1/events/summit', 'application/ld+json', 'application/ld+json'],
    ['/v1/events/summit?format=jsonld', undefined, 'application/ld+json'],
    ['/v1/topics', 'application/json', 'application/json'],
  ])('%s, Accept: %s', async (path, accept, type) => {
    const { headers } = await text(path, accept);
    expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
    expect(headers.vary).toContain('accept');
  });

  test.each([
    ['/v1/events', 'text/html', 'application/json, text/csv'],
    ['/v1/events/summit', 'text/csv', 'application/json, application/ld+json'],
    ['/v1/statements', 'text/calendar', 'application/json'],
    ['/v1/statements', 'application/geo+json', 'application/json'],
    ['/v1/claims', 'application/atom+xml', 'application/json'],
    ['/v1/topics', 'text/csv', 'application/json'],
    ['/v1/search?q=a', 'application/atom+xml', 'application/json'],
    ['/v1/events', 'application/json;q=0', 'application/json'],
  ])('%s does not come as %s', async (path, accept, available) => {
    const response = await server.app.inject({ url: path, headers: { accept } });
    expect(response.statusCode).toBe(406);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({ type: '/problems/not-acceptable', status: 406 });
    expect(response.json().detail).toContain(available);
  });

  test.each([
    ['/v1/events?format=xml', 'format', '"xml" is no format of this route: it has json, csv'],
    ['/v1/statements?format=icalendar', 'format', 'is no format of this route'],
    ['/v1/topics?format=csv', 'format', 'there is no such parameter here'],
    ['/v1/events/summit?format=csv', 'format', 'it has json, jsonld'],
    ['/v1/events?format=csv&limit=10', 'limit', 'which have all matches'],
    ['/v1/events?format=ndjson&cursor=abc', 'cursor', 'which have all matches'],
    ['/v1/events?bom=true', 'bom', 'is supported only with CSV'],
    ['/v1/events?format=ndjson&bom=true', 'bom', 'is supported only with CSV'],
    ['/v1/events?format=csv&bom=maybe', 'bom', 'neither true nor false'],
    ['/v1/events?format=csv&facets=actor', 'facets', 'is supported only with JSON'],
    ['/v1/events?format=atom&fields=id', 'fields', 'is supported only with JSON, NDJSON and CSV'],
    ['/v1/events?format=csv&actor=nobody', 'actor', 'there is no actor "nobody"'],
    ['/v1/events?format=csv&format=json', 'format', 'is given more than once'],
  ])('%s is refused', async (path, parameter, detail) => {
    const { status, body } = await server.get(path);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ parameter }]);
    expect(body.errors[0].detail).toContain(detail);
  });

  test('every media type of the document is served', async () => {
    const document = (await server.get('/openapi.json')).body;
    for (const [template, { get }] of Object.entries(document.paths) as [string, never][]) {
      const { parameters, responses } = get as {
        parameters: { name: string; in: string; example: string }[];
        responses: { 200: { content: object; headers?: object } };
      };
      const id = parameters.find((parameter) => parameter.in === 'path')?.example ?? '';
      const path = `${template.replace(/\{\w+\}/, id)}${template === '/v1/search' ? '?q=ream' : ''}`;
      for (const media of Object.keys(responses[200].content)) {
        const { headers } = await text(path, media, bundled);
        expect(headers['content-type']).toBe(`${media}; charset=utf-8`);
      }
      const named = 'text/csv' in responses[200].content;
      const counted = parameters.some(({ name }) => name === 'count');
      const declared = ['Content-Disposition', 'X-Total-Count'].map(
        (name) => name in (responses[200].headers ?? {}),
      );
      expect([template, declared]).toEqual([template, [named, counted]]);
    }
  });
});
