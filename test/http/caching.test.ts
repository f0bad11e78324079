import { writeFileSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { tables } from '../../src/db/tables.ts';
import { sha256 } from '../../src/seed/files/passages.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { event, source, world } from '../support/records.ts';
import { startApp, type TestApp, temporaryFolder } from '../support/store.ts';

let server: TestApp;
const events = [event('a'), event('b'), event('c')];

beforeAll(async () => {
  server = await startApp(world({ events, retired: [{ kind: 'event', id: 'old', mergedInto: 'a' }] }));
});
afterAll(() => server.close());

type Headers = Record<string, string>;
const ask = (url: string, headers: Headers = {}, method: 'GET' | 'HEAD' | 'OPTIONS' = 'GET') =>
  server.app.inject({ method, url, headers });
const tagOf = async (url: string, headers: Headers = {}): Promise<string> =>
  String((await ask(url, headers)).headers.etag);

const PATHS = [
  '/v1/events?actor=alice&limit=2',
  '/v1/events/a',
  '/v1/actors',
  '/openapi.json',
  '/openapi.yaml',
  '/v1/vocabularies',
  '/problems',
  '/problems/invalid-request',
];

describe('conditional requests', () => {
  test.each(PATHS)('%s has a strong entity tag, and is not sent again to whoever has it', async (path) => {
    const first = await ask(path);
    expect(first.statusCode).toBe(200);
    expect(first.headers.etag).toMatch(/^"[\w-]{27}"$/);
    expect(first.headers['cache-control']).toBe('public, no-cache');
    for (const tags of [
      first.headers.etag,
      `"other", ${first.headers.etag}`,
      `W/${first.headers.etag}`,
      '*',
    ]) {
      const again = await ask(path, { 'if-none-match': String(tags) });
      expect([tags, again.statusCode, again.body]).toEqual([tags, 304, '']);
      expect(again.headers.etag).toBe(first.headers.etag);
      expect(again.headers['cache-control']).toBe('public, no-cache');
      expect(again.headers.vary).toBe(first.headers.vary);
      expect(again.headers).not.toHaveProperty('content-type');
    }
    expect((await ask(path, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  test('304 is answered before any query is run', async () => {
    const tag = await tagOf('/v1/events');
    await server.store.version();
    const select = vi.spyOn(server.store.db, 'select').mockImplementation(() => {
      throw new Error('a query was run');
    });
    expect((await ask('/v1/events', { 'if-none-match': tag })).statusCode).toBe(304);
    expect((await ask('/v1/events')).statusCode).toBe(500);
    select.mockRestore();
  });

  test('one question has one tag, however it is written; another one has another', async () => {
    const tag = await tagOf('/v1/events?actor=alice&topic=trade');
    expect(await tagOf('/v1/events?topic=trade&actor=alice')).toBe(tag);
    expect(await tagOf('/v1/events?topic=trade&actor=alice&limit=50&sort=-date')).toBe(tag);
    const others = [
      '/v1/events?actor=alice',
      '/v1/events?actor=alice&topic=trade&limit=2',
      '/v1/statements?actor=alice&topic=trade',
      '/v1/events/a',
      '/v1/events/b',
    ];
    const tags = await Promise.all(others.map((other) => tagOf(other)));
    expect(new Set([tag, ...tags]).size).toBe(others.length + 1);
  });

  test('HEAD, and If-Modified-Since where there is no tag', async () => {
    const { headers } = await ask('/v1/events');
    const since = { 'if-modified-since': String(headers['last-modified']) };
    expect((await ask('/v1/events', { 'if-none-match': String(headers.etag) }, 'HEAD')).statusCode).toBe(304);
    expect((await ask('/v1/events', since)).statusCode).toBe(304);
    expect((await ask('/v1/events', { ...since, 'if-none-match': '"other"' })).statusCode).toBe(200);
    expect(
      (await ask('/v1/events', { 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' })).statusCode,
    ).toBe(200);
    expect((await ask('/v1/events', { 'if-modified-since': 'yesterday' })).statusCode).toBe(200);
    expect((await ask('/v1/events/none', { ...since })).statusCode).toBe(404);
    expect((await ask('/v1/events/none', { 'if-none-match': '*' })).statusCode).toBe(404);
  });

  test('a load that changes something changes every tag; one that changes nothing, none', async () => {
    const other = await startApp(world({ events }));
    try {
      const get = async () => (await other.get('/v1/topics')).headers;
      const before = await get();
      await other.load(world({ events }));
      expect((await get()).etag).toBe(before.etag);
      await other.load(world({ events: [...events, event('d')] }));
      const after = await get();
      expect(after.etag).not.toBe(before.etag);
      expect(Date.parse(String(after['last-modified']))).toBeGreaterThanOrEqual(
        Date.parse(String(before['last-modified'])),
      );
    } finally {
      await other.close();
    }
  });

  test('passages that come later change every tag and the date', async () => {
    const text = 'What the article says.';
    const words = { start: 0, end: 4, sha256: sha256('What') };
    const data = world({
      sources: [source('late', { text: { file: 'late.txt', sha256: sha256(text), length: text.length } })],
      events: [event('a', { citations: [{ source: 'late', ...words }] })],
    });
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, 'late.txt'), text);
    writeFileSync(join(folder.path, 'data.yaml'), stringify(data, { aliasDuplicateObjects: false }));
    const other = await startApp(data);
    try {
      const before = await other.get('/v1/events/a');
      await other.store.transaction(async (tx) =>
        tx.update(tables.datasets).set({ loadedAt: new Date('2020-01-01') }),
      );
      await loadDataset(other.store, readDataset(join(folder.path, 'data.yaml')), {
        articlesDir: folder.path,
      });
      const after = await other.get('/v1/events/a');
      expect(before.body.citations[0].passage).toBeNull();
      expect(after.body.citations[0].passage).toBe('What');
      expect(after.headers.etag).not.toBe(before.headers.etag);
      expect(Date.parse(String(after.headers['last-modified']))).toBeGreaterThan(Date.parse('2021-01-01'));
    } finally {
      await other.close();
      folder.remove();
    }
  });

  test('what is no answer cannot be kept for one', async () => {
    for (const path of ['/v1/events/none', '/v1/events/old', '/v1/events?x=1', '/nowhere']) {
      const { headers } = await ask(path);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers).not.toHaveProperty('etag');
      expect(headers).not.toHaveProperty('last-modified');
    }
  });
});

describe('content negotiation', () => {
  test.each([
    undefined,
    '*/*',
    'application/*',
    'application/json',
    'text/html, */*;q=0.1',
    'Application/JSON',
  ])('Accept: %s is served', async (accept) => {
    const response = await ask('/v1/events', accept === undefined ? {} : { accept });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.headers.vary).toBe('accept, accept-encoding');
  });

  test.each([
    ['/v1/events', 'text/html'],
    ['/v1/events/a', 'application/json;q=0, text/plain'],
    ['/openapi.yaml', 'application/json'],
    ['/openapi.json', 'image/*'],
  ])('%s is not to be had as %s', async (path, accept) => {
    const response = await ask(path, { accept });
    expect(response.statusCode).toBe(406);
    expect(response.json()).toMatchObject({ type: '/problems/not-acceptable', status: 406 });
    expect(response.headers.vary).toContain('accept');
  });
});

/** Gets a URL over the network without decoding the content coding. */
async function raw(url: string, coding: string) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    http.get(url, { headers: { 'accept-encoding': coding } }, resolve).on('error', reject);
  });
  return {
    status: response.statusCode,
    coding: response.headers['content-encoding'],
    vary: response.headers.vary,
    bytes: Buffer.concat(await response.toArray()),
  };
}

describe('content coding', () => {
  const path = '/v1/actors?limit=200';

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['x-gzip', gunzipSync],
    ['gzip, deflate, br', brotliDecompressSync],
    ['br;q=0.1, gzip;q=0.9', gunzipSync],
  ])('Accept-Encoding: %s', async (coding, decode) => {
    const plain = await ask(path);
    const coded = await ask(path, { 'accept-encoding': coding });
    expect(decode(coded.rawPayload).toString()).toBe(plain.body);
    expect(coded.rawPayload.length).toBeLessThan(plain.rawPayload.length);
    expect(coded.headers.vary).toBe('accept, accept-encoding');
    // A strong entity tag identifies exactly these bytes.
    expect(coded.headers.etag).not.toBe(plain.headers.etag);
    const again = { 'accept-encoding': coding, 'if-none-match': String(coded.headers.etag) };
    expect((await ask(path, again)).statusCode).toBe(304);
    const head = await ask(path, { 'accept-encoding': coding }, 'HEAD');
    for (const name of ['content-encoding', 'content-length', 'etag', 'vary', 'content-type'])
      expect([name, head.headers[name]]).toEqual([name, coded.headers[name]]);
  });

  test('every text is sent compressed, in whichever format', async () => {
    const bundled = await startApp('bundled');
    try {
      const base = await bundled.app.listen({ host: '127.0.0.1', port: 0 });
      const { paths } = (await bundled.get('/openapi.json')).body;
      const formatted = ['/v1/events', '/v1/graph'].flatMap((path) =>
        paths[path].get.parameters
          .find(({ name }: { name: string }) => name === 'format')
          .schema.enum.map((format: string) => `${path}?format=${format}`),
      );
      const assets = ['swagger-ui-bundle.js', 'swagger-ui.css'].map((name) => `/docs/static/${name}`);
      for (const path of [...formatted, '/openapi.json', '/openapi.yaml', '/metrics', ...assets]) {
        const plain = await raw(base + path, 'identity');
        expect([path, plain.status, plain.coding]).toEqual([path, 200, undefined]);
        for (const [coding, decode] of [
          ['gzip', gunzipSync],
          ['br', brotliDecompressSync],
        ] as const) {
          const coded = await raw(base + path, coding);
          expect([path, coded.coding, coded.vary]).toEqual([
            path,
            coding,
            expect.stringMatching(/accept-encoding/),
          ]);
          expect(coded.bytes.length).toBeLessThan(plain.bytes.length);
          // Metrics have moved on by now.
          if (path !== '/metrics')
            expect([path, decode(coded.bytes).equals(plain.bytes)]).toEqual([path, true]);
          else expect(decode(coded.bytes).toString()).toContain('attest_records');
        }
      }
    } finally {
      await bundled.close();
    }
  });

  test.each(['identity', 'zstd', 'x-no-compression'])('not with %s', async (coding) => {
    const plain = await ask(path);
    const headers: Headers =
      coding === 'x-no-compression'
        ? { [coding]: '1', 'accept-encoding': 'br' }
        : { 'accept-encoding': coding };
    const response = await ask(path, headers);
    expect(response.headers).not.toHaveProperty('content-encoding');
    expect(response.body).toBe(plain.body);
    expect(response.headers.etag).toBe(plain.headers.etag);
  });
});

