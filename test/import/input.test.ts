import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentOf } from '../../src/import/input.ts';
import { run } from '../support/process.ts';
import { temporaryFolder } from '../support/store.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const TEXT = Buffer.from('date\tsource\tevent\ttarget\n2014-05-13\tIran\tConsult\tChina\n'.repeat(5_000));

async function read(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of contentOf(path, () => undefined)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A zip archive of some files, as APPNOTE.TXT of PKWARE describes it. */
function zip(files: Record<string, Buffer>, { stored = false, flags = 0, comment = '' } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = stored ? content : deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, list, end, Buffer.from(comment)]);
}

function written(name: string, content: Buffer): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

test('a file is read as it is, decompressed from .gz, and from an archive of one file', async () => {
  expect(await read(written('a.tsv', TEXT))).toEqual(TEXT);
  expect(await read(written('a.tsv.gz', gzipSync(TEXT)))).toEqual(TEXT);
  expect(await read(written('a.zip', zip({ 'a.tsv': TEXT })))).toEqual(TEXT);
  expect(await read(written('b.zip', zip({ 'a.tsv': TEXT }, { stored: true, comment: 'GED' })))).toEqual(
    TEXT,
  );
  expect(await read(written('c.zip', zip({ 'folder/': Buffer.alloc(0), 'folder/a.tsv': TEXT })))).toEqual(
    TEXT,
  );
  expect(await read(written('d.zip', zip({ 'a.tsv': Buffer.alloc(0) })))).toEqual(Buffer.alloc(0));
});

test('an archive that another program has written', async ({ skip }) => {
  const path = written('a.tsv', TEXT);
  try {
    execFileSync('python3', ['-m', 'zipfile', '-c', `${path}.zip`, path]);
  } catch {
    skip('python3 is not installed');
  }
  expect(await read(`${path}.zip`)).toEqual(TEXT);
});

describe('an archive that is not read says why', () => {
  const damaged = zip({ 'a.tsv': TEXT });
  damaged.writeUInt8(damaged.readUInt8(40) ^ 0xff, 40);
  test.each<[string, Buffer, RegExp]>([
    [
      'several files',
      zip({ 'a.tsv': TEXT, 'b.tsv': TEXT }),
      /has 2 files \(a\.tsv, b\.tsv\), not one: unpack it/,
    ],
    ['no file', zip({}), /has 0 files, not one/],
    ['a password', zip({ 'a.tsv': TEXT }, { flags: 1 }), /is encrypted/],
    ['a cut', zip({ 'a.tsv': TEXT }).subarray(0, 100), /is no zip archive, or is cut off/],
    ['a changed byte', damaged, /./],
  ])('%s', async (_what, content, message) => {
    await expect(read(written('x.zip', content))).rejects.toThrow(message);
  });
});

test('the command imports all files of a quoted pattern, and standard input', async () => {
  const row = (day: string) => Buffer.from(`date\tsource\tevent\ttarget\n${day}\tIran\tConsult\tChina\n`);
  written('1.zip', zip({ 'a.tsv': row('2014-05-13') }));
  written('2.zip', zip({ 'a.tsv': row('2014-05-14') }));
  const environment = { DATABASE_URL: `file:${folder.path}/attest.db` };
  const args = ['--format', 'icews', '--dataset', 'icews'];
  const all = run('src/cli/import.ts', [...args, join(folder.path, '*.zip')], environment);
  expect([await all.exited, all.output()]).toEqual([
    0,
    'icews\n  2 rows read: 2 loaded, 0 unchanged, 0 rejected\n',
  ]);
  const none = run('src/cli/import.ts', [...args, join(folder.path, '*.csv')], environment);
  expect(await none.exited).toBe(1);
  expect(none.output()).toContain('no file is named by the pattern');
  const piped = execFileSync(process.execPath, ['src/cli/import.ts', ...args, '-'], {
    input: readFileSync(written('3.tsv', row('2014-05-15'))),
    env: { ...process.env, ...environment },
  });
  expect(piped.toString()).toContain('1 rows read: 1 loaded, 0 unchanged, 0 rejected');
});
