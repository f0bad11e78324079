/** Calendar intervals into which days fall; weeks begin on Monday (ISO 8601). */
export const intervals = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Interval = (typeof intervals)[number];

/** The first and the last day that can be written with a year of four digits. */
const [FIRST_DAY, LAST_DAY] = ['0000-01-01', '9999-12-31'];

/** The first and the last day of the interval in which a day (`YYYY-MM-DD`) lies; the first and last week of all are shorter. */
export function intervalOf(day: string, interval: Interval): { from: string; to: string } {
  const date = new Date(`${day}T00:00:00Z`);
  const month = date.getUTCMonth();
  /** A day of the same year; day 0 of a month is the last day of the one before. */
  const at = (ofMonth: number, dayOfMonth: number): string => {
    const other = new Date(date);
    other.setUTCMonth(ofMonth, dayOfMonth);
    return other.toISOString().slice(0, 10);
  };
  switch (interval) {
    case 'day':
      return { from: day, to: day };
    case 'week': {
      const monday = date.getUTCDate() - ((date.getUTCDay() + 6) % 7);
      const [from, to] = [at(month, monday), at(month, monday + 6)];
      // Years beyond have a sign and six digits.
      return { from: /^[+-]/.test(from) ? FIRST_DAY : from, to: /^[+-]/.test(to) ? LAST_DAY : to };
    }
    case 'month':
      return { from: at(month, 1), to: at(month + 1, 0) };
    case 'quarter': {
      const first = month - (month % 3);
      return { from: at(first, 1), to: at(first + 3, 0) };
    }
    case 'year':
      return { from: at(0, 1), to: at(12, 0) };
  }
}
