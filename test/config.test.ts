import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

test.each([
  ['https://example.org', 'https://example.org'],
  ['https://example.org/', 'https://example.org'],
  ['https://example.org/attest/', 'https://example.org/attest'],
  ['HTTPS://Example.ORG:443/Attest', 'https://example.org/Attest'],
  ['http://example.org:8080/a/b.c/d-e_f~', 'http://example.org:8080/a/b.c/d-e_f~'],
  ['http://[::1]:3000/a', 'http://[::1]:3000/a'],
  ['https://ខ្មែរ.example/x', `https://${new URL('https://ខ្មែរ.example').host}/x`],
])('PUBLIC_URL=%s is %s', (given, read) => {
  expect(readConfig({ PUBLIC_URL: given }).publicUrl).toBe(read);
});

test('without PUBLIC_URL, each request says where the API is', () => {
  expect(readConfig({}).publicUrl).toBeUndefined();
});
