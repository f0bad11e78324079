import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textsIn } from '../../src/seed/files/articles.ts';
import { temporaryFolder } from '../support/store.ts';

// Texts are given out only as what they are cited as.

const TEXT = 'Each side said “no”.\n\nBoth meant it.\n';
const hash = (of: string | Buffer): string => createHash('sha256').update(of).digest('hex');
const LATIN = Buffer.from('caf\u00e9', 'latin1');

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder.path, 'text.txt'), TEXT);
  writeFileSync(join(folder.path, 'latin.txt'), LATIN);
});
afterAll(() => folder.remove());

test('a text is given out by its name and SHA-256', () => {
  expect(textsIn(folder.path)('text.txt', hash(TEXT))).toBe(TEXT);
});

test.each([
  ['is another text', 'text.txt', hash('other')],
  ['is not there', 'none.txt', hash(TEXT)],
  ['is a folder', '.', hash(TEXT)],
  ['is not UTF-8', 'latin.txt', hash(LATIN)],
])('no text where it %s', (_, file, sha256) => {
  expect(textsIn(folder.path)(file, sha256)).toBeNull();
});
