import { StoreError, type StoreErrorCode } from '../../domain/errors.ts';

/** What begins with one of these is a fault of the network or of a server that starts or stops. */
const UNREACHABLE =
  /^(08|57P|53300|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|EACCES)/;

/** The error of a query that PostgreSQL ended, because it was told to or because of `statement_timeout`. */
const CANCELLED = '57014';

/** What an error of PostgreSQL means, by the beginning of its code, and what to do. */
const MEANINGS: [code: RegExp, StoreErrorCode, (database: string, detail: string) => string][] = [
  [
    UNREACHABLE,
    'unreachable',
    (database, detail) => `the PostgreSQL server of ${database} cannot be reached: ${detail}`,
  ],
  [/^57014/, 'slow', (database) => `a query on ${database} took too long and was ended`],
  [
    /^(53100|53200)/,
    'full',
    (database, detail) => `the server of ${database} has no space left: ${detail}; free some`,
  ],
  [
    /^(40001|40P01|55P03)/,
    'busy',
    (database) => `${database} is being written by another process: try again when it has finished`,
  ],
  [
    /^XX00[12]/,
    'damaged',
    (database, detail) => `${database} is damaged: ${detail}; restore it from a backup`,
  ],
  [
    /^(28|3D|3F|42501|25006)/,
    'unusable',
    (database, detail) =>
      `cannot use ${database}: ${detail}; create the database, and give the user of DATABASE_URL the right to create tables in it`,
  ],
];

/** The StoreError that an error of PostgreSQL or of its driver means, or the error itself when it is neither. */
export function translate(error: unknown, database: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  if (error.message.startsWith('unsupported startup parameter')) {
    const message = `${database} is behind a pooler, which refuses the parameters of a connection (${error.message}): add ?pgbouncer=true to DATABASE_URL`;
    return new StoreError('unusable', message, { cause: error });
  }
  const code = codeOf(error);
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code));
  if (!meaning) return error;
  const [, storeCode, message] = meaning;
  return new StoreError(storeCode, message(database, error.message || code), { cause: error });
}

/** SQLSTATE, or the code of the system; where the driver has none, one of the same kind. */
function codeOf(error: Error & { code?: unknown }): string {
  if (typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  // The driver's own errors have no code.
  return /^(Connection terminated|timeout e|Client (has encountered|was closed)|Query read timeout)/i.test(
    error.message,
  )
    ? 'ECONNRESET'
    : '';
}

/** Whether a query was ended because its caller asked for it, or `statement_timeout`. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === CANCELLED;
}

/** Whether an error says that a foreign key refers to what would be deleted. */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}
