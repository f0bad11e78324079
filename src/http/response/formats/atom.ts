import { createHash } from 'node:crypto';
import XMLBuilder from 'fast-xml-builder';
import { z } from 'zod';
import type { Put } from '../../../db/lists/paging.ts';
import { pageUrl } from '../../request/urls.ts';
import type { PageContent, PageFormat } from './format.ts';
import { plainText } from './plainText.ts';

/** Of a record whose changes are not known. */
const NEVER: Put = { first: new Date(0), last: new Date(0) };

/** A record in a feed. */
export interface FeedEntry {
  title: string;
  summary: string;
  url: string;
  /** Whose the words are. */
  authors: string[];
  categories: { term: string; label: string }[];
  /** When it is about, in EDTF. */
  date: string;
  put: Put;
}

const schema = z.string().meta({
  id: 'Feed',
  description:
    'A page of records as a feed (Atom, RFC 4287); the summary begins with the date of the record, `published` and `updated` are when it was first and last put into the store, `rel="next"` leads to the next page (RFC 5005)',
});

// No indentation: it would become part of the texts.
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: false });

/** A page as a feed; `entry` says what a record is in it. */
export function atom<T extends { id: string }>(
  entry: (record: T, url: string, put: Put) => FeedEntry,
): PageFormat<T> {
  return {
    writes: 'page',
    mediaType: 'application/atom+xml',
    schema,
    async write(page) {
      const changed = await page.changed(page.records.map(({ id }) => id));
      const entries = page.records.map((record) =>
        entry(record, page.urlOf(record.id), changed.get(record.id) ?? NEVER),
      );
      return feed(page, entries);
    },
  };
}

function feed(
  { title, base, path, self, nextUrl }: Omit<PageContent<never>, 'records' | 'urlOf' | 'changed'>,
  entries: readonly FeedEntry[],
): string {
  const newest = Math.max(0, ...entries.map(({ put }) => put.last.getTime()));
  const link = (rel: string, href: string, type: string) => ({ '@rel': rel, '@href': href, '@type': type });
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      id: permanentId(path),
      title,
      updated: new Date(newest).toISOString(),
      author: { name: 'Attest' },
      link: [
        link('self', self, 'application/atom+xml'),
        ...(nextUrl === null ? [] : [link('next', nextUrl, 'application/atom+xml')]),
      ],
      entry: entries.map((entry) => ({
        id: permanentId(entry.url.slice(base.length)),
        title: plainText(entry.title),
        // Atom has no field for the day of which an entry speaks.
        summary: `${entry.date}: ${plainText(entry.summary)}`,
        published: entry.put.first.toISOString(),
        updated: entry.put.last.toISOString(),
        author: entry.authors.map((name) => ({ name: plainText(name) })),
        category: entry.categories.map(({ term, label }) => ({ '@term': term, '@label': plainText(label) })),
        link: [
          link('alternate', pageUrl(entry.url, base), 'text/html'),
          link('alternate', entry.url, 'application/json'),
        ],
      })),
    },
  });
}

/**
 * The id of a feed or an entry: the same whatever address it is read at, as Atom wants it (RFC 4287, 4.2.6). A UUID of
 * version 5 (RFC 9562), in the namespace of URLs.
 */
function permanentId(path: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex'))
    .update(`attest:${path}`)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return `urn:uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
}
