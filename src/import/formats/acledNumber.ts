import { given, type Row, RowError } from '../format.ts';

/** The id that ACLED gives an event. Throws a RowError when a row has none. */
export function acledNumber(row: Row): string {
  const number = given(row, 'event_id_cnty');
  if (!/^[A-Z]{3}\d+$/.test(number))
    throw new RowError(`event_id_cnty "${number}" is not three letters and a number`);
  return number;
}
