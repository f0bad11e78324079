import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { event, world } from '../support/records.ts';
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
