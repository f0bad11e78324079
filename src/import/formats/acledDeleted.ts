import { type ImportedWithdrawal, type ImportFormat, type Row, RowError } from '../format.ts';
import { acled } from './acled.ts';
import { acledNumber } from './acledNumber.ts';

/** ACLED's list of events that it has deleted, as its API gives it. */
export const acledDeleted: ImportFormat = {
  describes: acled.describes,
  amends: true,
  forms: [{ delimiter: ',', quotes: true, header: true, columns: ['event_id_cnty', 'deleted_timestamp'] }],
  read,
};

function read(row: Row, dataset: string): ImportedWithdrawal {
  const number = acledNumber(row);
  const deleted = row.deleted_timestamp?.trim() ?? '';
  if (!/^\d{1,11}$/.test(deleted))
    throw new RowError(`deleted_timestamp "${deleted}" is not a number of seconds since 1970`);
  const day = new Date(Number(deleted) * 1_000).toISOString().slice(0, 10);
  return { withdrawn: `${dataset}-${number.toLowerCase()}`, reason: `ACLED deleted it on ${day}` };
}
