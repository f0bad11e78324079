import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from '../support/browser.ts';
import { startApp, type TestApp } from '../support/store.ts';

if (!CHROMIUM)
  console.log('Swagger UI is not tested: no Chromium in /usr/bin (Debian: apt-get install chromium).');

interface Operation {
  operationId: string;
  summary: string;
  tags: [string];
  parameters: {
    name: string;
    description: string;
    schema: { type?: string; items?: { examples?: string[] } };
  }[];
  responses: Record<string, { content?: Record<string, unknown> }>;
}
interface Document {
  tags: { name: string; description: string }[];
  paths: Record<string, { get: Operation }>;
}

describe.runIf(CHROMIUM)('Swagger UI in a browser', () => {
  let server: TestApp;
  let browser: Browser;
  let base: string;
  let document: Document;
  let operations: [string, Operation][];
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    server = await startApp('bundled');
    await server.app.listen({ host: '127.0.0.1', port: 0 });
    base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
    document = (await server.get('/openapi.json')).body;
    operations = Object.entries(document.paths).map(([path, { get }]) => [path, get]);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function newPage(): Promise<void> {
    page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    // What the page's policy refuses is an error of the console, too.
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  }

  const find = (operationId: string): Operation => {
    const found = operations.find(([, operation]) => operation.operationId === operationId)?.[1];
    if (!found) throw new Error(`no operation ${operationId}`);
    return found;
  };

  /** Opens the page, expands an operation as a reader does, and presses "Try it out". */
  async function open({ operationId, tags: [tag] }: Operation): Promise<Locator> {
    if (page.url() === 'about:blank') await page.goto(`${base}/docs`);
    const block = page.locator(`#operations-${tag}-${operationId}`);
    await block.locator('.opblock-summary-control').click();
    await block.locator('.try-out__btn').click();
    return block;
  }

  /** Presses "Execute"; returns what the page shows, and the request and body behind it. */
  async function execute(block: Locator) {
    const answered = page.waitForResponse((response) => response.url().includes('/v1/'));
    await block.locator('button.execute').click();
    const response = await answered;
    const live = block.locator('.live-responses-table .response').first();
    await live.locator('.microlight').first().waitFor();
    return {
      url: new URL(response.url()),
      accept: (await response.request().allHeaders()).accept,
      status: Number.parseInt(await live.locator('.response-col_status').innerText(), 10),
      shown: await live.locator('.microlight').first().innerText(),
      text: await response.text(),
    };
  }

  /** Fills in one value of a parameter that takes several. */
  async function add(block: Locator, name: string, value?: string): Promise<string> {
    const row = block.locator(`tr[data-param-name="${name}"]`);
    await row.locator('.json-schema-form-item-add').click();
    const input = row.locator('.json-schema-form-item input').last();
    if (value !== undefined) await input.fill(value);
    return input.inputValue();
  }

  async function picture(name: string): Promise<void> {
    if (!process.env.SCREENSHOTS) return;
    mkdirSync(process.env.SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
  }

  test('every link of the document leads to an answer that has something in it', async () => {
    const links = new Set(
      [...JSON.stringify(document).matchAll(/\]\((\/[^)]*)\)/g)].map((match) => match[1] ?? ''),
    );
    expect(links.size).toBeGreaterThan(document.tags.length);
    for (const link of links) {
      const response = await server.app.inject(link);
      expect([link, response.statusCode]).toEqual([link, 200]);
      if (!link.startsWith('/v1/')) continue;
      const { items, terms } = response.json();
      expect([link, (items ?? terms).length > 0]).toEqual([link, true]);
    }
  });

  describe('as it opens', () => {
    beforeAll(async () => {
      await newPage();
      await page.goto(`${base}/docs`);
    });
    afterAll(() => page.close());
    afterEach(() => expect(faults).toEqual([]));

    test('the page shows every tag with its introduction, and every operation, in the order of the document', async () => {
      await page.locator('.opblock-tag').first().waitFor();
      await picture('landing');
      const order = document.tags.map(({ name }) => name);
      expect(
        await page
          .locator('.opblock-tag')
          .evaluateAll((tags) => tags.map((tag) => tag.getAttribute('data-tag'))),
      ).toEqual(order);
      // A tag without an operation would not be shown; an operation without one of them would come last.
      expect(order).toEqual([...new Set(operations.map(([, { tags }]) => tags[0]))]);
      const paths = await page.locator('.opblock-summary-path').allInnerTexts();
      expect(paths.map((path) => path.replaceAll(/[^\w/{}]/g, ''))).toEqual(operations.map(([path]) => path));
      for (const text of await page.locator('.opblock-tag small').allInnerTexts())
        expect(text).toMatch(/[.].*\?\s\/v1\//s);
    });

    test('a link in an introduction opens beside the page, and folds nothing', async () => {
      const tag = page.locator('.opblock-tag').first();
      const opened = page.context().waitForEvent('page');
      await tag.locator('small a').click();
      const other = await opened;
      expect(new URL(other.url()).pathname).toMatch(/^\/v1\//);
      await other.close();
      expect(await tag.getAttribute('data-is-open')).toBe('true');
    });

    test('the schemas are listed and open to what their fields mean', async () => {
      const models = page.locator('section.models');
      await models.locator('button').first().click();
      const head = models
        .locator('.json-schema-2020-12-head')
        .filter({ has: page.locator('.json-schema-2020-12__title', { hasText: /^Event$/ }) });
      await head.locator('.json-schema-2020-12-expand-deep-button').click();
      await models.getByText('What happened, in our own words').waitFor();
      await picture('schemas');
    });

    test('the page has a name, an icon of its own, and a width for phones', async () => {
      expect(await page.title()).toBe('Attest: explore the API');
      expect(await page.locator('meta[name=viewport]').getAttribute('content')).toContain('device-width');
      const icon = (await page.locator('link[rel=icon]').getAttribute('href')) ?? '';
      const { headers, statusCode } = await server.app.inject(new URL(icon, page.url()).pathname);
      expect([statusCode, headers['content-type']]).toEqual([200, 'image/svg+xml']);
    });
  });

  describe('as it is used', () => {
    beforeEach(newPage);
    afterEach(async () => {
      await page.close();
      expect(faults).toEqual([]);
    });

    test('"Try it out", as pre-filled, shows an answer with something in it, for every operation', async () => {
      expect(operations.length).toBeGreaterThan(20);
      for (const [path, operation] of operations) {
        const block = await open(operation);
        expect(await block.locator('.opblock-summary-description').innerText()).toBe(operation.summary);
        const explained = await block
          .locator('tr[data-param-name]:has(.renderedMarkdown)')
          .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-param-name')));
        expect([path, explained]).toEqual([path, operation.parameters.map(({ name }) => name)]);
        const { status, shown, text } = await execute(block);
        expect([path, status]).toEqual([path, 200]);
        // The page lays the answer out anew.
        const body = JSON.parse(text);
        expect([path, JSON.parse(shown)]).toEqual([path, body]);
        const found = body.items ?? body.terms ?? body.nodes ?? [body.id];
        expect([path, found.length > 0 && found[0] !== undefined]).toEqual([path, true]);
        await picture(operation.operationId);
        await block.locator('.opblock-summary-control').click();
        expect([path, faults]).toEqual([path, []]);
      }
    }, 240_000);

    test('a value that is added to a filter begins as its example, and filters', async () => {
      const block = await open(find('listEvents'));
      const all = (await server.get('/v1/events')).body.items.length;
      for (const { name, schema } of find('listEvents').parameters.filter(
        ({ schema: { type } }) => type === 'array',
      )) {
        expect([name, schema.items?.examples]).toEqual([name, [expect.any(String)]]);
        expect([name, await add(block, name)]).toEqual([name, schema.items?.examples?.[0]]);
        await block.locator(`tr[data-param-name="${name}"] .json-schema-form-item-remove`).click();
      }
      await add(block, 'actor', 'united-states');
      await add(block, 'actor', 'china,thailand');
      const { url, status, shown } = await execute(block);
      expect(status).toBe(200);
      expect(url.searchParams.getAll('actor')).toEqual(['united-states', 'china,thailand']);
      const items = JSON.parse(shown).items;
      expect(items).toEqual(
        (await server.get('/v1/events?actor=united-states&actor=china,thailand')).body.items,
      );
      expect(items.length).toBeGreaterThan(0);
      expect(items.length).toBeLessThan(all);
    });

    test('every media type that is chosen for the answer is the one that is shown', async () => {
      for (const operationId of ['listEvents', 'getEvent', 'getGraph']) {
        const operation = find(operationId);
        const types = Object.keys(operation.responses[200]?.content ?? {});
        expect(types.length).toBeGreaterThan(1);
        const block = await open(operation);
        // Of a few records: what the page shows of many is long in coming.
        const from = block.locator('tr[data-param-name="from"] input');
        if ((await from.count()) > 0) await from.fill('2025-11');
        for (const type of types) {
          await block
            .locator(
              '.responses-table:not(.live-responses-table) .response[data-code="200"] select.content-type',
            )
            .selectOption(type);
          const { accept, status, text } = await execute(block);
          expect([operationId, accept, status]).toEqual([operationId, type, 200]);
          const live = await block.locator('.live-responses-table .response').first().innerText();
          expect(live).toContain(`content-type: ${type}`);
          expect(text.length).toBeGreaterThan(200);
          if (type !== 'text/csv') continue;
          await picture('csv');
          const shown = await block
            .locator('.live-responses-table .response .microlight')
            .first()
            .innerText();
          expect(shown.split('\n')[0]?.trim()).toBe(text.split('\r\n')[0]);
          expect(text.trim().split('\r\n').length).toBeGreaterThan(5);
          expect(shown.trim().split('\n').length).toBe(text.trim().split('\r\n').length);
        }
      }
    }, 120_000);

    test('a wrong value shows what is wrong with it, and what was probably meant', async () => {
      const block = await open(find('listEvents'));
      await add(block, 'actor', 'kristenbrink');
      const { status, shown } = await execute(block);
      expect(status).toBe(400);
      expect(JSON.parse(shown)).toMatchObject({
        type: '/problems/invalid-request',
        errors: [{ parameter: 'actor', suggestions: ['daniel-kritenbrink'] }],
      });
      await picture('wrong');
      // The browser reports every answer that is an error.
      expect(faults).toEqual([expect.stringContaining('400')]);
      faults = [];
    });

    test.each([390, 1280])('nothing runs out of a window of %d px', async (width) => {
      await page.setViewportSize({ width, height: 900 });
      const block = await open(find('listEvents'));
      await execute(block);
      await picture(`listEvents-${width}`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const spilt = await page.evaluate(`[...document.querySelectorAll('.opblock pre')].filter((box) =>
        getComputedStyle(box).overflowY === 'visible' && box.scrollHeight > box.clientHeight + 1).length`);
      expect(spilt).toBe(0);
    });
  });
});

test("Swagger UI's copies of the document lead to the one there is", async () => {
  const server = await startApp();
  try {
    for (const kind of ['json', 'yaml']) {
      const { statusCode, headers } = await server.app.inject(`/docs/${kind}`);
      expect([statusCode, headers.location]).toEqual([308, `../openapi.${kind}`]);
    }
    expect((await server.app.inject('/docs')).headers['cache-control']).toBe('no-cache');
  } finally {
    await server.close();
  }
});
