import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../src/app.ts';
import { runFor } from '../../src/db/caller.ts';
import type { StoreOptions } from '../../src/db/store.ts';
import { tables } from '../../src/db/tables.ts';
import { event, world } from '../support/records.ts';
import { openTestStore, startApp, type TestApp } from '../support/store.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function start(): Promise<TestApp> {
  const server = await startApp(world({ events: [event('a')] }));
  open.push(server);
  return server;
}

/** An application with options of its own over an empty store. */
async function build(options: Partial<Parameters<typeof buildApp>[0]>, limits: StoreOptions = {}) {
  const { store, remove } = await openTestStore(limits);
  const app = await buildApp({ store, logLevel: 'silent', ...options });
  open.push({
    async close() {
      await app.close();
      await remove();
    },
  });
  return app;
}

describe('RATE_LIMIT', () => {
  test('paths that do not exist count, together with those that do', async () => {
    const app = await build({ rateLimit: 3 });
    const statuses = [];
    for (const url of ['/nowhere', '/v1/eventz', '/v1/events', '/nowhere', '/v1/events']) {
      statuses.push((await app.inject(url)).statusCode);
    }
    expect(statuses).toEqual([404, 404, 200, 429, 429]);
  });

  test('a client that has spent its minute is told when to come back', async () => {
    const app = await build({ rateLimit: 3 });
    for (const left of [2, 1, 0]) {
      const { statusCode, headers } = await app.inject('/v1/events');
      expect(statusCode).toBe(200);
      expect(headers['ratelimit-policy']).toBe('"default";q=3;w=60');
      expect(headers.ratelimit).toMatch(new RegExp(`^"default";r=${left};t=\\d+$`));
      expect(headers).not.toHaveProperty('ratelimit-limit');
    }
    const response = await app.inject('/v1/events');
    expect(response.statusCode).toBe(429);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({
      type: '/problems/too-many-requests',
      status: 429,
      instance: response.headers['x-request-id'],
    });
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    expect(response.headers.ratelimit).toMatch(/^"default";r=0;t=\d+$/);
    expect(response.headers['access-control-allow-origin']).toBe('*');
    // Another client has a minute of its own; who watches the server spends nothing.
    expect((await app.inject({ url: '/v1/events', remoteAddress: '192.0.2.1' })).statusCode).toBe(200);
    for (const path of ['/health/live', '/health/ready', '/metrics'])
      expect((await app.inject(path)).statusCode).toBe(200);
  });

  test('0 is any number', async () => {
    const app = await build({ rateLimit: 0 });
    const { headers } = await app.inject('/v1/events');
    expect(headers).not.toHaveProperty('ratelimit');
  });

  test.each([
    [['192.0.2.0/24'], 200],
    [[], 429],
    [['198.51.100.1'], 429],
  ])('with TRUST_PROXY %j, clients behind one proxy are told apart or not', async (trustProxy, status) => {
    const app = await build({ rateLimit: 1, trustProxy });
    const from = (client: string) =>
      app.inject({
        url: '/v1/events',
        remoteAddress: '192.0.2.9',
        headers: { 'x-forwarded-for': client },
      });
    expect((await from('203.0.113.1')).statusCode).toBe(200);
    expect((await from('203.0.113.2')).statusCode).toBe(status);
    expect((await from('203.0.113.1')).statusCode).toBe(429);
  });
});

