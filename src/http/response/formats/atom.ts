import XMLBuilder from 'fast-xml-builder';
import { z } from 'zod';
import type { PageContent, PageFormat } from './format.ts';

/** A record in a feed. */
export interface FeedEntry {
  title: string;
  summary: string;
  url: string;
  /** Whose the words are. */
  authors: string[];
  categories: { term: string; label: string }[];
  changed: Date;
}

const schema = z.string().meta({
  id: 'Feed',
  description:
    'A page of records as a feed (Atom, RFC 4287); `updated` is when a record was last put into the store, `rel="next"` leads to the next page (RFC 5005)',
});

// No indentation: it would become part of the texts.
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: false });

/** A page as a feed; `entry` says what a record is in it. */
export function atom<T extends { id: string }>(
  entry: (record: T, url: string, changed: Date) => FeedEntry,
): PageFormat<T> {
  return {
    writes: 'page',
    mediaType: 'application/atom+xml',
    schema,
    async write(page) {
      const changed = await page.changed(page.records.map(({ id }) => id));
      const entries = page.records.map((record) =>
        entry(record, page.urlOf(record.id), changed.get(record.id) ?? new Date(0)),
      );
      return feed(page, entries);
    },
  };
}

function feed(
  { title, self, nextUrl }: Pick<PageContent<never>, 'title' | 'self' | 'nextUrl'>,
  entries: readonly FeedEntry[],
): string {
  const newest = Math.max(0, ...entries.map(({ changed }) => changed.getTime()));
  const link = (rel: string, href: string, type: string) => ({ '@rel': rel, '@href': href, '@type': type });
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      id: self,
      title,
      updated: new Date(newest).toISOString(),
      author: { name: 'Attest' },
      link: [
        link('self', self, 'application/atom+xml'),
        ...(nextUrl === null ? [] : [link('next', nextUrl, 'application/atom+xml')]),
      ],
      entry: entries.map((entry) => ({
        id: entry.url,
        title: plain(entry.title),
        summary: plain(entry.summary),
        updated: entry.changed.toISOString(),
        author: entry.authors.map((name) => ({ name: plain(name) })),
        category: entry.categories.map(({ term, label }) => ({ '@term': term, '@label': plain(label) })),
        link: link('alternate', entry.url, 'application/json'),
      })),
    },
  });
}

/** Without the characters that XML 1.0 does not allow. */
function plain(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ');
}
