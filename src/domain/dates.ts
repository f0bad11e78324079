import edtf, { parse } from 'edtf';

/** A date as the text gives it, with the days it can mean. */
export interface DateRange {
  /** EDTF level 1 (ISO 8601-2:2019), as written. */
  edtf: string;
  /** First day it can mean, `YYYY-MM-DD`; null when it has no lower bound. */
  earliest: string | null;
  /** Last day it can mean, `YYYY-MM-DD`; null when it has no upper bound. */
  latest: string | null;
}

// Calendar dates only: a time of day, or a year beyond four digits, has no day to index.
const TYPES = ['Date', 'Interval', 'Season'];
const SHAPE = /^[0-9X~?%./-]+$/;
// Years before the first have no day of ten characters, by which days are compared.
const BEFORE_YEAR_0 = /(^|\/)-/;
const DAYS = /\d{4}-\d\d-\d\d/g;

/**
 * The days an EDTF level 1 string can mean.
 * Throws a RangeError that says what is wrong when the string is no EDTF date,
 * names an impossible day, or carries a time.
 */
export function dateRange(text: string): DateRange {
  if (!SHAPE.test(text) || BEFORE_YEAR_0.test(text)) throw new RangeError(notADate(text));
  try {
    parse(text, { level: 1, types: TYPES });
    // The parser takes the 29 February of any year, and reads on into March.
    if (text.match(DAYS)?.some((named) => !exists(named))) throw new RangeError(notADate(text));
    const { min, max } = edtf(text);
    return { edtf: text, earliest: day(min), latest: day(max) };
  } catch {
    throw new RangeError(notADate(text));
  }
}

/** The sort day of a record whose date is open at both ends: last where the newest come first. */
export const UNDATED = '0000-01-01';

/**
 * The day by which a dated record is sorted: its earliest day, or its latest where
 * the start is open. `UNDATED` when both ends are open.
 */
export function sortDay(range: DateRange): string {
  return range.earliest ?? range.latest ?? UNDATED;
}

function exists(named: string): boolean {
  const time = Date.parse(`${named}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(named);
}

function day(milliseconds: number | null): string | null {
  if (milliseconds === null || !Number.isFinite(milliseconds)) return null;
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function notADate(text: string): string {
  return `"${text}" is not a calendar date in EDTF level 1, such as 2024, 2024-06, 2024-06-04, 2024-05~, 2010/2017 or ../2025-11-13`;
}
