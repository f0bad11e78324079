/** A mistake in the dataset files: where it is and what was expected instead. */
export interface Mistake {
  file: string;
  line: number;
  /** Kind and id of the record, such as `event arms-embargo-lifted-2025`. */
  record: string | null;
  message: string;
}

/** Thrown when dataset files cannot be loaded; holds every mistake found, in order. */
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
