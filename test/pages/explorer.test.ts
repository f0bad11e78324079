import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import axe from 'axe-core';
import type { FastifyInstance } from 'fastify';
import { HtmlValidate } from 'html-validate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { textsIn } from '../../src/seed/files/articles.ts';
import { sha256 } from '../../src/seed/files/passages.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { CHROMIUM, startBrowser } from '../support/browser.ts';
import { source, world } from '../support/records.ts';
import { startApp, type TestApp, temporaryFolder } from '../support/store.ts';

// The explorer over the bundled dataset: every page as a browser, a checker and a reader meet it.

if (!CHROMIUM)
  console.log('The explorer is not tested in a browser: no Chromium (Debian: apt-get install chromium).');

/** A page of each kind, and of each state in which it can be. */
const PAGES = [
  '/',
  '/events',
  '/events?topic=arms-embargo&status=occurred',
  '/events?country=BR',
  '/events/arms-embargo-lifted-2025',
  '/events/asean-summit-kuala-lumpur-2025',
  '/statements',
  '/statements/hun-sen-right-to-expand-navy',
  '/claims?standing=disputed',
  '/claims/ream-chinese-military-access',
  '/actors',
  '/actors/cambodia',
  '/actors/hun-manet',
  '/topics',
  '/topics/ream-naval-base',
  '/sources',
  '/sources/dw-2025-11-13',
  '/figures',
  '/datasets',
  '/datasets/cambodia-us',
  '/search?q=embargo',
  '/search?q=embrago',
  '/timeline?by=actor',
  '/graph',
  '/map',
  '/problems',
  '/problems/not-found',
  '/claims?asOf=2024-06-30',
];
const REFUSED = [
  '/events?actor=Hun+Manet',
  '/timeline?interval=fortnight',
  '/graph?limit=0',
  '/search?q=%21',
];
const MISSING = ['/evnts', '/events/arms-embargo-lifted', '/actors/hun-mannet'];
const ARTICLES = process.env.ARTICLES_DIR;
if (ARTICLES === undefined)
  console.log('Articles on the pages of sources are not checked: set ARTICLES_DIR to the articles’ texts.');

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let server: TestApp;
let app: FastifyInstance;
let base: string;
beforeAll(async () => {
  server = await startApp('bundled');
  // With the words of passages where the texts are at hand, as a reader of them sees the pages.
  if (ARTICLES !== undefined)
    await loadDataset(server.store, readDataset(BUNDLED_DATASET), { articlesDir: ARTICLES });
  const articleText = ARTICLES === undefined ? undefined : textsIn(ARTICLES);
  app = await buildApp({ store: server.store, logLevel: 'silent', maxEventLoopDelay: 0, articleText });
  await app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app?.close();
  await server?.close();
});

