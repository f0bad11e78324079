/**
 * What can go wrong below the HTTP edge, as values with a stable code. The message says
 * what is wrong, where, and what to do; no driver's error passes this file untranslated.
 */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

export type StoreErrorCode = 'address' | 'newer' | 'unusable' | 'busy' | 'not-a-store' | 'slow' | 'crowded';

/** The StoreError that a driver's error amounts to, or the error itself when it is none of the store's making. */
export function translate(error: unknown, path: string): unknown {
  const code = (error as { code?: unknown })?.code;
  if (typeof code !== 'string') {
    // better-sqlite3 checks the folder itself and throws a bare TypeError.
    if (error instanceof TypeError && error.message.includes('directory does not exist')) {
      return new StoreError('unusable', `cannot open ${path}: its folder does not exist`, { cause: error });
    }
    return error;
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new StoreError(
      'not-a-store',
      `${path} is not a SQLite database: name another file in DATABASE_URL`,
      {
        cause: error,
      },
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new StoreError('busy', `${path} is being written by another process: try again when it is done`, {
      cause: error,
    });
  }
  if (
    /^(SQLITE_(CANTOPEN|READONLY|IOERR|FULL|PERM)|EACCES|EROFS|EPERM|ENOTDIR|EEXIST|EISDIR|ENOSPC)/.test(code)
  ) {
    return new StoreError(
      'unusable',
      `cannot write ${path} (${code}): give the user that runs Attest write access to its folder, or name another file in DATABASE_URL`,
      { cause: error },
    );
  }
  return error;
}
