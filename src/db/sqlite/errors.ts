import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../../domain/errors.ts';

/** The StoreError that an error of SQLite or of the file system means, or the error itself when it is neither. */
export function translate(error: unknown, path: string): unknown {
  const cause = { cause: error };
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code !== 'string') {
    // better-sqlite3 checks the folder itself and throws a bare TypeError.
    if (error instanceof TypeError && error.message.includes('directory does not exist')) {
      return new StoreError('unusable', `cannot open ${path}: its folder does not exist`, cause);
    }
    return error;
  }
  if (code === 'SQLITE_NOTADB') {
    const message = `${path} is not a SQLite database, or its beginning is damaged: restore it from a backup, or name another file in DATABASE_URL`;
    return new StoreError('not-a-store', message, cause);
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    const message = `${path} is damaged (${code}): restore it from a backup, or load the datasets into a new file`;
    return new StoreError('damaged', message, cause);
  }
  // SQLite names only some failures of a full disk so.
  if (
    code === 'SQLITE_FULL' ||
    code === 'ENOSPC' ||
    (/^SQLITE_(IOERR|CANTOPEN)/.test(code) && isFull(path))
  ) {
    const message = `the disk of ${path} is full: free some space, or name a file on another disk in DATABASE_URL`;
    return new StoreError('full', message, cause);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    const message = `${path} is being written by another process: try again when it has finished`;
    return new StoreError('busy', message, cause);
  }
  if (
    /^(SQLITE_(CANTOPEN|READONLY|IOERR|PERM)|EACCES|EROFS|EPERM|ENOENT|ENOTDIR|EEXIST|EISDIR|ENAMETOOLONG|ELOOP)/.test(
      code,
    )
  ) {
    const message = `cannot write ${path} (${code}): give the user that runs Attest write access to its folder, or name another file in DATABASE_URL`;
    return new StoreError('unusable', message, cause);
  }
  return error;
}

/** Whether an error says that a foreign key refers to what would be deleted. */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).includes('FOREIGNKEY');
}

/** Less than a write-ahead log and its index need to begin. */
const FULL_BYTES = 128 * 1024;

function isFull(path: string): boolean {
  try {
    const { blocks, bavail, bsize } = statfsSync(dirname(path));
    // What is no disk, such as /proc, has no blocks at all.
    return blocks > 0 && bavail * bsize < FULL_BYTES;
  } catch {
    return false;
  }
}
