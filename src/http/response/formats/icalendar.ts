import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { z } from 'zod';
import { pageUrl } from '../../request/urls.ts';
import type { ExportFormat } from './format.ts';
import { plainText } from './plainText.ts';

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
    'All matches that have a day, or a period with two ends, as whole days that do not block time (iCalendar, RFC 5545). The description of the calendar counts the others, of which it is not known on which day they were',
});

/** Matches as a calendar of whole days; `entry` says what a record that has a day or a duration is in it. */
export function icalendar<T extends { id: string }>(
  entry: (record: T, url: string, changed: Date) => CalendarEntry,
): ExportFormat<T> {
  return {
    writes: 'export',
    mediaType: 'text/calendar',
    extension: 'ics',
    supports: [],
    schema,
    subset: 'dated',
    async *write(matches, _options, { title, base, urlOf, changed, outside }) {
      const end = 'END:VCALENDAR';
      const empty = calendar(title, [], { withoutDays: outside });
      yield empty.slice(0, empty.lastIndexOf(end));
      for await (const records of matches.records()) {
        const times = await changed(records.map(({ id }) => id));
        const entries = records.map((record) =>
          entry(record, pageUrl(urlOf(record.id), base), times.get(record.id)?.last ?? new Date(0)),
        );
        const text = calendar(title, entries, { withoutDays: outside });
        yield text.slice(text.indexOf('BEGIN:VEVENT'), text.lastIndexOf(end));
      }
      yield `${end}\r\n`;
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
      summary: plainText(entry.title),
      description: plainText(entry.description),
      allDay: true,
      start: new Date(`${entry.first}T00:00:00Z`),
      ...endOf(entry),
      timezone: 'UTC',
      stamp: entry.changed,
      // It says what was, and is no appointment.
      transparency: ICalEventTransparency.TRANSPARENT,
      status: ICalEventStatus[entry.status],
      categories: entry.categories.map((category) => ({ name: plainText(category) })),
      url: entry.url,
      location:
        entry.location === null ? null : { title: plainText(entry.location), ...geo(entry.coordinates) },
    });
  }
  return `${result.toString()}\r\n`;
}

/** The end of whole days is the day after the last (RFC 5545, 3.6.1); after the last day that four digits can write there is none. */
function endOf({ first, last }: CalendarEntry): { end?: Date } {
  if (last < '9999-12-31') return { end: new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000) };
  return first < last ? { end: new Date(`${last}T00:00:00Z`) } : {};
}

function geo(coordinates: CalendarEntry['coordinates']) {
  return coordinates === null ? {} : { geo: { lat: coordinates.latitude, lon: coordinates.longitude } };
}