describe('request ids', () => {
  test('one that is given is kept, in the header and in problems', async () => {
    const { app } = await start();
    for (const id of ['abc-123', 'A_b.c~d', 'x'.repeat(128)]) {
      const response = await app.inject({ url: '/v1/events/none', headers: { 'x-request-id': id } });
      expect(response.headers['x-request-id']).toBe(id);
      expect(response.json().instance).toBe(id);
    }
  });

  test.each(['', 'a b', 'a\tb', '<script>', 'x'.repeat(129), 'é'])('"%s" is replaced', async (id) => {
    const { app } = await start();
    const response = await app.inject({ url: '/v1/events', headers: { 'x-request-id': id } });
    expect(response.statusCode).toBe(200);
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('each request has its own, even one that the router refuses', async () => {
    const { app } = await start();
    const ids = await Promise.all(
      ['/v1/events', '/v1/events', '/nowhere', '/v1/events/%E0%A4'].map(
        async (path) => (await app.inject(path)).headers['x-request-id'],
      ),
    );
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('limits', () => {
  test('on the length of a URL', async () => {
    const { app } = await start();
    const long = await app.inject(`/v1/actors?name=${'a'.repeat(8_000)}`);
    expect(long.statusCode).toBe(414);
    expect(long.json()).toMatchObject({ type: '/problems/request-too-long', status: 414 });
    expect((await app.inject(`/nowhere${'a'.repeat(8_000)}`)).statusCode).toBe(414);
    expect((await app.inject(`/v1/events/${'a'.repeat(600)}`)).statusCode).toBe(414);
  });

  test('on the number of parameters', async () => {
    const { app } = await start();
    const query = (times: number) => Array(times).fill('actor=alice').join('&');
    expect((await app.inject(`/v1/events?${query(50)}`)).statusCode).toBe(200);
    for (const url of [`/v1/events?${query(101)}`, `/v1/events??${query(101)}`]) {
      const response = await app.inject(url);
      expect(response.statusCode).toBe(400);
      expect(response.json().detail).toContain('at most 100');
    }
  });
});

test.each(['[', 'a b', '%zz', 'localhost:99999', 'evil.example/x?', 'a@b', '"><b>'])(
  'a Host with which no link can be made is refused: %s',
  async (host) => {
    const { app } = await start();
    for (const format of ['atom', 'jsonld', 'json']) {
      const url = `/v1/events?format=${format}&limit=1`;
      const response = await app.inject({ url, headers: { host } });
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({ type: '/problems/bad-http' });
    }
  },
);

test.each(['localhost', '127.0.0.1:3000', '[::1]:3000', 'attest.example.org'])(
  'links are made with the Host %s',
  async (host) => {
    const { app } = await start();
    const { body } = await app.inject({ url: '/v1/events?format=atom', headers: { host } });
    expect(body).toContain(`href="http://${host}/v1/events/a"`);
  },
);

describe('load', () => {
  test('a handler that takes too long is given up', async () => {
    const app = await build({});
    app.get('/slow', { handlerTimeout: 50, schema: { hide: true } }, () => new Promise(() => undefined));
    const response = await app.inject('/slow');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ type: '/problems/overloaded' });
    expect(response.headers['retry-after']).toBe('10');
  });

  test('a heavy query that takes too long is ended, and the problem says so', async () => {
    // Less than a process takes to start.
    const app = await build({}, { workerTimeout: 1 });
    const response = await app.inject('/v1/graph');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ type: '/problems/overloaded' });
    expect(response.json().detail).toContain('took too long');
    expect(response.headers['retry-after']).toBe('10');
    expect(response.headers).not.toHaveProperty('etag');
  });

  test('a heavy query does not block other requests, and its end leaves the next one unharmed', async () => {
    const server = await start();
    const { store, remove } = await openTestStore({ workerTimeout: 1_000 });
    open.push({ close: remove });
    const endless = sql`(with recursive n(i) as (select 1 union all select i + 1 from n) select i from n) as n`;
    const ended = expect(store.workers.select({ rows: sql`count(*)` }).from(endless)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'slow',
    });
    const { events } = tables;
    // It has begun by then, and goes on for the rest of its second.
    await delay(500);
    expect(await store.db.select().from(events)).toEqual([]);
    expect((await server.get('/v1/events/a')).status).toBe(200);
    await ended;
    expect(await store.workers.select({ id: events.id }).from(events)).toEqual([]);
  });

  test('only so many downloads are made at once', async () => {
    const { app, store } = await start();
    const views = await Promise.all(Array.from({ length: 32 }, () => store.snapshot()));
    const refused = await app.inject('/v1/events?format=csv');
    expect(refused.statusCode).toBe(503);
    expect(refused.json()).toMatchObject({ type: '/problems/overloaded' });
    expect((await app.inject('/v1/events')).statusCode).toBe(200);
    await views.pop()?.close();
    // Each gives its place back at its end.
    const download = async () => (await app.inject('/v1/events?format=csv')).statusCode;
    for (const _ of [1, 2]) await expect.poll(download).toBe(200);
    for (const view of views) await view.close();
  });

  test('one client may not have all downloads', async () => {
    const { store } = await start();
    const viewFor = (client: string) =>
      runFor({ client, gone: new AbortController().signal, deadline: Number.POSITIVE_INFINITY }, () =>
        store.snapshot(),
      );
    const views = await Promise.all(Array.from({ length: 8 }, () => viewFor('198.51.100.1')));
    await expect(viewFor('198.51.100.1')).rejects.toMatchObject({ code: 'crowded' });
    views.push(await viewFor('198.51.100.2'));
    await views.shift()?.close();
    views.push(await viewFor('198.51.100.1'));
    for (const view of views) await view.close();
  });

  test('refusals are counted by type, and logged as a number', async () => {
    const { app, store } = await start();
    const views = await Promise.all(Array.from({ length: 32 }, () => store.snapshot()));
    const warned = vi.spyOn(app.log, 'warn');
    const failed = vi.spyOn(app.log, 'error');
    for (const _ of [1, 2, 3]) await app.inject('/v1/events?format=csv');
    for (const view of views) await view.close();
    expect((await app.inject('/metrics')).body).toContain('attest_problems_total{type="overloaded"} 3\n');
    expect(warned).toHaveBeenCalledTimes(1);
    expect(failed).not.toHaveBeenCalled();
  });

  test('a download takes as long as its client does', async () => {
    const app = await build({});
    const limits = new Map<string, number | undefined>();
    app.addHook('onResponse', async ({ routeOptions }) => {
      limits.set(String(routeOptions.url), routeOptions.handlerTimeout);
    });
    app.get('/plain', { schema: { hide: true } }, async () => null);
    const download = { response: { 200: { content: { 'text/csv': { schema: z.string() } } } } };
    app.get('/download', { schema: { hide: true, ...download } }, async (_request, reply) =>
      reply.type('text/csv').send('a'),
    );
    await app.inject('/plain');
    await app.inject('/download');
    expect(Object.fromEntries(limits)).toEqual({ '/plain': 30_000, '/download': 2_147_483_647 });
  });

  test('requests are refused while the event loop is late, but the server still says that it lives', async () => {
    const app = await build({});
    // Busy for longer than a second, more than once, so that the measurement has something to see.
    for (let time = 0; time < 3; time++) {
      const end = Date.now() + 1_500;
      while (Date.now() < end);
      await delay(1);
    }
    const response = await app.inject('/v1/events');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ type: '/problems/overloaded' });
    expect(response.headers['retry-after']).toBe('10');
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    expect((await app.inject('/metrics')).statusCode).toBe(200);
    await expect.poll(async () => (await app.inject('/v1/events')).statusCode, { timeout: 10_000 }).toBe(200);
  });

  test('what the server does by itself is no overload: the document is written, and no request is refused', async () => {
    const app = await build({ maxEventLoopDelay: 500 });
    await app.ready();
    const busy = (): void => {
      const end = Date.now() + 1_500;
      while (Date.now() < end);
    };
    app.ownWork(busy);
    // The sample that has seen it.
    await delay(1);
    expect((await app.inject('/v1/events')).statusCode).toBe(200);
    app.writeOpenapi();
    const swagger = vi.spyOn(app, 'swagger');
    for (const path of ['/openapi.json', '/openapi.yaml', '/v1/events', '/v1/events/a'])
      expect([path, (await app.inject(path)).statusCode]).not.toEqual([path, 503]);
    // It was written once, before.
    expect(swagger).not.toHaveBeenCalled();
  });

  test('connections have time-outs', async () => {
    const { app } = await start();
    expect(app.server).toMatchObject({ timeout: 60_000, requestTimeout: 30_000, keepAliveTimeout: 72_000 });
  });
});

