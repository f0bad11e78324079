/** Calendar intervals into which days fall; weeks begin on Monday (ISO 8601). */
export const intervals = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Interval = (typeof intervals)[number];

/** The first and the last day of the interval in which a day (`YYYY-MM-DD`) lies. */
export function intervalOf(day: string, interval: Interval): { from: string; to: string } {
  const first = new Date(`${day}T00:00:00Z`);
  const month = first.getUTCMonth();
  if (interval === 'week') first.setUTCDate(first.getUTCDate() - ((first.getUTCDay() + 6) % 7));
  if (interval === 'month') first.setUTCDate(1);
  if (interval === 'quarter') first.setUTCMonth(month - (month % 3), 1);
  if (interval === 'year') first.setUTCMonth(0, 1);
  const last = new Date(first);
  if (interval === 'week') last.setUTCDate(last.getUTCDate() + 6);
  // Day 0 of a month is the last day of the one before.
  if (interval === 'month') last.setUTCMonth(last.getUTCMonth() + 1, 0);
  if (interval === 'quarter') last.setUTCMonth(last.getUTCMonth() + 3, 0);
  if (interval === 'year') last.setUTCMonth(12, 0);
  return { from: first.toISOString().slice(0, 10), to: last.toISOString().slice(0, 10) };
}
