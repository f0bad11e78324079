import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { claim, event, statement, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;
const apps: FastifyInstance[] = [];
beforeAll(async () => {
  server = await startApp(world({ events: [event('a'), event('b')] }));
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await server.close();
});

/** An application of its own behind something, over a store with two events. */
async function start(options: { publicUrl?: string; trustProxy?: string[] }) {
  const app = await buildApp({ store: server.store, logLevel: 'silent', maxEventLoopDelay: 0, ...options });
  apps.push(app);
  return (url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { host: 'inner:3000', ...headers } });
}
type Get = Awaited<ReturnType<typeof start>>;

/** Every address of the API in what a client can follow. */
async function addresses(get: Get, headers: Record<string, string>) {
  const list = await get('/v1/events?limit=1', headers);
  const atom = await get('/v1/events?limit=1&format=atom', headers);
  const jsonld = await get('/v1/events/a?format=jsonld', headers);
  const wrong = await get('/v1/events?x=1', headers);
  const openapi = await get('/openapi.json', headers);
  const yaml = await get('/openapi.yaml', headers);
  return {
    next: /<([^?>]*)/.exec(String(list.headers.link))?.[1],
    feed: /rel="self" href="([^?"]*)/.exec(atom.body)?.[1],
    nextFeed: /rel="next" href="([^?"]*)/.exec(atom.body)?.[1],
    thing: jsonld.json()['@id'],
    problem: wrong.json().type,
    server: openapi.json().servers,
    links: /\]\(([^)]*\/openapi\.yaml)\)/.exec(openapi.json().info.description)?.[1],
    yamlServer: /servers:\s+- url: (\S+)/.exec(yaml.body)?.[1],
    index: (await get('/v1', headers)).json().openapi,
  };
}

const under = (origin: string, path: string) => ({
  next: `${path}/v1/events`,
  feed: `${origin}${path}/v1/events`,
  nextFeed: `${origin}${path}/v1/events`,
  thing: `${origin}${path}/v1/events/a`,
  problem: `${path}/problems/invalid-request`,
  server: [{ url: `${origin}${path}`, description: 'This server' }],
  links: `${path}/openapi.yaml`,
  yamlServer: JSON.stringify(`${origin}${path}`),
  index: `${origin}${path}/openapi.json`,
});

const FORWARDED = {
  'x-forwarded-host': 'news.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-prefix': '/attest',
};

describe('links begin', () => {
  test('where the server was reached', async () => {
    expect(await addresses(await start({}), {})).toEqual(under('http://inner:3000', ''));
  });

  test('there too, whatever a client that is no trusted proxy says', async () => {
    const expected = under('http://inner:3000', '');
    expect(await addresses(await start({}), FORWARDED)).toEqual(expected);
    expect(await addresses(await start({ trustProxy: ['10.0.0.1'] }), FORWARDED)).toEqual(expected);
  });

  test('where a trusted proxy says', async () => {
    const get = await start({ trustProxy: ['127.0.0.1'] });
    expect(await addresses(get, FORWARDED)).toEqual(under('https://news.example', '/attest'));
    expect(await addresses(get, { 'x-forwarded-prefix': '/a/b/' })).toEqual(
      under('http://inner:3000', '/a/b'),
    );
  });

  test('at PUBLIC_URL, whatever anybody says', async () => {
    const get = await start({ publicUrl: 'https://example.org/attest', trustProxy: ['127.0.0.1'] });
    for (const headers of [{}, FORWARDED, { 'x-forwarded-proto': 'javascript', 'x-forwarded-host': 'a/b' }]) {
      expect(await addresses(get, headers)).toEqual(under('https://example.org', '/attest'));
    }
  });
});

test('a proxy that does not remove the path is named as what is wrong', async () => {
  const get = await start({ publicUrl: 'https://example.org/attest' });
  for (const path of ['/v1/events', '/v1/events/a', '/docs/', '/openapi.json']) {
    const response = await get(`/attest${path}`);
    expect(response.statusCode).toBe(404);
    expect(response.json().detail).toContain(
      'the proxy before this server must remove /attest from the path',
    );
  }
  expect((await get('/attest/nowhere')).json().detail).toContain('/attest/docs lists the routes');
});

