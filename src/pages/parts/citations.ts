import type { z } from 'zod';
import type { citation } from '../../http/response/schemas.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { sourceLink } from './links.ts';

export type Citation = z.infer<typeof citation>;

/** The passages that prove a record: each with its source, and its words where they are at hand. */
export function proof(context: Context, citations: readonly Citation[]): Html {
  if (citations.length === 0) return null;
  return html`<ul class="proof">${citations.map((each) => html`<li>${passage(context, each)}</li>`)}</ul>`;
}

/** One passage: its words, and where they are. */
export function passage(context: Context, each: Citation): Html {
  const { source } = each;
  return html`
    ${wordsOf(each)}
    <p class="where">${sourceLink(context, source)}, ${place(context, each)}</p>
  `;
}

/** The words of a passage, as far as they are at hand. */
export function wordsOf({ phrase, passage: words }: Citation): Html {
  return html`
    ${words !== null && html`<blockquote>${marked(words, phrase)}</blockquote>`}
    ${words === null && phrase !== null && html`<blockquote>“… ${phrase} …”</blockquote>`}
  `;
}

/** Where a passage is in its source, as a link to it; or the record of a collection that is cited instead. */
export function place(context: Context, { source, start, end, document }: Citation): Html {
  if (document) {
    return html`record ${isWeb(document.url) ? html`<a href=${document.url} rel="nofollow noopener">${document.id}</a>` : document.id}${document.reportedBy !== null && html` (reported by ${document.reportedBy}${typeof document.offset === 'number' && html`, character ${document.offset}`})`}`;
  }
  return html`<a class="place" href=${`${context.href(`/sources/${source.id}`)}#c${start}`}>characters ${start}–${end}</a>`;
}

/** Whether an address that a dataset gives leads to the web, and to nothing that runs. */
function isWeb(url: string | null): boolean {
  return url !== null && /^https?:\/\//i.test(url);
}

/** The sources of some citations, each once, with how many passages. */
export function sourcesOf(context: Context, citations: readonly Citation[]): Html {
  const sources = [...new Map(citations.map(({ source }) => [source.id, source])).values()];
  if (sources.length > 2) return html`<span class="sources">${sources.length} sources</span>`;
  return sources.map(
    (source, index) => html`${index > 0 && '; '}<span class="sources">${sourceLink(context, source)}</span>`,
  );
}

/** A passage with its phrase marked. */
function marked(words: string, phrase: string | null): Html {
  const at = phrase === null ? -1 : words.indexOf(phrase);
  if (phrase === null || at === -1) return words;
  return html`${words.slice(0, at)}<mark>${phrase}</mark>${words.slice(at + phrase.length)}`;
}
