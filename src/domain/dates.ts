/** A date as the text gives it, with the days it can mean. */
export interface DateRange {
  /** EDTF (ISO 8601-2:2019) of level 1, or a set of level 2 such as `[2024-06-04..2024-12-31]`; as written. */
  edtf: string;
  /** First day it can mean, `YYYY-MM-DD`; null when it has no lower bound. */
  earliest: string | null;
  /** Last day it can mean, `YYYY-MM-DD`; null when it has no upper bound. */
  latest: string | null;
  /** Whether it lasted from one day to another; otherwise it is one day out of these. */
  period: boolean;
  /** Whether it is approximate or uncertain: it carries `~`, `?` or `%`. */
  approximate: boolean;
}

/** How the days of a record must lie to a window; the parameter `dateMatch` documents each word. */
export const dateMatches = ['bounded', 'possible', 'certain'] as const;
export type DateMatch = (typeof dateMatches)[number];

interface Bounds {
  earliest: string;
  latest: string;
}

/**
 * The widest days of each season, as month and day, by any convention: meteorological or astronomical, and winter at
 * either end of the year that it is named after (years relative to that one). 21–24 and 25–28 are northern, 29–32 southern
 * (ISO 8601-2:2019, 4.8 and 4.8.1); 33–36 are quarters, 37–39 of four months, 40 and 41 of six.
 */
const SEASONS: Readonly<Record<string, readonly [number, string, number, string]>> = (() => {
  const spring = [0, '03-01', 0, '06-21'] as const;
  const summer = [0, '06-01', 0, '09-23'] as const;
  const autumn = [0, '09-01', 0, '12-22'] as const;
  const winter = [-1, '12-01', 1, '03-21'] as const;
  const southernSummer = [-1, '12-01', 1, '03-21'] as const;
  return {
    21: spring,
    22: summer,
    23: autumn,
    24: winter,
    25: spring,
    26: summer,
    27: autumn,
    28: winter,
    29: autumn,
    30: southernSummer,
    31: spring,
    32: summer,
    33: [0, '01-01', 0, '03-31'],
    34: [0, '04-01', 0, '06-30'],
    35: [0, '07-01', 0, '09-30'],
    36: [0, '10-01', 0, '12-31'],
    37: [0, '01-01', 0, '04-30'],
    38: [0, '05-01', 0, '08-31'],
    39: [0, '09-01', 0, '12-31'],
    40: [0, '01-01', 0, '06-30'],
    41: [0, '07-01', 0, '12-31'],
  };
})();

const DATE =
  /^(?<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?<month>\d\d|XX)(?:-(?<day>\d\d|XX))?)?(?<qualifier>[~?%])?$/;
const SET = /^\[(?<from>[^[\].,]*)\.\.(?<to>[^[\].,]*)\]$/;
const EXAMPLES =
  'such as 2024, 2024-06, 2024-06-04, 2024-05~, 2010/2017 for what lasted, or [2024-06-04..2024-12-31] or [..2025-11-13] for one day out of these';

/**
 * The days that an EDTF string can mean: a date of level 1, an interval `a/b` for what lasted, or a set `[a..b]` for
 * one day out of these. Either end of the last two may be open (`..`, in a set nothing).
 * Throws a RangeError that says what is wrong when the string is no EDTF date, names an impossible day, lies before the
 * year 0000, or carries a time.
 */
