import { type DateRange, dateRange } from '../../domain/dates.ts';
import { type Html, html } from '../html.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const SEASONS: Readonly<Record<string, string>> = {
  21: 'spring',
  22: 'summer',
  23: 'autumn',
  24: 'winter',
  25: 'northern spring',
  26: 'northern summer',
  27: 'northern autumn',
  28: 'northern winter',
  29: 'southern spring',
  30: 'southern summer',
  31: 'southern autumn',
  32: 'southern winter',
  33: 'first quarter of',
  34: 'second quarter of',
  35: 'third quarter of',
  36: 'fourth quarter of',
  37: 'first third of',
  38: 'second third of',
  39: 'last third of',
  40: 'first half of',
  41: 'second half of',
};

/**
 * An EDTF date in words, without what it is a date of: `4 June 2024`, `one day between 4 June and 31 December 2024`,
 * `from 2010 to 2017`. What is no date is returned as it is.
 */
export function dateInWords(edtf: string): string {
  const set = /^\[(.*)\.\.(.*)\]$/.exec(edtf);
  if (set) return oneDayOf(set[1] ?? '', set[2] ?? '');
  const [from = '', to] = edtf.split('/');
  return to === undefined ? point(from) : lasting(from.replace('..', ''), to.replace('..', ''));
}

/** A date of a record in words, marked if it is approximate. */
export function when(date: DateRange): string {
  return `${dateInWords(date.edtf)}${date.approximate ? ' (approximate or inferred)' : ''}`;
}

/** The same in few characters, for a margin: `4 Jun 2024`. */
export function shortDate({ edtf, earliest, latest, period }: DateRange): string {
  if (earliest === null && latest === null) return 'undated';
  if (earliest === null)
    return period ? `to ${shortPoint(edtf.split('/')[1] ?? '')}` : `by ${shortDay(latest ?? '')}`;
  if (latest === null)
    return period ? `${shortPoint(edtf.split('/')[0] ?? '')} –` : `${shortDay(earliest)} or later`;
  const [from = '', to] = edtf.replace(/[[\]]/g, '').split(/\/|\.\./);
  if (to === undefined || bare(from) === bare(to)) return shortPoint(from);
  return range(from, to, ' – ', shortPoint);
}

/** A date with the days it means for programs, where it is one day, month or year. */
export function timeElement(date: DateRange, text: string = when(date)): Html {
  const plain = date.edtf.replace(/[~?%]/g, '');
  return /^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/.test(plain)
    ? html`<time datetime=${plain}>${text}</time>`
    : text;
}

/** A day as a reader writes it: `4 June 2024`. */
export function dayInWords(day: string): string {
  return point(day);
}

function oneDayOf(from: string, to: string): string {
  if (from === '') return `some day up to ${point(to)}`;
  if (to === '') return `some day from ${point(from)} on`;
  return `one day between ${range(from, to, ' and ')}`;
}

function lasting(from: string, to: string): string {
  if (from === '') return `until ${point(to)}`;
  if (to === '') return `since ${point(from)}`;
  return `from ${range(from, to, ' to ')}`;
}

/** Two dates; the year is said once where both have days or months of the same year. */
function range(from: string, to: string, between: string, written = point): string {
  const [first, last] = [bare(from), bare(to)];
  const sameYear = first.slice(0, 4) === last.slice(0, 4) && first.length > 4 && last.length > 4;
  return `${sameYear ? written(from).replace(/ \d{4}$/, '') : written(from)}${between}${written(to)}`;
}

/** One date: a day, month, season, year or decade. */
function point(text: string): string {
  const [year = '', month, day] = bare(text).split('-');
  if (/^\d{3}X$/.test(year)) return `the ${year.slice(0, 3)}0s`;
  if (/^\d{2}XX$/.test(year)) return `the years ${year.slice(0, 2)}00 to ${year.slice(0, 2)}99`;
  if (month === undefined || month === 'XX') return year;
  const season = SEASONS[month];
  if (season !== undefined) return `${season} ${year}`;
  const name = MONTHS[Number(month) - 1] ?? month;
  return day === undefined || day === 'XX' ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

function shortPoint(text: string): string {
  return MONTHS.reduce((short, month) => short.replace(month, month.slice(0, 3)), point(text));
}

function shortDay(day: string): string {
  return shortPoint(day);
}

function bare(text: string): string {
  return text.replace(/[~?%]/g, '');
}

/** Whether the day of an event is uncertain: it is one day out of several. */
export function isUncertain({ earliest, latest, period }: DateRange): boolean {
  return !period && earliest !== latest;
}

/** The last day that a date given in a URL can mean; undefined when it is no date. */
export function lastDay(text: string): string | undefined {
  try {
    return dateRange(text).latest ?? undefined;
  } catch {
    return undefined;
  }
}