test('security headers: nothing may run, frame or sniff an answer; Swagger UI runs its own scripts alone', async () => {
  const { app } = await start();
  for (const path of ['/v1/events', '/nowhere', '/openapi.json']) {
    const { headers } = await app.inject(path);
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
  }
  const docs = await app.inject('/docs/');
  expect(docs.statusCode).toBe(200);
  expect(docs.headers['content-security-policy']).toContain("script-src 'self';");
});

describe('/metrics', () => {
  test('counts requests by route pattern and status, and the records in the store', async () => {
    const server = await start();
    const { app } = server;
    for (const path of ['/v1/events/a', '/v1/events/b', '/v1/events/c', '/v1/events?x=1', '/x', '/y'])
      await app.inject(path);
    const response = await app.inject('/metrics');
    expect(response.headers['content-type']).toMatch(/^text\/plain; version=/);
    const line = (name: string, labels: string) => `${name}{${labels}}`;
    const requests = (route: string, status: number, number: number) =>
      expect(response.body).toContain(
        `${line('http_request_duration_seconds_count', `method="GET",route="${route}",status="${status}"`)} ${number}\n`,
      );
    requests('/v1/events/:id', 200, 1);
    requests('/v1/events/:id', 404, 2);
    requests('/v1/events', 400, 1);
    requests('none', 404, 2);
    expect(response.body).toContain('attest_records{kind="event"} 1\n');
    expect(response.body).toMatch(/^process_cpu_seconds_total /m);
    await server.load(world({ events: [event('a'), event('b')] }));
    expect((await app.inject('/metrics')).body).toContain('attest_records{kind="event"} 2\n');
  });

  test('is not part of the document', async () => {
    const { app } = await start();
    expect((await app.inject('/openapi.json')).body).not.toContain('/metrics');
  });
});
