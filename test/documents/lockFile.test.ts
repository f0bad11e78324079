import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// What npm installs is exactly what was reviewed, from whichever registry it comes.

test.each(['package-lock.json', 'openapi/sdk-check/package-lock.json'])('%s', (file) => {
  const { packages }: { packages: Record<string, { integrity?: string; resolved?: string }> } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  expect(installed.length).toBeGreaterThan(100);
  expect(
    installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
  ).toEqual([]);
  // Addresses would tie the file to one registry.
  expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});
