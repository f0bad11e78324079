import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { ImportError } from './format.ts';

// The bytes of a file, of whatever is packed in it.

/**
 * The content of a file, piece by piece: of a path, unpacked where it ends in `.gz` or `.zip`, or of standard input for `-`. `onBytes`
 * gets the number of bytes of each piece of the file that is read.
 * Throws an ImportError for an archive that has not exactly one file, or one that is damaged; otherwise the errors of the system.
 */
export async function* contentOf(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  if (path.endsWith('.zip')) {
    yield* onlyMember(path, onBytes);
    return;
  }
  const input = path === '-' ? process.stdin : createReadStream(path);
  input.on('data', (piece: string | Buffer) => onBytes(piece.length));
  yield* path.endsWith('.gz') ? unpacked(input, createGunzip()) : input;
}

/** The lines of files, each with where it is. Throws as `contentOf`. */
export async function* linesOf(
  files: readonly string[],
): AsyncGenerator<{ file: string; line: number; text: string }> {
  for (const file of files) {
    let line = 0;
    const content = Readable.from(contentOf(file, () => undefined));
    for await (const text of createInterface({ input: content, crlfDelay: Number.POSITIVE_INFINITY })) {
      line++;
      if (text.trim() !== '') yield { file, line, text };
    }
  }
}

/** What a stream becomes by another one; an error of either ends it. */
async function* unpacked(from: Readable, through: NodeJS.ReadWriteStream & Readable): AsyncGenerator<Buffer> {
  from.on('error', (error) => through.destroy(error));
  yield* from.pipe(through);
}

// Of the format of PKWARE's APPNOTE.TXT: signatures, and the lengths of what comes before names.
const END = 0x06054b50;
const END_LENGTH = 22;
const ENTRY = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const LONGEST_COMMENT = 65_535;
const ENCRYPTED = 1;
/** In place of what is in the records of ZIP64, for files of 4 GB or more. */
const ELSEWHERE = 0xffffffff;

/** A file in an archive. */
interface Member {
  name: string;
  encrypted: boolean;
  method: number;
  crc: number;
  packed: number;
  /** Where its header begins. */
  at: number;
}

/** The content of the one file in an archive. */
async function* onlyMember(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const file = await open(path);
  let member: Member;
  let begin: number;
  try {
    const members = (await membersOf(file, path)).filter(({ name }) => !name.endsWith('/'));
    const [only] = members;
    if (!only || members.length > 1)
      throw unreadable(
        path,
        `has ${members.length} files${members.length > 1 ? ` (${members.map(({ name }) => name).join(', ')})` : ''}, not one`,
      );
    if (only.encrypted) throw unreadable(path, 'is encrypted');
    if (only.packed === ELSEWHERE || only.at === ELSEWHERE) throw unreadable(path, 'is larger than 4 GB');
    if (only.method !== 0 && only.method !== 8) throw unreadable(path, `is packed by method ${only.method}`);
    const header = await bytesOf(file, only.at, LOCAL_LENGTH);
    begin = only.at + LOCAL_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28);
    member = only;
  } finally {
    await file.close();
  }
  if (member.packed === 0) return;
  const input = createReadStream(path, { start: begin, end: begin + member.packed - 1 });
  input.on('data', (piece: string | Buffer) => onBytes(piece.length));
  let crc = 0;
  for await (const piece of member.method === 8 ? unpacked(input, createInflateRaw()) : input) {
    crc = crc32(piece, crc);
    yield piece;
  }
  if (crc !== member.crc)
    throw new ImportError(`${path} is damaged: ${member.name} is not what its checksum says`);
}

/** What a directory at the end of an archive lists. */
async function membersOf(file: FileHandle, path: string): Promise<Member[]> {
  const { size } = await file.stat();
  const tail = await bytesOf(file, Math.max(0, size - END_LENGTH - LONGEST_COMMENT), size);
  let end = tail.length - END_LENGTH;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new ImportError(`${path} is no zip archive, or is cut off`);
  const count = tail.readUInt16LE(end + 10);
  const directory = await bytesOf(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const members: Member[] = [];
  for (let at = 0; members.length < count; ) {
    if (at + ENTRY_LENGTH > directory.length || directory.readUInt32LE(at) !== ENTRY)
      throw new ImportError(`${path} is damaged: its directory cannot be read`);
    const name = at + ENTRY_LENGTH;
    const nameEnd = name + directory.readUInt16LE(at + 28);
    members.push({
      name: directory.toString('utf8', name, nameEnd),
      encrypted: (directory.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      at: directory.readUInt32LE(at + 42),
    });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return members;
}

/** Some bytes of a file from a place on, or fewer at its end. */
async function bytesOf(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { size } = await file.stat();
  const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - from)));
  await file.read(buffer, 0, buffer.length, from);
  return buffer;
}

function unreadable(path: string, reason: string): ImportError {
  return new ImportError(`${path} ${reason}: unpack it, or pipe \`unzip -p ${path} NAME\` to -`);
}
