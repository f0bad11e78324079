import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import { type FileForm, ImportError, type ImportFormat, type Row } from './format.ts';
import { contentOf } from './input.ts';

/** A row of a file, or why it is none. `line` is the line of the file on which it ends. */
export type ReadRow = { line: number; row: Row } | { line: number; fault: string };

/** The encodings that files may be in. */
export const ENCODINGS = ['utf-8', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Longer rows are damaged: a quotation mark that never closes. In characters. */
const LONGEST_ROW = 1_000_000;

/**
 * The rows of a file, one after another: a path, which may end in `.gz` or `.zip`, or `-` for standard input. Memory does not grow with
 * the file. `onBytes` gets the number of bytes of each piece that is read.
 * Throws an ImportError when the file cannot be read, or is not of this format.
 */
export async function* rowsOf(
  path: string,
  { forms }: Pick<ImportFormat, 'forms'>,
  encoding: Encoding,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<ReadRow> {
  try {
    const text = new Text(contentOf(path, onBytes), encoding);
    const head = await beginning(text.pieces);
    const form = formOf(path, head, forms);
    if (form === undefined) return;
    yield* parsed(head, text, form, encoding);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** A text up to at least the end of its first line. */
async function beginning(pieces: AsyncGenerator<string>): Promise<string> {
  let head = '';
  while (!head.includes('\n') && head.length < LONGEST_ROW) {
    const { value, done } = await pieces.next();
    if (done) break;
    head += value;
  }
  return head;
}

/** The form that a file has by its first line; undefined for an empty file. Throws an ImportError when it has none of them. */
function formOf(path: string, head: string, forms: readonly FileForm[]): FileForm | undefined {
  const [line = ''] = head.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  if (line === '' && head.trim() === '') return undefined;
  const judged = forms.map((form) => {
    const values = line.split(form.delimiter).map((value) => (form.quotes ? unquoted(value) : value));
    const lacking = form.header ? form.columns.filter((column) => !values.includes(column)) : [];
    const fits = form.header ? lacking.length === 0 : values.length === form.columns.length;
    return { form, lacking, fits };
  });
  const found = judged.find(({ fits }) => fits);
  if (found) return found.form;
  const headed = judged.filter(({ form }) => form.header);
  // Of the form that it comes nearest to.
  const [nearest] = headed.sort((a, b) => a.lacking.length - b.lacking.length);
  const missing = nearest?.lacking ?? [];
  const [bare] = forms.filter(({ header }) => !header);
  const reasons = [
    ...(bare ? [`its first line has not ${bare.columns.length} values separated by tabs`] : []),
    ...(nearest
      ? [`its first line lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`]
      : []),
  ];
  throw new ImportError(`${path} is not of this format: ${reasons.join(', and as a header ')}`);
}

function unquoted(value: string): string {
  return /^".*"$/.test(value) ? value.slice(1, -1).replaceAll('""', '"') : value;
}

async function* parsed(
  head: string,
  text: Text,
  { delimiter, quotes, header, columns }: FileForm,
  encoding: Encoding,
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
      if (error) faults.push({ line: lineOf(error), fault: reasonOf(error, header ? undefined : columns) });
    },
    columns: header || [...columns],
  });
  const done = pipeline(
    Readable.from(
      (async function* () {
        yield head;
        yield* text.pieces;
      })(),
    ),
    parser,
  );
  // The same error ends the loop below.
  done.catch(() => undefined);
  for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: { lines: number } }>) {
    yield* faults.splice(0);
    const damaged = text.damaged
      ? Object.entries(record).find(([, value]) => value.includes('\uFFFD'))
      : undefined;
    if (damaged)
      yield {
        line: info.lines,
        fault: `${damaged[0]} is not ${encoding} text: name the encoding of the file with --encoding`,
      };
    else yield { line: info.lines, row: record };
  }
  yield* faults.splice(0);
  await done;
}

/** The text of a file, piece by piece. */
class Text {
  /** Whether a piece so far was no text in the encoding; there it has U+FFFD. */
  damaged = false;
  readonly pieces: AsyncGenerator<string>;

  constructor(pieces: AsyncIterable<Buffer>, encoding: Encoding) {
    this.pieces = this.#decoded(pieces, new TextDecoder(encoding, { ignoreBOM: true }));
  }

  async *#decoded(pieces: AsyncIterable<Buffer>, decoder: TextDecoder): AsyncGenerator<string> {
    for await (const piece of pieces) yield this.#noted(decoder.decode(piece, { stream: true }));
    yield this.#noted(decoder.decode());
  }

  #noted(text: string): string {
    this.damaged ||= text.includes('\uFFFD');
    return text;
  }
}

function lineOf(error: CsvError): number {
  const { lines } = error as CsvError & { lines?: number };
  return lines ?? 0;
}

/** Why a row cannot be read; `columns` are those of a file without a header. */
function reasonOf(error: CsvError, columns: readonly string[] | undefined): string {
  if (
    error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS' ||
    error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH'
  )
    return columns
      ? `has another number of values than ${columns.length}`
      : 'has another number of values than the first line has columns';
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return `is longer than ${LONGEST_ROW} characters: a quotation mark is probably not closed`;
  return `cannot be split into values: ${error.message}`;
}
