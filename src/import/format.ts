import type { Actor, DocumentCitation, Event, Topic } from '../seed/files/dataset.ts';
import type { SeedDataset } from '../seed/files/format.ts';

/** A row of a file, by column. */
export type Row = Readonly<Record<string, string>>;

/** What a row becomes: an event, and the actors and topics that it refers to, parents first. */
export interface ImportedEvent {
  event: Event;
  actors: readonly Actor[];
  topics: readonly Topic[];
  /** What of the row could not be mapped, such as a name of a country that is not known; counted in the summary. */
  unmapped: string[];
}

/** What a row becomes that tells of a report of an event, which an earlier file had. */
export interface ImportedMention {
  /** The id of the event. */
  mentionOf: string;
  citation: DocumentCitation;
}

/** What a row becomes that tells that an event is withdrawn, which an earlier file had. */
export interface ImportedWithdrawal {
  withdrawn: string;
  reason: string;
}

/** How the files of a format are written. */
export interface FileForm {
  /** What separates the values of a row. */
  delimiter: ',' | '\t';
  /** Whether values may be in quotation marks. */
  quotes: boolean;
  /** Whether the first line names the columns. */
  header: boolean;
  /** The columns: of a file with a header those without which it is not of this form, of another one all, in order. */
  columns: readonly string[];
}

/** The format of a provider of event data. */
export interface ImportFormat {
  /** How its provider describes the whole: what the dataset, and the source that all its events cite, are called. */
  describes: Pick<SeedDataset, 'title' | 'description' | 'licence' | 'citation'>;
  /** Whether its rows change events that earlier files had, instead of being events. */
  amends?: true;
  /** The forms that its files have. */
  forms: readonly FileForm[];
  /** What a row becomes in a dataset. Throws a RowError when it cannot be loaded. */
  read: (row: Row, dataset: string) => ImportedEvent | ImportedMention | ImportedWithdrawal;
}

/** Why a row is not loaded. */
export class RowError extends Error {
  override name = 'RowError';
}

/** Why nothing of a file can be loaded. */
export class ImportError extends Error {
  override name = 'ImportError';
}

/** The value of a column. Throws a RowError when there is none. */
export function given(row: Row, column: string): string {
  const value = row[column]?.trim() ?? '';
  if (value === '') throw new RowError(`${column} is missing`);
  return value;
}

/** The value of a column as a whole number, not negative. Throws a RowError when it is none. */
export function wholeNumber(row: Row, column: string): number {
  const value = given(row, column);
  if (!/^\d{1,15}$/.test(value)) throw new RowError(`${column} "${value}" is not a whole number`);
  return Number(value);
}

/** Two columns as degrees north and east (WGS 84); undefined when both are empty. Throws a RowError for anything else. */
export function coordinates(
  row: Row,
  north: string,
  east: string,
): { latitude: number; longitude: number } | undefined {
  if ((row[north] ?? '').trim() === '' && (row[east] ?? '').trim() === '') return undefined;
  const latitude = degrees(row, north, 90);
  const longitude = degrees(row, east, 180);
  // Where providers write an unknown place as zeros; no land is near.
  if (latitude === 0 && longitude === 0)
    throw new RowError(`${north} and ${east} are both 0, which is no place on land`);
  return { latitude, longitude };
}

function degrees(row: Row, column: string, most: number): number {
  const value = given(row, column);
  const number = /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(Math.abs(number) <= most))
    throw new RowError(`${column} "${value}" is not a number of degrees from -${most} to ${most}`);
  // Without the sign of a negative zero.
  return number === 0 ? 0 : number;
}

/** A column as a day, `YYYY-MM-DD`; a time after it must be midnight. Throws a RowError when it is none, or its year is before 1900. */
export function day(row: Row, column: string): string {
  const value = given(row, column);
  const written = /^(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00:00(?:\.0+)?)?$/.exec(value);
  const text = written ? `${written[1]}-${written[2]}-${written[3]}` : '';
  if (!isDay(text)) throw new RowError(`${column} "${value}" is not a day such as 2014-05-13`);
  if (text < '1900') throw new RowError(`${column} "${value}" lies before 1900: the year is probably wrong`);
  return text;
}

/** A column `YYYYMMDD` as a day, `YYYY-MM-DD`. Throws a RowError when it is none, or its year is before 1900. */
export function compactDay(row: Row, column: string): string {
  const value = given(row, column);
  const text = value.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  if (text === value || !isDay(text))
    throw new RowError(`${column} "${value}" is not a day such as 20140513`);
  if (text < '1900') throw new RowError(`${column} "${value}" lies before 1900: the year is probably wrong`);
  return text;
}

/** Whether a text `YYYY-MM-DD` is a day of the calendar. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
