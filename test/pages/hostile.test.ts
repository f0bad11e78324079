import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from '../support/browser.ts';
import { actor, cite, claim, event, source, statement, topic } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

// A dataset whose every text tries to be markup: pages show it as text.

const HOSTILE = `</title></script><script>window.hacked = 1</script><img src=x onerror="window.hacked=1"> ' " & <b>bold</b> javascript:alert(1) {{x}} \${y}`;

let server: TestApp;
let base: string;
beforeAll(async () => {
  server = await startApp({
    dataset: {
      id: 'test',
      title: HOSTILE,
      description: HOSTILE,
      licence: 'CC0-1.0',
      citation: HOSTILE,
      version: '1.0.0',
    },
    topics: [{ ...topic('trade'), label: HOSTILE, description: HOSTILE }],
    actors: [
      actor('alice', {
        name: HOSTILE,
        description: HOSTILE,
        aliases: [{ name: HOSTILE, sources: ['daily'] }],
        affiliations: [{ title: HOSTILE, during: '2024', citations: [cite('daily')] }],
      }),
      actor('bob', { name: `${HOSTILE} b` }),
    ],
    sources: [source('daily', { title: HOSTILE })],
    events: [
      event('fair', {
        title: HOSTILE,
        summary: HOSTILE,
        place: { name: HOSTILE, country: 'KH', latitude: 11.5, longitude: 104.9 },
        participants: [
          { actor: 'alice', role: 'initiator' },
          { actor: 'bob', role: 'recipient' },
        ],
        figures: [{ measure: 'count', value: 3, unit: HOSTILE, of: HOSTILE, citations: [cite('daily')] }],
        citations: [cite('daily', { reports: { place: HOSTILE, count: HOSTILE } })],
      }),
    ],
    statements: [statement('speech', { gist: HOSTILE, occasion: 'fair', about: ['bob'] })],
    claims: [claim('thesis', { proposition: HOSTILE, event: 'fair', about: ['bob'] })],
  });
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
});
afterAll(async () => server?.close());

describe.runIf(CHROMIUM)('hostile text', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await startBrowser();
    page = await browser.newPage();
  });
  afterAll(async () => browser?.close());

  test.each([
    '/',
    '/events',
    '/events/fair',
    '/statements',
    '/statements/speech',
    '/claims',
    '/claims/thesis',
    '/actors',
    '/actors/alice',
    '/topics',
    '/topics/trade',
    '/sources',
    '/sources/daily',
    '/figures',
    '/datasets',
    '/datasets/test',
    '/graph',
    '/map',
    '/timeline?by=actor',
    `/search?q=${encodeURIComponent('bold')}`,
    `/events?q=${encodeURIComponent(HOSTILE.slice(0, 150))}`,
    `/events?actor=${encodeURIComponent(HOSTILE)}`,
    `/events?${encodeURIComponent(HOSTILE)}=1`,
    `/events/${encodeURIComponent('<script>window.hacked=1</script>')}`,
    `/${encodeURIComponent('<img src=x onerror=alert(1)>')}`,
  ])('%s shows it as text', async (path) => {
    page.removeAllListeners();
    const faults: string[] = [];
    page.on('dialog', (dialog) => {
      faults.push('a dialog');
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => /status of 4\d\d/.test(message.text()) || faults.push(message.text()));
    await page.goto(base + path);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    // The script of the pages, and data for search engines.
    expect(
      await page.locator('script:not([src$="/assets/attest.js"], [type="application/ld+json"])').count(),
    ).toBe(0);
    expect(await page.locator('img, b:text-is("bold"), [onerror], a[href^="javascript:"]').count()).toBe(0);
    const data = await page.locator('script[type="application/ld+json"]').allTextContents();
    for (const each of data) expect(() => JSON.parse(each)).not.toThrow();
    expect(faults).toEqual([]);
  });

  test('its words are what is read', async () => {
    await page.goto(`${base}/events/fair`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(HOSTILE);
    expect(await page.title()).toBe(`${HOSTILE} · Attest`);
  });
});
