/** A mistake in the dataset files: where it is and what was expected instead. */
export interface Mistake {
  file: string;
  line: number;
  /** Kind and id of the record, such as `event arms-embargo-lifted-2025`. */
  record: string | null;
  message: string;
}

/** The way from a record to a value in it: the names of fields and the indexes of lists. */
export type Path = readonly PropertyKey[];

/** Thrown when dataset files cannot be loaded; has every mistake found, in order. */
export class DatasetError extends Error {
  readonly mistakes: Mistake[];

  constructor(mistakes: Mistake[]) {
    super(mistakes.map(formatMistake).join('\n'));
    this.name = 'DatasetError';
    this.mistakes = mistakes;
  }
}

/** One line: `file:line: record: message`. */
export function formatMistake(mistake: Mistake): string {
  const place = mistake.line > 0 ? `${mistake.file}:${mistake.line}` : mistake.file;
  return [place, mistake.record, mistake.message].filter((part) => part !== null).join(': ');
}

/** A mistake that concerns a whole file or folder. */
export function mistakeOfFile(file: string, message: string): Mistake {
  return { file, line: 0, record: null, message };
}

/** A path as it is written in code, such as `participants[0].actor`. */
export function fieldName(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
