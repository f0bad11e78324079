import { existsSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from './support/store.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (!CHROMIUM)
  console.log('Swagger UI is not tested: no Chromium in /usr/bin (Debian: apt-get install chromium).');

describe.runIf(CHROMIUM)('Swagger UI in a browser', () => {
  let server: TestApp;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    server = await startApp('bundled');
    await server.app.listen({ host: '127.0.0.1', port: 0 });
    base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: CHROMIUM as string,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const rooms = ['Events', 'Statements', 'Claims', 'Actors', 'Topics', 'Sources', 'Datasets'];
  const operations = [
    ...rooms.flatMap((tag) => [
      [tag, `list${tag}`],
      [tag, `get${tag.slice(0, -1)}`],
    ]),
    ['Actors', 'listActorPositions'],
    ['Analysis', 'getTimeline'],
    ['Analysis', 'getGraph'],
    ['Vocabularies', 'getVocabulary'],
    ['Changes', 'listChanges'],
  ] as [string, string][];

  test.each(operations)(
    '%s: "Try it out" on %s, as pre-filled, gives a useful answer',
    async (tag, operation) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      await page.goto(`${base}/docs#/${tag}/${operation}`);
      const block = page.locator(`#operations-${tag}-${operation}`);
      await block.locator('.try-out__btn').click();
      const answered = page.waitForResponse((response) => response.url().includes('/v1/'));
      await block.locator('button.execute').click();
      const response = await answered;
      expect(response.status()).toBe(200);
      const body = (await response.json()) as Record<string, { length: number } | undefined>;
      expect((body.items ?? body.terms ?? body.nodes ?? body.id)?.length).toBeGreaterThan(0);
      await block.locator('.live-responses-table .microlight').first().waitFor();
      if (process.env.SCREENSHOTS) {
        mkdirSync(process.env.SCREENSHOTS, { recursive: true });
        await page.screenshot({ path: `${process.env.SCREENSHOTS}/${operation}.png` });
      }
      expect(faults).toEqual([]);
      await page.close();
    },
  );
});