const htmlOf = async (path: string): Promise<{ status: number; html: string; headers: Headers }> => {
  const response = await fetch(base + path, { headers: BROWSER });
  return { status: response.status, html: await response.text(), headers: response.headers };
};
/** The links of a page within the server, without fragments. */
const linksIn = (html: string): string[] =>
  [...html.matchAll(/ href="(\/[^"#]*)/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

describe('pages as programs see them', () => {
  test.each([
    ...PAGES.map((path) => [path, 200] as const),
    ...REFUSED.map((path) => [path, 400] as const),
    ...MISSING.map((path) => [path, 404] as const),
  ])('%s is valid HTML, with one heading and a title of its own', async (path, expected) => {
    const { status, html, headers } = await htmlOf(path);
    expect(status).toBe(expected);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const report = await new HtmlValidate({
      extends: ['html-validate:recommended'],
      // How HTML is written is the template library's choice.
      rules: {
        'void-style': 'off',
        'no-trailing-whitespace': 'off',
        'attribute-boolean-style': 'off',
        'attribute-empty-style': 'off',
        'long-title': 'off',
        // Facets are sets of boxes of one name; several values of a hidden parameter are repeats.
        'form-dup-name': ['error', { shared: ['checkbox', 'submit'] }],
      },
    }).validateString(html);
    expect(
      report.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line, column }) => `${ruleId} ${message} ${line}:${column}`),
      ),
    ).toEqual([]);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toMatch(/<title>.{6,}<\/title>/);
  });

  test('no link of any page is dead', async () => {
    const seen = new Map<string, string>();
    const queue: [path: string, from: string][] = PAGES.map((path) => [path, 'the list of pages']);
    const dead: string[] = [];
    const LIMIT = 700;
    for (let next = queue.shift(); next && seen.size < LIMIT; next = queue.shift()) {
      const [path, from] = next;
      if (seen.has(path)) continue;
      seen.set(path, from);
      const { status, html } = await htmlOf(path);
      if (status !== 200) dead.push(`${status} ${path} on ${from}`);
      // Lists have any number of combinations of filters: those of the pages above are enough.
      if (
        /^\/(v1|docs|openapi|assets|favicon)/.test(path) ||
        (path.includes('?') && from !== 'the list of pages')
      )
        continue;
      for (const link of linksIn(html)) if (!seen.has(link)) queue.push([link, path]);
    }
    expect(dead).toEqual([]);
    expect(seen.size).toBeGreaterThan(400);
  }, 120_000);

  test('a page is kept until the store changes', async () => {
    const { headers } = await htmlOf('/events');
    const etag = headers.get('etag') ?? '';
    expect(headers.get('vary')).toContain('accept-encoding');
    const again = await fetch(`${base}/events`, { headers: { ...BROWSER, 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(again.headers.get('content-security-policy')).toBe(headers.get('content-security-policy'));
    const other = await fetch(`${base}/events?status=planned`, {
      headers: { ...BROWSER, 'if-none-match': etag },
    });
    expect(other.status).toBe(200);
  });

  test('the page of a source is kept until its text comes, or is another one', async () => {
    const text = 'Ann met Bob. Nobody else came.';
    const daily = source('daily', { text: { file: 'daily.txt', sha256: sha256(text), length: text.length } });
    const { store, close } = await startApp({ ...world(), sources: [daily, source('weekly')] });
    const folder = temporaryFolder();
    const app = await buildApp({ store, logLevel: 'silent', articleText: textsIn(folder.path) });
    const tagOf = async () => (await app.inject({ url: '/sources/daily', headers: BROWSER })).headers.etag;
    const tags = [await tagOf()];
    for (const written of [text, `${text} Not so.`]) {
      writeFileSync(join(folder.path, 'daily.txt'), written);
      tags.push(await tagOf());
    }
    expect(tags[1]).not.toBe(tags[0]);
    expect(tags[2]).toBe(tags[0]);
    await app.close();
    await close();
    folder.remove();
  });

  test('the policy lets nothing run or load but what the server has', async () => {
    const { headers } = await htmlOf('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|data:|https?:/);
  });

  test('fields that a form left empty are no filters', async () => {
    const response = await fetch(`${base}/events?q=&actor=hun-manet&from=`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/events?actor=hun-manet']);
  });

  test('programs get problems as JSON, browsers as pages', async () => {
    const program = await fetch(`${base}/events/none`);
    expect([program.status, program.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    const api = await fetch(`${base}/v1/events/none`, { headers: BROWSER });
    expect(api.headers.get('content-type')).toContain('application/problem+json');
    const text = await fetch(`${base}/problems/not-found`);
    expect(text.headers.get('content-type')).toContain('text/plain');
  });

  test('wrong ids and addresses lead on', async () => {
    const { html: record } = await htmlOf('/actors/hun-mannet');
    expect(linksIn(record)).toContain('/actors/hun-manet');
    const { html: address } = await htmlOf('/evnts');
    expect(linksIn(address)).toContain('/events');
  });

  test('feeds and calendars lead to pages', async () => {
    const feed = await (await fetch(`${base}/v1/events?format=atom&limit=1&topic=arms-embargo`)).text();
    expect(feed).toMatch(new RegExp(`<link rel="alternate" href="${base}/events/[\\w-]+" type="text/html">`));
  });

  test('the home page is computed from the store', async () => {
    const { html } = await htmlOf('/');
    const disputed = (await server.get('/v1/claims?standing=disputed&count=true&limit=1')).body.total;
    expect(html).toContain(`All ${disputed} disputed claims`);
    const { items } = (await server.get('/v1/events?relation=fulfilledBy')).body;
    for (const { id } of items) expect(linksIn(html)).toContain(`/events/${id}`);
  });

  test('a claim is between its two sides', async () => {
    const { positions } = (await server.get('/v1/claims/ream-chinese-military-access')).body;
    const { html } = await htmlOf('/claims/ream-chinese-military-access');
    const [, pro = '', contra = ''] = /class="for"(.*)class="against"(.*)/s.exec(html) ?? [];
    for (const { actor, stance } of positions) {
      if (stance === 'asserts') expect(pro).toContain(actor.name);
      if (stance === 'denies') expect(contra).toContain(actor.name);
    }
  });

  test('an event says what each source gives otherwise', async () => {
    const { items } = (await server.get('/v1/events?disputed=true')).body;
    expect(items.length).toBeGreaterThan(0);
    for (const { id } of items) expect((await htmlOf(`/events/${id}`)).html).toContain('class="differences"');
  });

  /** The words of the article on the page of a source, with one space between them. */
  const wordsOf = (html: string): string =>
    html
      .replace(/<span class="gap">.*?<\/span>/g, '')
      .replace(/<\/p>\s*<p>/g, ' ')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replace(/\s+/g, ' ')
      .trim();
  const articleIn = (html: string): string => /<div class="article">(.*?)<\/div>/s.exec(html)?.[1] ?? '';

  test.runIf(ARTICLES)('with the texts at hand, a source shows its whole article', async () => {
    const { items } = (await server.get('/v1/sources')).body;
    for (const { id, text } of items) {
      const { html } = await htmlOf(`/sources/${id}`);
      const article = articleIn(html);
      const whole = readFileSync(join(ARTICLES ?? '', text.file), 'utf8')
        .replace(/\s+/g, ' ')
        .trim();
      expect(wordsOf(article)).toBe(whole);
      // Each cited piece leads to a passage of the page; the others lead nowhere.
      for (const [, start] of article.matchAll(/<a href="#(c\d+)">/g))
        expect(html).toContain(`id="${start}"`);
      const [, uncited, all] = /([\d,]+) of ([\d,]+) sentences and headings/.exec(html) ?? [];
      expect(Number(uncited)).toBeLessThan(Number(all));
      if (Number(uncited) > 0) expect(article).toContain('<span class="uncited">');
    }
  });

  test.runIf(ARTICLES)(
    'with the words of passages alone, it shows what they give of the article',
    async () => {
      const { items } = (await server.get('/v1/sources')).body;
      for (const { id, text } of items) {
        const page = await server.app.inject({ url: `/sources/${id}`, headers: BROWSER });
        const article = articleIn(page.body);
        const whole = readFileSync(join(ARTICLES ?? '', text.file), 'utf8')
          .replace(/\s+/g, ' ')
          .trim();
        const shown = wordsOf(article);
        expect(shown.length).toBeLessThan(whole.length);
        expect(shown.length / whole.length).toBeGreaterThan(0.8);
        for (const [, piece] of article.matchAll(/<a href="#c\d+">(.*?)<\/a>/g))
          expect(whole).toContain(wordsOf(piece ?? ''));
        expect(page.body).not.toContain('class="uncited"');
      }
    },
  );

  test('the topic that a search names comes first', async () => {
    const { html } = await htmlOf('/search?q=Ream');
    expect(/<h2>(\w+)/.exec(html)?.[1]).toBe('Topics');
  });

  test('a source shows every passage that records cite, in order', async () => {
    const { html } = await htmlOf('/sources/dw-2025-11-13');
    const starts = [...html.matchAll(/id="c(\d+)"/g)].map(([, start]) => Number(start));
    expect(starts.length).toBeGreaterThan(40);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });
});

describe('where queries take too long', () => {
  let own: TestApp;
  beforeAll(async () => {
    // No worker answers within a thousandth of a second.
    own = await startApp({ workerTimeout: 1 }, 'bundled');
  });
  afterAll(async () => own?.close());

  test.each([
    '/',
    '/events',
    '/claims?standing=disputed',
    '/actors/cambodia',
    '/topics/ream-naval-base',
    '/datasets/cambodia-us',
  ])('%s has what is quick, and says what is missing', async (path) => {
    const { statusCode, body } = await own.app.inject({ url: path, headers: BROWSER });
    expect(statusCode).toBe(200);
    expect(body).toMatch(/would take too long/);
    expect(linksIn(body).length).toBeGreaterThan(30);
  });
});

describe.runIf(CHROMIUM)('pages in a browser', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let faults: Set<string>;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => browser?.close());
  afterEach(async () => {
    await context?.close();
    expect([...faults]).toEqual([]);
  });

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    page = await context.newPage();
    faults = new Set();
    page.on('pageerror', (error) => faults.add(String(error)));
    // Chromium itself reports answers of 4xx.
    page.on('console', (message) => /status of 4\d\d/.test(message.text()) || faults.add(message.text()));
    page.on(
      'request',
      (request) => request.url().startsWith(base) || faults.add(`asked for ${request.url()}`),
    );
  }

  test.each(['light', 'dark'] as const)('no barrier that axe finds in any page: %s', async (colorScheme) => {
    await open({ colorScheme });
    const found: string[] = [];
    // In the dark only the colours differ.
    const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
    for (const path of [...PAGES, ...REFUSED, ...MISSING]) {
      await page.goto(base + path);
      // The policy of the pages lets no script in but by the debugger.
      await page.evaluate(axe.source);
      const violations = await page.evaluate(async (options) => {
        // @ts-expect-error: defined by the script above
        const { violations } = await globalThis.axe.run(options);
        return violations.map(
          ({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html}`,
        );
      }, rules);
      found.push(...violations.map((each: string) => `${path} ${each}`));
    }
    expect(found).toEqual([]);
  });

  test('no page is wider than its window', async () => {
    await open();
    const wide: string[] = [];
    for (const width of [320, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of [...PAGES, ...REFUSED]) {
        await page.goto(base + path);
        const whole = Number(await page.evaluate('document.documentElement.scrollWidth'));
        if (whole > width) wide.push(`${path}: ${whole} in ${width}`);
      }
    }
    expect(wide).toEqual([]);
  });

  test('without JavaScript: from the home page to the passage that proves it', async () => {
    await open({ javaScriptEnabled: false });
    await page.goto(base);
    await page.getByLabel('Search everything').fill('lifts arms embargo');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'US lifts its arms embargo on Cambodia' }).first().click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'US lifts its arms embargo on Cambodia',
    );
    await page
      .getByRole('link', { name: /^characters / })
      .first()
      .click();
    expect(page.url()).toMatch(/\/sources\/[\w-]+#c\d+$/);
    expect(await page.locator(':target').count()).toBe(1);
  });

  test('without JavaScript: filters apply by their button, and go by their chips', async () => {
    await open({ javaScriptEnabled: false });
    await page.goto(`${base}/events`);
    await page.getByLabel('From').fill('2025-10');
    await page.getByRole('checkbox', { name: /^consult/ }).check();
    await page.getByRole('button', { name: 'Apply filters' }).click();
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('from'), searchParams.get('type'), searchParams.has('q')]).toEqual([
      '2025-10',
      'CONSULT',
      false,
    ]);
    const { total } = (await server.get('/v1/events?from=2025-10&type=CONSULT&count=true')).body;
    expect(await page.getByRole('status').textContent()).toBe(`${total} events`);
    await page.getByRole('list', { name: 'Filters in force' }).getByRole('link', { name: /^From/ }).click();
    expect(new URL(page.url()).searchParams.has('from')).toBe(false);
    expect(await page.getByRole('checkbox', { name: /^consult/ }).isChecked()).toBe(true);
  });

  test('with JavaScript: a filter applies when it is chosen, without what holds anyway', async () => {
    await open();
    await page.goto(`${base}/claims`);
    await page.getByRole('checkbox', { name: /^disputed/ }).check();
    await page.waitForURL(/standing=disputed/);
    expect(new URL(page.url()).search).toBe('?standing=disputed');
    expect(await page.getByRole('checkbox', { name: /^disputed/ }).isChecked()).toBe(true);
  });

  test('by keyboard: skip, search, choose a suggestion, walk a list', async () => {
    await open();
    await page.goto(base);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('/');
    await page.keyboard.type('hun man');
    const options = page.getByRole('option');
    await options.first().waitFor();
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('[role=option][aria-selected=true]').textContent();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname.split('/').length === 3);
    expect((await page.getByRole('heading', { level: 1 }).textContent())?.length).toBeGreaterThan(3);
    expect(chosen).not.toBeNull();
    await page.goto(`${base}/events`);
    await page.keyboard.press('j');
    const [first = '', second = ''] = await page
      .locator('.spine h3 a')
      .evaluateAll((links) => links.slice(0, 2).map((link) => link.textContent ?? ''));
    expect(await page.evaluate('document.activeElement.textContent')).toBe(first);
    await page.keyboard.press('j');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(second);
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/events\/[\w-]+$/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(first);
  });

  test('as known on a day, and so on every page that it leads to', async () => {
    await open();
    await page.goto(`${base}/claims`);
    await page.getByLabel('As known on').fill('2024-06-30');
    await page.waitForURL(/asOf=2024-06-30/);
    expect(await page.locator('.as-of-bar').textContent()).toContain('30 June 2024');
    const { total } = (await server.get('/v1/claims?asOf=2024-06-30&count=true')).body;
    expect(await page.locator('.showing').textContent()).toContain(`${total} claims`);
    await page.locator('.claim h3 a').first().click();
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2024-06-30');
    await page.getByRole('link', { name: 'Show what is known now' }).click();
    expect(new URL(page.url()).searchParams.has('asOf')).toBe(false);
  });

  test('a name for an id is said beside its field, and its id is a click away', async () => {
    await open();
    await page.goto(`${base}/events?actor=Hun+Manet&topic=arms-embargo`);
    const field = page.getByLabel('Actor', { exact: true });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.locator('.field.wrong').getByRole('link', { name: 'hun-manet' }).click();
    expect(new URL(page.url()).search).toBe('?topic=arms-embargo&actor=hun-manet');
    expect(await page.locator('.error').count()).toBe(0);
  });

  test('an empty list says which filter to remove', async () => {
    await open();
    await page.goto(`${base}/events?status=occurred&country=BR`);
    await page.locator('.nothing').getByRole('link', { name: /BR/ }).click();
    expect(new URL(page.url()).search).toBe('?status=occurred');
    expect(await page.locator('.spine').count()).toBeGreaterThan(0);
  });

  test('the questions of an analyst are answered by clicking alone', async () => {
    await open();
    // When was the embargo imposed, why, and who ended it?
    await page.goto(base);
    await page.getByLabel('Search everything').fill('arms embargo');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'US imposes its arms embargo on Cambodia' }).first().click();
    expect(await page.locator('.facts').first().textContent()).toContain('2021');
    expect(await page.locator('main').textContent()).toMatch(/Ended by.*US lifts its arms embargo/s);
    expect(await page.locator('main').textContent()).toMatch(/because/);
    // What does each side say about Ream?
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Topics' }).click();
    await page.getByRole('link', { name: 'Ream Naval Base' }).first().click();
    expect(await page.getByRole('heading', { name: /^Disputed/ }).count()).toBe(1);
  });

  /** Follows the first link of a name on the page, as a reader does who has a mouse or only a keyboard. */
  async function follow(way: string, name: string | RegExp): Promise<void> {
    const link = page.locator('main').or(page.locator('header')).getByRole('link', { name }).first();
    const before = page.url();
    if (way !== 'by keyboard') await link.click();
    else {
      await page.keyboard.press('Tab');
      for (let tabs = 0; tabs < 400; tabs += 1) {
        if (await link.evaluate((element) => element === element.ownerDocument.activeElement)) break;
        await page.keyboard.press('Tab');
      }
      expect(await link.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
      await page.keyboard.press('Enter');
    }
    await page.waitForURL((url) => url.href !== before);
  }

  describe.each(['by mouse', 'by keyboard', 'without JavaScript'])('%s', (way) => {
    const begin = async (): Promise<void> => {
      await open({ javaScriptEnabled: way !== 'without JavaScript' });
      await page.goto(base);
    };

    test('which promises were kept, and by what', async () => {
      await begin();
      await follow(way, 'All that were kept');
      const { items } = (await server.get('/v1/events?relation=fulfilledBy')).body;
      expect(items.length).toBeGreaterThan(0);
      expect(await page.locator('.event').count()).toBe(items.length);
      for (const { title, links } of items) {
        const row = page.locator('.event').filter({ hasText: title }).first();
        const kept = await row.getByText(/^kept by/).textContent();
        for (const { relation, event } of links)
          if (relation === 'fulfilledBy') expect(kept).toContain(event.title);
      }
      const [{ title }] = items;
      await follow(way, title);
      expect(await page.locator('.facts').nth(1).textContent()).toContain('Kept by');
    });

    test('where the two newspapers disagree', async () => {
      await begin();
      await follow(way, 'Sources');
      await follow(way, 'Why is the US restarting military drills with Cambodia?');
      const both = 'source=dw-2025-11-13&source=khmer-times-2025-11-19';
      const disputed = (await server.get(`/v1/claims?standing=disputed&${both}`)).body.items;
      const differing = (await server.get(`/v1/events?disputed=true&${both}`)).body.items;
      const row = page.getByRole('listitem').filter({ hasText: 'Khmer Times · 19 November 2025' });
      expect(await row.textContent()).toContain(`${disputed.length} disputed claims`);
      await follow(way, `${disputed.length} disputed claims`);
      expect(await page.locator('.claim').count()).toBe(disputed.length);
      await page.goBack();
      await follow(way, `${differing.length} events that sources report differently`);
      expect(await page.locator('.event').count()).toBe(differing.length);
      expect(await page.getByText('Sources differ:').count()).toBeGreaterThanOrEqual(differing.length);
    });
  });

  test('the copy buttons copy', async () => {
    await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${base}/events?topic=arms-embargo`);
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `curl '${base}/v1/events?topic=arms-embargo'`,
    );
  });
});
