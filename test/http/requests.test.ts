import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

// What a request may look like, and how one that is not understood is answered.

let server: TestApp;
beforeAll(async () => {
  server = await startApp(
    world({
      events: [
        event('both', {
          participants: [
            { actor: 'alice', role: 'participant' },
            { actor: 'bob', role: 'participant' },
          ],
        }),
        event('one'),
      ],
    }),
  );
  await server.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

const ids = (body: { items: { id: string }[] }): string[] => body.items.map(({ id }) => id).sort();

/** Sends raw bytes and returns the whole answer. */
function raw(bytes: string): Promise<string> {
  const { port } = server.app.server.address() as net.AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('lists as clients write them', () => {
  test.each([
    'actor=alice&actor=bob',
    'actor[]=alice&actor[]=bob',
    'actor%5B%5D=alice&actor%5B%5D=bob',
    'actor[0]=alice&actor[1]=bob',
    'actor=alice&actor[]=bob',
  ])('%s', async (query) => {
    expect(ids((await server.get(`/v1/events?${query}`)).body)).toEqual(['both']);
  });

  test('actor[] with alternatives, and beside what a format does not have', async () => {
    expect(ids((await server.get('/v1/events?actor[]=alice,bob')).body)).toEqual(['both', 'one']);
    const { status, body } = await server.get('/v1/events?limit[]=1&format=csv');
    expect(status).toBe(400);
    expect(body.errors[0].parameter).toBe('limit');
  });
});

describe('a query that is not UTF-8 names the parameter', () => {
  test.each(['q=caf%E9', 'q=%C3', 'q=%FF%FE', 'limit=1&q=a%80b'])('%s', async (query) => {
    for (const path of ['/v1/events', '/v1/search', '/v1/actors']) {
      const { status, body } = await server.get(`${path}?${query}`);
      expect(status).toBe(400);
      expect(body.errors).toEqual([
        {
          parameter: 'q',
          location: 'query',
          detail: 'is not encoded as UTF-8: write é as %C3%A9, for example',
          suggestions: [],
        },
      ]);
    }
  });

  test('a percent sign that begins no escape is plain text', async () => {
    expect((await server.get('/v1/events?q=100%')).status).toBe(200);
  });
});

test.each(['/v1/events/', '/v1/events/?limit=1', '/v1/claims/?x=y'])('%s names the slash', async (url) => {
  const { status, body } = await server.get(url);
  expect(status).toBe(404);
  expect(body.detail).toContain('remove the slash at its end');
  expect(body.errors).toEqual([]);
});

test('a slash after a path without an id suggests the path', async () => {
  expect((await server.get('/v1/timeline/')).body.detail).toContain('did you mean /v1/timeline?');
});

test.each(['TRACE', 'PROPFIND', 'MKCOL', 'SEARCH', 'PATCH'])(
  '%s is not allowed, with Allow',
  async (method) => {
    for (const path of ['/v1', '/v1/events', '/v1/%65vents/one', '/health/live', '/openapi.json']) {
      const answer = await raw(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 405 /);
      expect(answer.toLowerCase()).toContain('allow: get, head, options');
      expect(answer).toContain('/problems/method-not-allowed');
    }
    expect(await raw(`${method} /v1/nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 404 /,
    );
  },
);

test('/v1 lists the routes', async () => {
  const { body } = await server.get('/v1');
  const url = (path: string): string => `${body.openapi.replace('/openapi.json', '')}${path}`;
  expect(body).toMatchObject({ title: 'Attest', documentation: url('/docs') });
  const document = JSON.parse((await server.app.inject('/openapi.json')).body);
  expect(body.routes.map((route: { url: string }) => route.url).sort()).toEqual(
    Object.keys(document.paths)
      .map((path) => url(path))
      .sort(),
  );
});

test('crawlers and browsers find what they ask every host for', async () => {
  const robots = await server.app.inject('/robots.txt');
  expect([robots.statusCode, robots.body]).toEqual([200, 'User-agent: *\nDisallow: /v1/\n']);
  const icon = await server.app.inject('/favicon.ico');
  expect([icon.statusCode, icon.headers['content-type']]).toEqual([200, 'image/svg+xml']);
});

test.each([
  ['application/json; charset=utf-8', 'application/json; charset=utf-8'],
  ['application/json;profile="a,b";q=0.5, text/csv;q=0.1', 'application/json; charset=utf-8'],
  ['text/csv;header=present', 'text/csv; charset=utf-8'],
  [
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
    'application/ld+json; charset=utf-8',
  ],
  ['text/csv;charset=utf-8;q=0.1, application/x-ndjson;x=1;Q=0.9', 'application/x-ndjson; charset=utf-8'],
])('Accept: %s', async (accept, type) => {
  const { statusCode, headers } = await server.app.inject({ url: '/v1/events', headers: { accept } });
  expect([statusCode, headers['content-type']]).toEqual([200, type]);
});

test.each([
  ['no Host', 'GET /v1 HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'the request has 0 Host headers'],
  ['two', 'GET /v1 HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', 400, 'has 2 Host headers'],
  [
    'Expect',
    'GET /v1 HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\n\r\n',
    417,
    '/problems/expectation-failed',
  ],
])('%s', async (_name, bytes, status, detail) => {
  const answer = await raw(bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain('application/problem+json');
  expect(answer).toContain(detail);
});

test.each([
  '/\\%/v1/topics',
  '//%/v1/topics',
  '//[/events',
  '//%zz?q=1',
  '//a:b/events',
  '//:99999/v1',
  '%zz',
  '/%zz',
])('%s, which is no path, is refused, and the server goes on', async (target) => {
  for (const accept of ['*/*', 'text/html']) {
    for (const host of ['x', 'a b', '%']) {
      const answer = await raw(
        `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nAccept: ${accept}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    }
  }
  expect((await server.get('/v1/events')).status).toBe(200);
});

test('a target with a host is what a forward proxy sends: that host is the one of the links', async () => {
  for (const format of ['atom', 'jsonld', 'icalendar', 'csv', 'json']) {
    const answer = await raw(
      `GET http://attest.example:81/v1/events?format=${format} HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).not.toContain('other');
    if (format === 'atom') expect(answer).toContain('href="http://attest.example:81/v1/events?format=atom"');
    if (format === 'jsonld') expect(answer).toContain('"@id":"http://attest.example:81/v1/events/one"');
  }
});

test('HEAD with conditions is answered like GET, without a body', async () => {
  const conditions = [
    { 'if-none-match': '*' },
    { 'if-modified-since': new Date(Date.now() + 1_000).toUTCString() },
  ];
  const document = JSON.parse((await server.app.inject('/openapi.json')).body);
  const lists = Object.keys(document.paths).filter((path) => !path.includes('{') && path !== '/v1/search');
  for (const url of [...lists, '/v1/search?q=title', '/v1/events/one', '/v1/events?format=csv']) {
    const tagged = (await server.app.inject(url)).headers['last-modified'] !== undefined;
    for (const headers of conditions) {
      const [get, head] = [
        await server.app.inject({ url, headers }),
        await server.app.inject({ method: 'HEAD', url, headers }),
      ];
      expect([url, head.statusCode]).toEqual([url, get.statusCode]);
      if (tagged) expect([url, head.statusCode]).toEqual([url, 304]);
      expect(head.body).toBe('');
    }
  }
});

test.each([
  ['fields of nothing', `fields=${','.repeat(7_000)}`],
  ['facets of nothing', `facets=${','.repeat(7_000)}`],
  ['a long id', `actor=${'a'.repeat(7_000)}`],
  ['many unknown ids', `actor=${Array.from({ length: 50 }, (_, n) => `nobody-${n}`).join(',')}`],
  ['a long word', `status=${'a'.repeat(7_000)}`],
  ['a long name', `${'a'.repeat(7_000)}=1`],
  ['many names', Array.from({ length: 90 }, (_, n) => `parameter${n}=1`).join('&')],
  ['a long date', `from=${'2'.repeat(7_000)}`],
  ['a long cursor', `cursor=${'a'.repeat(7_000)}`],
])('the size of an error does not grow with %s', async (_name, query) => {
  const { status, body } = await server.get(`/v1/events?${query}`);
  expect(status).toBe(400);
  expect(body.errors.length).toBeGreaterThan(0);
  expect(JSON.stringify(body).length).toBeLessThan(25_000);
});

test('a required parameter that is missing is said so in our words', async () => {
  const { body } = await server.get('/v1/search');
  expect(body.errors).toEqual([
    { parameter: 'q', location: 'query', detail: 'is missing: give it', suggestions: [] },
  ]);
});
