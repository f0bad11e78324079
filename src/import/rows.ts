import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type CsvError, parse } from 'csv-parse';
import { ImportError, type ImportFormat, type Row } from './format.ts';

/** A row of a file, or why it is none. `line` is the line of the file on which it ends. */
export type ReadRow = { line: number; row: Row } | { line: number; fault: string };

/** The encodings that files may be in. */
export const ENCODINGS = ['utf-8', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Longer rows are damaged: a quotation mark that never closes. In characters. */
const LONGEST_ROW = 1_000_000;

/**
 * The rows of a file, one after another: a path, which may end in `.gz`, or `-` for standard input. Memory does not grow with
 * the file. `onBytes` gets the number of bytes of each piece that is read.
 * Throws an ImportError when the file cannot be read, or is not of this format.
 */
export async function* rowsOf(
  path: string,
  { delimiter, quotes, columns }: Pick<ImportFormat, 'delimiter' | 'quotes' | 'columns'>,
  encoding: Encoding,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<ReadRow> {
  const faults: ReadRow[] = [];
  const parser = parse({
    delimiter,
    quote: quotes ? '"' : null,
    bom: true,
    info: true,
    max_record_size: LONGEST_ROW,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error) faults.push({ line: lineOf(error), fault: reasonOf(error) });
    },
    columns: (header: string[]) => {
      const lacking = columns.map((form) => form.filter((column) => !header.includes(column)));
      // Of the form that it comes nearest to.
      const [missing = []] = lacking.sort((a, b) => a.length - b.length);
      if (missing.length === 0) return header;
      throw new ImportError(
        `${path} is not of this format: its first line lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`,
      );
    },
  });
  const input = path === '-' ? process.stdin : createReadStream(path);
  input.on('data', (piece: string | Buffer) => onBytes(piece.length));
  const text = decoded(encoding);
  const done = path.endsWith('.gz')
    ? pipeline(input, createGunzip(), text, parser)
    : pipeline(input, text, parser);
  // The same error ends the loop below.
  done.catch(() => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: { lines: number } }>) {
      yield* faults.splice(0);
      const damaged = Object.entries(record).find(([, value]) => value.includes('\uFFFD'));
      if (damaged)
        yield {
          line: info.lines,
          fault: `${damaged[0]} is not ${encoding} text: name the encoding of the file with --encoding`,
        };
      else yield { line: info.lines, row: record };
    }
    yield* faults.splice(0);
    await done;
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** Decodes the pieces of a stream; what is no text in the encoding becomes U+FFFD. */
function decoded(encoding: Encoding) {
  return async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  };
}

function lineOf(error: CsvError): number {
  const { lines } = error as CsvError & { lines?: number };
  return lines ?? 0;
}

function reasonOf(error: CsvError): string {
  if (
    error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS' ||
    error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH'
  )
    return 'has another number of values than the first line has columns';
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return `is longer than ${LONGEST_ROW} characters: a quotation mark is probably not closed`;
  return `cannot be split into values: ${error.message}`;
}
