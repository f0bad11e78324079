import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

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

test.each([
  [{ PORT: 'http' }, 'PORT=http: must be a whole number from 0 to 65535'],
  [{ PORT: '99999' }, 'PORT=99999: must be a whole number'],
  [{ PORT: '' }, 'PORT=: must be a whole number'],
  [{ RATE_LIMIT: '-1' }, 'RATE_LIMIT=-1: must be a whole number from 0 to 999999'],
  [{ WORKERS: '0' }, 'WORKERS=0: must be a whole number from 1 to 64'],
  [{ TRUST_PROXY: 'proxy.example' }, 'TRUST_PROXY=proxy.example: must be addresses or subnets'],
  [{ TRUST_PROXY: '' }, 'TRUST_PROXY=: must be addresses or subnets'],
  [{ TRUST_PROXY: '1' }, 'TRUST_PROXY=1: must be addresses or subnets'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud: must be one of fatal, error'],
  [{ ARTICLES_DIR: '/nowhere' }, 'ARTICLES_DIR=/nowhere: must be a folder that exists'],
  [{ ARTICLES_DIR: 'package.json' }, 'ARTICLES_DIR=package.json: must be a folder that exists'],
  [{ CLOSE_TIMEOUT: '-1' }, 'CLOSE_TIMEOUT=-1: must be a whole number from 0 to 3600'],
])('%o is refused in one line', (environment, line) => {
  expect(() => readConfig(environment)).toThrow(ConfigError);
  expect(() => readConfig(environment)).toThrow(line);
  expect(() => readConfig(environment)).not.toThrow('\n');
});

test.each([
  '',
  'example.org',
  'ftp://example.org',
  'https://',
  'https://example.org/a?b',
  'https://example.org/a#b',
  'https://user@example.org',
  'https://example.org/a/../b',
  'https://example.org//a',
  'https://example.org:99999',
  'https://exa mple.org',
  'https://a"b.example',
  'https://example.org/%2e%2e/b',
  'https://example.org\\b',
])('PUBLIC_URL=%s is refused', (url) => {
  expect(() => readConfig({ PUBLIC_URL: url })).toThrow(
    `PUBLIC_URL=${url}: must be where clients reach the API: http:// or https://, a host, and a path`,
  );
});