describe('methods', () => {
  test.each(PATHS)('HEAD %s has the headers of GET and no body', async (path) => {
    const get = await ask(path);
    const head = await ask(path, {}, 'HEAD');
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    for (const name of ['etag', 'last-modified', 'link', 'content-type', 'content-length', 'cache-control'])
      expect([name, head.headers[name]]).toEqual([name, get.headers[name]]);
  });

  test.each(PATHS)('OPTIONS %s says what is allowed', async (path) => {
    const response = await ask(path, {}, 'OPTIONS');
    // Many clients name a type for whatever they send, and send nothing.
    const typed = await ask(path, { 'content-type': 'application/json' }, 'OPTIONS');
    expect([typed.statusCode, typed.headers.allow]).toEqual([204, response.headers.allow]);
    expect([response.statusCode, response.body]).toEqual([204, '']);
    expect(response.headers.allow).toBe('GET, HEAD, OPTIONS');
  });

  test('OPTIONS of what is not there', async () => {
    const response = await ask('/v1/nothing', { origin: 'https://a.example' }, 'OPTIONS');
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  });
});

describe('CORS', () => {
  const origin = 'https://anywhere.example';

  test('any page may read every answer and its headers, errors included', async () => {
    for (const path of [...PATHS, '/v1/events?x=1', '/v1/nothing']) {
      const { headers } = await ask(path, { origin });
      expect(headers['access-control-allow-origin']).toBe('*');
      const exposed = String(headers['access-control-expose-headers']).split(', ');
      expect(exposed).toEqual(
        expect.arrayContaining([
          'Link',
          'ETag',
          'RateLimit',
          'RateLimit-Policy',
          'Retry-After',
          'X-Request-Id',
        ]),
      );
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  test('a preflight allows GET and HEAD with any header', async () => {
    const response = await ask(
      '/v1/events',
      { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' },
      'OPTIONS',
    );
    expect(response.statusCode).toBe(204);
    expect(response.headers['access-control-allow-methods']).toBe('GET, HEAD');
    expect(response.headers['access-control-allow-headers']).toBe('if-none-match');
    expect(response.headers['access-control-max-age']).toBe('86400');
  });
});