export function dateRange(text: string): DateRange {
  if (/(^|[/[.])-\d/.test(text)) {
    throw new RangeError(
      `"${text}" lies before the year 0000: such dates are not supported, since days are compared as YYYY-MM-DD`,
    );
  }
  if (/T\d/.test(text)) throw new RangeError(`"${text}" carries a time: give the day alone`);
  const approximate = /[~?%]/.test(text);
  const set = SET.exec(text)?.groups;
  if (set) {
    const [from, to] = [end(set.from), end(set.to)];
    if (from === undefined || to === undefined || (from === null && to === null)) throw notADate(text);
    return { edtf: text, ...between(text, from, to), period: false, approximate };
  }
  const ends = text.split('/');
  if (ends.length === 1) {
    const bounds = boundsOf(text);
    if (!bounds) throw notADate(text);
    return { edtf: text, ...bounds, period: false, approximate };
  }
  const [from, to] = ends.map((each) => end(each === '..' ? '' : each));
  if (ends.length > 2 || from === undefined || to === undefined) throw notADate(text);
  return { edtf: text, ...between(text, from, to), period: true, approximate };
}

/** The days from the first that `from` can mean to the last that `to` can mean; null is an open end. */
function between(
  text: string,
  from: Bounds | null,
  to: Bounds | null,
): Pick<DateRange, 'earliest' | 'latest'> {
  if (from && to && from.earliest > to.latest) throw new RangeError(`"${text}" ends before it begins`);
  return { earliest: from?.earliest ?? null, latest: to?.latest ?? null };
}

/** The bounds of one end; null where it is open, undefined where it is no date. */
function end(text: string | undefined): Bounds | null | undefined {
  return text === '' ? null : boundsOf(text ?? '');
}

/** The first and the last day that one date can mean; undefined where it is none. */
function boundsOf(text: string): Bounds | undefined {
  const { year = '', month = '', day = '', qualifier } = DATE.exec(text)?.groups ?? {};
  const unspecified = text.includes('X');
  // Level 1: only the rightmost digits may be unspecified, and such a date carries no qualifier.
  if (year === '' || (unspecified && qualifier)) return undefined;
  if (year.includes('X') && month !== '') return undefined;
  if (month === 'XX' && day !== '' && day !== 'XX') return undefined;
  if (month === '' || month === 'XX') {
    return { earliest: `${year.replaceAll('X', '0')}-01-01`, latest: `${year.replaceAll('X', '9')}-12-31` };
  }
  const season = SEASONS[month];
  if (season) {
    if (day !== '') return undefined;
    const [from, first, to, last] = season;
    const earliest = Math.max(Number(year) + from, 0);
    return {
      earliest: `${String(earliest).padStart(4, '0')}-${first}`,
      latest: `${String(Math.min(Number(year) + to, 9999)).padStart(4, '0')}-${last}`,
    };
  }
  if (month < '01' || month > '12') return undefined;
  const length = daysIn(Number(year), Number(month));
  if (day === '' || day === 'XX')
    return { earliest: `${year}-${month}-01`, latest: `${year}-${month}-${length}` };
  if (day < '01' || Number(day) > length) return undefined;
  return { earliest: `${year}-${month}-${day}`, latest: `${year}-${month}-${day}` };
}

function daysIn(year: number, month: number): number {
  const date = new Date(0);
  // Not the constructor, which takes the years below 100 for those of the last century.
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

function notADate(text: string): RangeError {
  return new RangeError(`"${text}" is not a calendar date in EDTF, ${EXAMPLES}`);
}

/** What is stored of a date beside its text, for filters and orders; all days are `YYYY-MM-DD`. */
export interface StoredDays {
  earliest: string | null;
  latest: string | null;
  /** The earliest day, or that of the end of a period whose start is unknown; null for another open start. */
  boundedEarliest: string | null;
  /** The latest day, `FOREVER` for a period that has begun and has no end; null for another open end. */
  boundedLatest: string | null;
  /** The day by which it has begun for certain: a moment has passed by then. Null when that is not certain. */
  begunBy: string | null;
  /** The day until which it lasts at least: of a moment, the first day it can be. Null when that is not certain. */
  lastsUntil: string | null;
  /** What a list by date is ordered by, oldest first: the first day, or the last where the start is open. */
  sortDay: string;
  /** The sort day for the order newest first. Both orders end with uncertain dates that have an open end. */
  sortDayDescending: string;
}

/** Later than any day that a date can name. */
export const FOREVER = '9999-12-31';
/** Ascending sort keys from this on are those of uncertain dates with an open end. */
export const OPEN = '~';
/** The sort keys of a date that is open at both ends. */
export const UNDATED = { ascending: '~9999-99-99', descending: '!0000-00-00' };

/** What is stored of an EDTF date. Throws a RangeError as `dateRange` does. */
export function storedDays(text: string): StoredDays {
  const { earliest, latest, period, approximate } = dateRange(text);
  const core = approximate ? { begunBy: null, lastsUntil: null } : coreOf(text, period, { earliest, latest });
  const day = earliest ?? latest;
  const open = day === null || (!period && (earliest === null || latest === null));
  return {
    earliest,
    latest,
    boundedEarliest: earliest ?? (period ? (boundsOf(text.split('/')[1] ?? '')?.earliest ?? null) : null),
    boundedLatest: latest ?? (period && earliest !== null ? FOREVER : null),
    ...core,
    sortDay: day === null ? UNDATED.ascending : open ? `~${day}` : day,
    sortDayDescending: day === null ? UNDATED.descending : open ? `!${day}` : day,
  };
}

/** The days that a date touches for certain: by when it has begun, until when it lasts at least. */
function coreOf(
  text: string,
  period: boolean,
  { earliest, latest }: Pick<DateRange, 'earliest' | 'latest'>,
): Pick<StoredDays, 'begunBy' | 'lastsUntil'> {
  if (!period) return { begunBy: latest, lastsUntil: earliest };
  const [from = '', to = ''] = text.split('/');
  const [begin, finish] = [from, to].map((each) => boundsOf(each));
  return {
    // A period whose start is unknown has begun by its end; one without an end lasts, at least, until it has begun.
    begunBy: begin?.latest ?? latest,
    lastsUntil: finish?.earliest ?? begin?.latest ?? null,
  };
}

/** The sort keys of a record by those of its dates: of the earliest one that has a day. */
export function earliestSortDays(
  dates: readonly StoredDays[],
): Pick<StoredDays, 'sortDay' | 'sortDayDescending'> {
  const [first] = dates.toSorted((a, b) => (a.sortDay < b.sortDay ? -1 : 1));
  return {
    sortDay: first?.sortDay ?? UNDATED.ascending,
    sortDayDescending: first?.sortDayDescending ?? UNDATED.descending,
  };
}

/**
 * The start and the end of a date in ISO 8601 as other standards write it, with the precision the text gives: of a
 * period both, of a single date the start alone. Null where it is open, approximate within, or one day out of a set.
 */
export function isoEnds(text: string): { start: string | null; end: string | null } {
  const [from = '', to = ''] = text.split('/').map((each) => each.replace(/[~?%]$/, ''));
  const plain = (each: string): string | null =>
    /^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/.test(each) ? each : null;
  return { start: plain(from), end: plain(to) };
}
