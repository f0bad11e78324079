// Dates as the documentation explains them, worked out anew: nothing here is shared with what is tested.

/** The first and the last day that a date can mean; null where it has no such bound. */
export interface Days {
  earliest: string | null;
  latest: string | null;
}

const DATE = /^(?<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?<month>\d\d|XX)(?:-(?<day>\d\d|XX))?)?(?<doubt>[~?%])?$/;

/** The days that one EDTF date means, if the documentation describes its form; else, or if the day does not exist, undefined. */
export function daysOf(text: string): { earliest: string; latest: string } | undefined {
  const { year = '', month, day, doubt } = DATE.exec(text)?.groups ?? {};
  // Level 1 knows no doubt about what is unspecified.
  if (year === '' || (doubt && text.includes('X'))) return undefined;
  if (month === undefined || month === 'XX') {
    if (day !== undefined && (month !== 'XX' || day !== 'XX')) return undefined;
    if (month === 'XX' && year.includes('X')) return undefined;
    return { earliest: `${year.replaceAll('X', '0')}-01-01`, latest: `${year.replaceAll('X', '9')}-12-31` };
  }
  if (Number(month) > 20) return seasonOf(Number(year), Number(month));
  if (year.includes('X') || Number(month) < 1 || Number(month) > 12) return undefined;
  const last = lastDay(Number(year), Number(month));
  if (day === undefined || day === 'XX') {
    return { earliest: `${year}-${month}-01`, latest: `${year}-${month}-${last}` };
  }
  if (Number(day) < 1 || Number(day) > last) return undefined;
  return { earliest: `${year}-${month}-${day}`, latest: `${year}-${month}-${day}` };
}

/** The widest days of the four seasons (codebook): winter can be at either end of its year. */
function seasonOf(year: number, code: number): { earliest: string; latest: string } | undefined {
  if (code === 21) return { earliest: `${year}-03-01`, latest: `${year}-06-21` };
  if (code === 22) return { earliest: `${year}-06-01`, latest: `${year}-09-23` };
  if (code === 23) return { earliest: `${year}-09-01`, latest: `${year}-12-22` };
  return code === 24 ? { earliest: `${year - 1}-12-01`, latest: `${year + 1}-03-21` } : undefined;
}

/** The same for intervals and sets too, of which either end may be open. */
export function rangeOf(text: string): Days | undefined {
  const [start = '', end, ...rest] = text.startsWith('[') ? text.slice(1, -1).split('..') : text.split('/');
  if (rest.length > 0) return undefined;
  if (end === undefined) return daysOf(start);
  const from = isOpen(start) ? null : daysOf(start)?.earliest;
  const to = isOpen(end) ? null : daysOf(end)?.latest;
  return from === undefined || to === undefined ? undefined : { earliest: from, latest: to };
}

const isOpen = (end: string): boolean => end === '' || end === '..';

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A date as the API gives it. */
export interface Dated extends Days {
  edtf: string;
  period: boolean;
  approximate: boolean;
}

/** The one day by which a date is sorted, where it is not an uncertain one with an open end. */
export function dayOf({ earliest, latest, period }: Dated): string | null {
  return period || (earliest !== null && latest !== null) ? (earliest ?? latest) : null;
}

/** A key by which dates are in order, oldest or newest first; without a day of their own they come last. */
export function sortKeyOf(date: Dated, direction: 1 | -1): string {
  const day = dayOf(date);
  if (day !== null) return `1 ${day}`;
  const known = date.earliest ?? date.latest;
  if (direction === 1) return known === null ? '3' : `2 ${known}`;
  return known === null ? '0 0' : `0 1 ${known}`;
}

/** Whether a date lies to a window as `dateMatch` says. */
export function liesIn(
  date: Dated,
  from: string | undefined,
  to: string | undefined,
  match: string | undefined,
): boolean {
  const { edtf, earliest, latest, period, approximate } = date;
  const [start = '', end = ''] = edtf.split('/');
  if (match === 'certain') {
    if (from === undefined && to === undefined) return true;
    if (approximate) return false;
    const begun = period ? (daysOf(start)?.latest ?? latest) : latest;
    const until = period ? (daysOf(end)?.earliest ?? daysOf(start)?.latest ?? null) : earliest;
    const reaches = from === undefined || (until !== null && until >= from);
    return reaches && (to === undefined || (begun !== null && begun <= to));
  }
  if (match === 'possible') {
    const reaches = from === undefined || latest === null || latest >= from;
    return reaches && (to === undefined || earliest === null || earliest <= to);
  }
  // The days on which a date is known to be possible, where it is open.
  const first = earliest ?? (period ? (daysOf(end)?.earliest ?? null) : null);
  const last = latest ?? (period && earliest !== null ? '9999-12-31' : null);
  const inside = (day: string | null): boolean =>
    day !== null && (from === undefined || day >= from) && (to === undefined || day <= to);
  if (from !== undefined && to !== undefined)
    return first !== null && last !== null && last >= from && first <= to;
  if (from !== undefined) return (last !== null && last >= from) || inside(earliest);
  return to === undefined || (first !== null && first <= to) || inside(latest);
}

const DAY = 86_400_000;
const written = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The first and the last day of the calendar interval around a day. */
export function intervalAround(day: string, interval: string): { from: string; to: string } {
  const time = Date.parse(`${day}T00:00:00Z`);
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  if (interval === 'day') return { from: day, to: day };
  if (interval === 'week') {
    // The fourth of January 1970 was a Sunday.
    const sinceMonday = (((Math.round(time / DAY) - 4) % 7) + 7) % 7;
    // A week does not lead out of the years of four digits.
    const [earliest, latest] = ['0000-01-01', '9999-12-31'].map((end) => Date.parse(`${end}T00:00:00Z`)) as [
      number,
      number,
    ];
    return {
      from: written(Math.max(time - sinceMonday * DAY, earliest)),
      to: written(Math.min(time + (6 - sinceMonday) * DAY, latest)),
    };
  }
  const first = interval === 'year' ? 1 : interval === 'quarter' ? month - ((month - 1) % 3) : month;
  const final = interval === 'year' ? 12 : interval === 'quarter' ? first + 2 : month;
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    from: `${year}-${two(first)}-01`,
    to: `${year}-${two(final)}-${lastDay(Number(year), final)}`,
  };
}
