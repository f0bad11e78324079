import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { z } from 'zod';
import type { PageFormat } from './format.ts';

/** An entry of a calendar, from one whole day to another. */
export interface CalendarEntry {
  /** Globally unique. */
  uid: string;
  title: string;
  description: string;
  /** First and last day, `YYYY-MM-DD`. */
  first: string;
  last: string;
  location: string | null;
  coordinates: { latitude: number; longitude: number } | null;
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  categories: string[];
  url: string;
  changed: Date;
}

const schema = z.string().meta({
  id: 'Calendar',
  description:
    'A page of the records that have a day, or a period with two ends, as whole days that do not block time (iCalendar, RFC 5545). The description of the calendar counts the others, of which it is not known on which day they were',
});

/** A page as a calendar of whole days; `entry` says what a record that has a day or a duration is in it. */
export function icalendar<T extends { id: string }>(
  entry: (record: T, url: string, changed: Date) => CalendarEntry,
): PageFormat<T> {
  return {
    writes: 'page',
    mediaType: 'text/calendar',
    schema,
    subset: 'dated',
    async write({ records, title, urlOf, changed, countOutside }) {
      const times = await changed(records.map(({ id }) => id));
      const entries = records.map((record) =>
        entry(record, urlOf(record.id), times.get(record.id) ?? new Date(0)),
      );
      return calendar(title, entries, { withoutDays: await countOutside() });
    },
  };
}

/** The description of the calendar counts the matches without a known day or duration, which it cannot show. */
function calendar(
  name: string,
  entries: readonly CalendarEntry[],
  { withoutDays }: { withoutDays: number },
): string {
  const description =
    withoutDays > 0 ? `Omitted, because neither their day nor their duration is known: ${withoutDays}` : null;
  const result = ical({ name, description, prodId: { company: 'attest', product: 'attest' } });
  for (const entry of entries) {
    result.createEvent({
      id: entry.uid,
      summary: entry.title,
      description: entry.description,
      allDay: true,
      start: new Date(`${entry.first}T00:00:00Z`),
      // The end of whole days is the day after the last (RFC 5545, 3.6.1).
      end: new Date(Date.parse(`${entry.last}T00:00:00Z`) + 86_400_000),
      timezone: 'UTC',
      stamp: entry.changed,
      // It says what was, and is no appointment.
      transparency: ICalEventTransparency.TRANSPARENT,
      status: ICalEventStatus[entry.status],
      categories: entry.categories.map((category) => ({ name: category })),
      url: entry.url,
      location: entry.location === null ? null : { title: entry.location, ...geo(entry.coordinates) },
    });
  }
  return `${result.toString()}\r\n`;
}

function geo(coordinates: CalendarEntry['coordinates']) {
  return coordinates === null ? {} : { geo: { lat: coordinates.latitude, lon: coordinates.longitude } };
}