test.each([
  ['x-forwarded-proto', 'javascript', 'is neither http nor https'],
  ['x-forwarded-prefix', '//evil.example', 'is no path'],
  ['x-forwarded-prefix', '/a?b', 'is no path'],
  ['x-forwarded-host', 'a/b', 'is no host'],
])('%s: %s is refused', async (name, value, detail) => {
  const get = await start({ trustProxy: ['127.0.0.1'] });
  const response = await get('/v1/events?format=atom', { [name]: value });
  expect(response.statusCode).toBe(400);
  expect(response.json().detail).toContain(detail);
});

test('a copy made for another address does not pass for this one', async () => {
  const get = await start({ trustProxy: ['127.0.0.1'] });
  for (const url of [
    '/v1/events',
    '/v1/events?format=atom',
    '/v1/events/a',
    '/openapi.json',
    '/openapi.yaml',
  ]) {
    const poisoned = await get(url, { ...FORWARDED, 'x-forwarded-host': 'evil.example' });
    expect(poisoned.headers.vary).toMatch(/x-forwarded-host, x-forwarded-proto, x-forwarded-prefix$/);
    const etag = String(poisoned.headers.etag);
    expect((await get(url, { ...FORWARDED, 'if-none-match': etag })).statusCode).toBe(200);
    const again = { ...FORWARDED, 'x-forwarded-host': 'evil.example', 'if-none-match': etag };
    expect((await get(url, again)).statusCode).toBe(304);
  }
  // Where no header decides, no cache needs to look at one.
  const fixed = await start({ publicUrl: 'https://example.org', trustProxy: ['127.0.0.1'] });
  expect((await fixed('/v1/events')).headers.vary).toBe('accept, accept-encoding');
});

