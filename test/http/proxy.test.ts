import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { CHROMIUM, startBrowser } from '../support/browser.ts';
import { NGINX, startNginx } from '../support/nginx.ts';
import { startApp, type TestApp } from '../support/store.ts';

// Attest behind a real nginx that serves it under /attest/, configured as docs/reference.md says: every link that an
// answer has leads through the proxy. Nothing else is served there, so a link without the prefix leads nowhere.

if (!NGINX)
  console.log('A proxy with a path prefix is not tested: no nginx (Debian: apt-get install nginx).');

interface Operation {
  operationId: string;
  parameters: {
    name: string;
    in: string;
    required?: boolean;
    example?: unknown;
    schema: { enum?: string[] };
  }[];
}

let server: TestApp;
let browser: Browser;
beforeAll(async () => {
  if (NGINX) server = await startApp('bundled');
  if (!NGINX || !CHROMIUM) return;
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe.runIf(NGINX).each([
  ['TRUST_PROXY and what the proxy sends', true],
  ['PUBLIC_URL', false],
])('behind nginx, by %s', (_name, byHeaders) => {
  let app: FastifyInstance;
  let nginx: Awaited<ReturnType<typeof startNginx>>;
  /** Where the API is for clients. */
  let base: string;
  let operations: [path: string, operation: Operation][];

  beforeAll(async () => {
    // The address of the proxy is known only once it listens, and it needs the port of the server to start.
    const build = async (options: { trustProxy?: string[]; publicUrl?: string }, port = 0) => {
      app = await buildApp({ store: server.store, logLevel: 'silent', maxEventLoopDelay: 0, ...options });
      await app.listen({ host: '127.0.0.1', port });
    };
    await build({ trustProxy: ['loopback'] });
    const { port } = app.server.address() as AddressInfo;
    nginx = await startNginx(port);
    base = `${nginx.origin}/attest`;
    if (!byHeaders) {
      await app.close();
      await build({ publicUrl: base }, port);
    }
    const { paths } = (await (await fetch(`${base}/openapi.json`)).json()) as {
      paths: Record<string, { get: Operation }>;
    };
    operations = Object.entries(paths).map(([path, { get }]) => [path, get]);
  });
  afterAll(async () => {
    await nginx?.close();
    await app?.close();
  });

  /** The URL of an operation under the address of the API, with the examples of what it requires. */
  function urlOf(
    path: string,
    { parameters }: Operation,
    query: Record<string, string> = {},
    id?: string,
  ): URL {
    const filled = parameters
      .filter((parameter) => parameter.in === 'path')
      .reduce((each, { name, example }) => each.replace(`{${name}}`, id ?? String(example)), path);
    const url = new URL(`${base}${filled}`);
    for (const { name, example, required, in: where } of parameters)
      if (where === 'query' && required) url.searchParams.set(name, String(example));
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }
  const takes = ({ parameters }: Operation, name: string) => parameters.some((each) => each.name === name);
  const status = async (url: string | URL) => (await fetch(url)).status;

  test('every link of the pages leads through the proxy, and what they load', async () => {
    const paths = [
      '/',
      '/events?topic=arms-embargo',
      '/events/arms-embargo-lifted-2025',
      '/graph',
      '/events/none',
    ];
    const links = new Set<string>();
    for (const path of paths) {
      const html = await (await fetch(base + path, { headers: { accept: 'text/html' } })).text();
      for (const [, link = ''] of html.matchAll(/ (?:href|src|action)="([^"#]+)/g))
        links.add(new URL(link.replaceAll('&amp;', '&'), base).href);
    }
    expect([...links].filter((link) => !link.startsWith(base))).toEqual([]);
    const dead: string[] = [];
    for (const link of links) if ((await status(link)) !== 200) dead.push(link);
    // The page of what is not there is linked from nowhere but its own head.
    expect(dead.filter((link) => !link.endsWith('/events/none'))).toEqual([]);
    expect(links.size).toBeGreaterThan(80);
  });

  test('every operation answers, and its next page is where Link says', async () => {
    let pages = 0;
    for (const [path, operation] of operations) {
      const url = urlOf(path, operation, takes(operation, 'limit') ? { limit: '1' } : {});
      const response = await fetch(url);
      const text = await response.text();
      expect([path, response.status]).toEqual([path, 200]);
      const link = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
      if (link === undefined) continue;
      pages += 1;
      expect(link).toMatch(/^\/attest\/v1\//);
      const next = await fetch(new URL(link, url));
      expect([path, next.status]).toEqual([path, 200]);
      expect(await next.text()).not.toBe(text);
    }
    expect(pages).toBeGreaterThan(8);
  });

  test('every link in every format of every operation leads through the proxy', async () => {
    const linked = new Set<string>();
    for (const [path, operation] of operations) {
      const formats = operation.parameters.find(({ name }) => name === 'format')?.schema.enum ?? ['json'];
      for (const format of formats) {
        const isPage =
          takes(operation, 'limit') && !['csv', 'ndjson', 'geojson', 'icalendar'].includes(format);
        const query = { ...(format === 'json' ? {} : { format }), ...(isPage ? { limit: '3' } : {}) };
        const url = urlOf(path, operation, query);
        const response = await fetch(url);
        const body = (await response.text()).replaceAll(/\r\n /g, '');
        expect([url.href, response.status]).toEqual([url.href, 200]);
        const links = [...body.matchAll(/http:\/\/127\.0\.0\.1[^\s"<>\\]*/g)].map(([link]) =>
          link.replaceAll('&amp;', '&'),
        );
        for (const link of links)
          expect([format, link.startsWith(`${base}/`), link]).toEqual([format, true, link]);
        if (['atom', 'jsonld', 'icalendar', 'geojson'].includes(format))
          expect([url.href, links.length > 0]).toEqual([url.href, true]);
        for (const link of links.slice(0, 4)) linked.add(link);
      }
    }
    for (const link of linked) expect([link, await status(link)]).toEqual([link, 200]);
    expect(linked.size).toBeGreaterThan(30);
  }, 120_000);

  test('the problem of every operation is explained where its type says', async () => {
    for (const [path, operation] of operations) {
      const wrong = await fetch(urlOf(path, operation, { 'no-such-parameter': '1' }));
      const { type } = (await wrong.json()) as { type: string };
      expect([path, wrong.status, type]).toEqual([path, 400, '/attest/problems/invalid-request']);
      if (!path.includes('{')) continue;
      const missing = await fetch(urlOf(path, operation, {}, 'no-such-record-at-all'));
      const problem = (await missing.json()) as { type: string };
      expect([path, missing.status, problem.type]).toEqual([path, 404, '/attest/problems/not-found']);
    }
    const index = await (await fetch(`${base}/problems`)).text();
    const pages = index.match(/\/\S*problems\/\S+/g) ?? [];
    expect(pages.length).toBeGreaterThan(10);
    for (const page of pages) {
      const response = await fetch(new URL(page, nginx.origin));
      expect([page, response.status]).toEqual([page, 200]);
      expect(await response.text()).toContain('All types: /attest/problems\n');
    }
  });

  test('what is not there is named as the client asked for it', async () => {
    const { detail } = (await (await fetch(`${base}/v1/event`)).json()) as { detail: string };
    expect(detail).toBe(
      'there is no /attest/v1/event (did you mean /attest/v1/events?): /attest/docs lists the routes',
    );
    const method = await fetch(`${base}/v1/events`, { method: 'DELETE' });
    expect((await method.json()) as object).toMatchObject({
      type: '/attest/problems/method-not-allowed',
      detail: 'DELETE is not allowed on /attest/v1/events: use GET or HEAD',
    });
    const slash = (await (await fetch(`${base}/v1/events/?limit=1`)).json()) as { detail: string };
    expect(slash.detail).toContain('/attest/v1/events');
    // The router itself refuses it.
    const malformed = await fetch(`${base}/v1/events/%E0%A4`);
    expect([malformed.status, ((await malformed.json()) as { type: string }).type]).toEqual([
      400,
      expect.stringMatching(/^\/attest\/problems\//),
    ]);
  });

  test('the OpenAPI document names this server, and its links lead somewhere', async () => {
    const document = (await (await fetch(`${base}/openapi.json`)).json()) as { servers: { url: string }[] };
    expect(document.servers.map(({ url }) => url)).toEqual([base]);
    const yaml = await (await fetch(`${base}/openapi.yaml`)).text();
    expect(yaml).toMatch(new RegExp(`^servers:\n +- url: "?${base}"?$`, 'm'));
    for (const text of [JSON.stringify(document), yaml]) {
      const links = new Set([...text.matchAll(/\]\((\/[^)]*)\)/g)].map(([, link = '']) => link));
      expect(links.size).toBeGreaterThan(12);
      for (const link of links) {
        expect(link).toMatch(/^\/attest\//);
        expect([link, await status(new URL(link, nginx.origin))]).toEqual([link, 200]);
      }
    }
  });

  test('the index of the API leads to the document, to the documentation and to every route', async () => {
    const index = (await (await fetch(`${base}/v1`)).json()) as {
      documentation: string;
      openapi: string;
      routes: { url: string }[];
    };
    expect(index.routes.map(({ url }) => url).sort()).toEqual(operations.map(([path]) => base + path).sort());
    expect([await status(index.documentation), await status(index.openapi)]).toEqual([200, 200]);
  });

  test('what a client says of the address is overwritten, and a copy is revalidated through the proxy', async () => {
    const url = `${base}/v1/events?format=jsonld&limit=2`;
    const own = await fetch(url);
    const body = await own.text();
    const poisoned = await fetch(url, {
      headers: {
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'javascript',
        'X-Forwarded-Prefix': '/evil',
      },
    });
    expect(await poisoned.text()).toBe(body);
    expect(poisoned.headers.get('etag')).toBe(own.headers.get('etag'));
    const again = await fetch(url, { headers: { 'If-None-Match': String(own.headers.get('etag')) } });
    expect(again.status).toBe(304);
    expect((await fetch(url, { method: 'HEAD' })).headers.get('etag')).toBe(own.headers.get('etag'));
  });

  test('compressed downloads and large pages pass whole', async () => {
    const response = await fetch(`${base}/v1/events?format=ndjson`, {
      headers: { 'Accept-Encoding': 'gzip' },
    });
    const lines = (await response.text()).trim().split('\n');
    expect(lines.length).toBe(Number(response.headers.get('x-total-count')));
  });

  test.each(['/docs', '/docs/', '/docs/?from=elsewhere', '/docs?from=elsewhere', '/docs/static/index.html'])(
    '%s leads to the one page of Swagger UI',
    async (path) => {
      const { status, url } = await fetch(base + path);
      expect([status, url]).toEqual([200, `${base}/docs/`]);
    },
  );

  test.runIf(CHROMIUM)('Swagger UI loads whole, and "Try it out" asks through the proxy', () =>
    tryItOut(base, '/docs/static/index.html'),
  );
});

test.runIf(NGINX && CHROMIUM)(
  'Swagger UI works behind a proxy of which the server knows nothing',
  async () => {
    const app = await buildApp({ store: server.store, logLevel: 'silent', maxEventLoopDelay: 0 });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const nginx = await startNginx((app.server.address() as AddressInfo).port);
    try {
      await tryItOut(`${nginx.origin}/attest`, '/docs');
    } finally {
      await nginx.close();
      await app.close();
    }
  },
);

/** Opens a page of Swagger UI and has it ask: everything is loaded and asked under `base`, and nothing fails. */
async function tryItOut(base: string, path: string): Promise<void> {
  const page = await browser.newPage();
  try {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('response', (response) => {
      if (!response.url().startsWith(`${base}/`) && !response.url().startsWith('data:'))
        faults.push(response.url());
      if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(base + path);
    const block = page.locator('#operations-Events-listEvents');
    await block.locator('.opblock-summary-control').click();
    await block.locator('.try-out__btn').click();
    const answered = page.waitForResponse((response) => response.url().includes('/v1/'));
    await block.locator('button.execute').click();
    const response = await answered;
    expect(response.url()).toMatch(new RegExp(`^${base}/v1/events`));
    expect(response.status()).toBe(200);
    expect(await block.locator('.curl').innerText()).toContain(`${base}/v1/events`);
    expect(faults).toEqual([]);
  } finally {
    await page.close();
  }
}
