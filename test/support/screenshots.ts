import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { CHROMIUM, startBrowser } from './browser.ts';
import { startApp } from './store.ts';

// `npm run screenshots`: the picture of the README, of the home page over the bundled dataset.

if (!CHROMIUM) {
  console.error('No Chromium in /usr/bin: install it (Debian: apt-get install chromium).');
  process.exit(1);
}
const server = await startApp('bundled');
await server.app.listen({ host: '127.0.0.1', port: 0 });
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 1120, height: 800 }, colorScheme: 'light' });
await page.goto(`http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}/`);
const path = 'docs/explorer.png';
const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 1120, height: 800 } });
writeFileSync(new URL(`../../${path}`, import.meta.url), picture);
console.log(`${path}: ${Math.round(picture.length / 1024)} KB`);
await browser.close();
await server.close();
