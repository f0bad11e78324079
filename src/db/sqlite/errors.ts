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
    const message = `${path} is not a SQLite database: name another file in DATABASE_URL`;
    return new StoreError('not-a-store', message, cause);
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    const message = `${path} is damaged (${code}): restore it from a backup, or load the datasets into a new file`;
    return new StoreError('damaged', message, cause);
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    const message = `the disk of ${path} is full: free some space, or name a file on another disk in DATABASE_URL`;
    return new StoreError('full', message, cause);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    const message = `${path} is being written by another process: try again when it has finished`;
    return new StoreError('busy', message, cause);
  }
  if (/^(SQLITE_(CANTOPEN|READONLY|IOERR|PERM)|EACCES|EROFS|EPERM|ENOTDIR|EEXIST|EISDIR)/.test(code)) {
    const message = `cannot write ${path} (${code}): give the user that runs Attest write access to its folder, or name another file in DATABASE_URL`;
    return new StoreError('unusable', message, cause);
  }
  return error;
}