describe('every operation in every format', () => {
  interface Parameter {
    name: string;
    in: string;
    required?: boolean;
    example?: unknown;
    schema: { enum?: string[] };
  }
  let bundled: TestApp;
  let urls: string[];
  beforeAll(async () => {
    bundled = await startApp('bundled');
    const { paths } = (await bundled.get('/openapi.json')).body as {
      paths: Record<string, { get: { parameters: Parameter[] } }>;
    };
    urls = Object.entries(paths).flatMap(([template, { get }]) => {
      const value = ({ example }: Parameter) => encodeURIComponent(String(example));
      const path = get.parameters
        .filter((parameter) => parameter.in === 'path')
        .reduce((whole, parameter) => whole.replace(`{${parameter.name}}`, value(parameter)), template);
      const required = get.parameters
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map((parameter) => `${parameter.name}=${value(parameter)}`);
      const formats = get.parameters.find(({ name }) => name === 'format')?.schema.enum ?? ['json'];
      return formats.map((format) => {
        const query = [...required, ...(format === 'json' ? [] : [`format=${format}`])];
        return query.length === 0 ? path : `${path}?${query.join('&')}`;
      });
    });
    urls.push('/v1', '/openapi.json', '/openapi.yaml', '/problems', '/problems/gone');
  });
  afterAll(() => bundled.close());

  const behind = async (options: { publicUrl?: string; trustProxy?: string[] }) => {
    const app = await buildApp({
      store: bundled.store,
      logLevel: 'silent',
      maxEventLoopDelay: 0,
      ...options,
    });
    apps.push(app);
    return (url: string, headers: Record<string, string> = {}) =>
      app.inject({ url, headers: { host: 'inner:3000', ...headers } });
  };

  test('has a tag of its own for each address, so that no copy with other links passes for it', async () => {
    const get = await behind({ trustProxy: ['127.0.0.1'] });
    const addresses = [
      { host: 'inner:3000' },
      { host: 'inner:3001' },
      FORWARDED,
      { ...FORWARDED, 'x-forwarded-host': 'evil.example' },
      { ...FORWARDED, 'x-forwarded-proto': 'http' },
      { ...FORWARDED, 'x-forwarded-prefix': '/other' },
    ];
    expect(urls.length).toBeGreaterThan(45);
    for (const url of urls) {
      const tags: string[] = [];
      for (const headers of addresses) {
        const { statusCode, headers: answered } = await get(url, headers);
        expect([url, statusCode]).toEqual([url, 200]);
        const vary = String(answered.vary).split(', ');
        expect([url, ...vary]).toEqual(
          expect.arrayContaining([url, 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-prefix']),
        );
        tags.push(String(answered.etag));
        expect((await get(url, { ...headers, 'if-none-match': tags.at(-1) ?? '' })).statusCode).toBe(304);
      }
      // The pages of problems have nothing of an address but its path.
      const different = url.startsWith('/problems')
        ? new Set(tags).size >= 3
        : new Set(tags).size === tags.length;
      expect([url, different]).toEqual([url, true]);
    }
  });

  test('refuses what is no address, and trusts nobody else', async () => {
    const trusting = await behind({ trustProxy: ['127.0.0.1'] });
    const wary = await behind({});
    const bad = {
      'x-forwarded-proto': ['javascript', 'ftp', 'https:', ' '],
      'x-forwarded-host': ['a/b', 'a"b', 'a@b', 'a b', '[::1', 'a:99999', 'a$&b', '<x>'],
      'x-forwarded-prefix': [
        '//evil.example',
        '/a/../b',
        '/.',
        '/a?b',
        '/a#b',
        'attest',
        '/a b',
        '/"',
        '/%2e',
      ],
    };
    for (const url of urls) {
      const plain = await wary(url);
      for (const [name, values] of Object.entries(bad)) {
        for (const value of values) {
          const response = await trusting(url, { [name]: value });
          expect([url, name, value, response.statusCode]).toEqual([url, name, value, 400]);
          expect(response.json().type).toBe('/problems/bad-http');
          expect(response.headers['cache-control']).toBe('no-store');
        }
        const ignored = await wary(url, { [name]: values[0] ?? '' });
        expect([url, ignored.statusCode, ignored.headers.etag]).toEqual([url, 200, plain.headers.etag]);
        expect(ignored.headers.vary).toBe(plain.headers.vary);
      }
    }
  });

  test('of a list of values, the last counts, which the trusted proxy wrote; a scheme in any case', async () => {
    const get = await behind({ trustProxy: ['127.0.0.1'] });
    const { headers } = await get('/v1/events?format=atom', FORWARDED);
    const listed = await get('/v1/events?format=atom', {
      'x-forwarded-host': 'evil.example, news.example',
      'x-forwarded-proto': 'javascript, HTTPS',
      'x-forwarded-prefix': '/evil, /attest/',
    });
    expect(listed.headers.etag).toBe(headers.etag);
  });
});

test.each([
  ['event', 'events', ''],
  ['statement', 'statements', '?asOf=2026'],
  ['claim', 'claims', '?format=jsonld'],
  ['actor', 'actors', ''],
  ['topic', 'topics', ''],
  ['source', 'sources', ''],
] as const)('a %s that was merged leads on under the address of the client', async (kind, list, query) => {
  const into = { event: 'a', statement: 's', claim: 'c', actor: 'alice', topic: 'trade', source: 'daily' }[
    kind
  ];
  const other = await startApp(
    world({
      events: [event('a')],
      statements: [statement('s')],
      claims: [claim('c')],
      retired: [{ kind, id: 'old', mergedInto: into }],
    }),
  );
  try {
    for (const [options, headers, location] of [
      [{}, FORWARDED, ''],
      [{ trustProxy: ['127.0.0.1'] }, FORWARDED, '/attest'],
      [{ publicUrl: 'https://example.org/b' }, FORWARDED, '/b'],
    ] as const) {
      const app = await buildApp({
        store: other.store,
        logLevel: 'silent',
        maxEventLoopDelay: 0,
        ...options,
        trustProxy: 'trustProxy' in options ? [...options.trustProxy] : [],
      });
      const response = await app.inject({ url: `/v1/${list}/old${query}`, headers });
      expect([response.statusCode, response.headers.location]).toEqual([
        308,
        `${location}/v1/${list}/${into}${query}`,
      ]);
      expect(response.json().type).toBe(`${location}/problems/moved`);
      await app.close();
    }
  } finally {
    await other.close();
  }
});
