import { suggestQuery } from '../db/fullText.ts';
import { type SearchableKind, searchableKinds } from '../domain/vocabularies.ts';
import { pageRequest } from '../http/request/cursors.ts';
import { asOf, query } from '../http/request/parameters.ts';
import { searchRecords } from '../resources/search/queries.ts';
import { searchQuery } from '../resources/search/schema.ts';
import type { Context } from './context.ts';
import { type Html, html, joined } from './html.ts';
import type { PageRoute } from './page.ts';
import { capitalWord } from './parts/links.ts';
import { problemLinks } from './parts/problemLinks.ts';
import { searchForm } from './parts/searchForm.ts';
import type { Page } from './types.ts';

const { q: words, kind: kinds } = searchQuery.shape;
// Without words, the page is there to be given some; it shows the best of each kind, so it has no further pages.
const pageQuery = query({ q: words.optional(), kind: kinds, asOf });

/** The path of the list of each kind. */
const PATHS: Record<SearchableKind, string> = {
  event: '/events',
  statement: '/statements',
  claim: '/claims',
  actor: '/actors',
  topic: '/topics',
  source: '/sources',
};

/** At most this many records of each kind are shown; one kind alone has a whole page. */
const SHOWN = 6;

type Hits = Awaited<ReturnType<typeof searchRecords>>;

/** The page of the search over everything: the best of each kind. */
export const searchPage: PageRoute<typeof pageQuery> = {
  path: '/search',
  query: pageQuery,
  async render(context, { q, kind }) {
    if (!q) return page(context, '', html`<p>Give some words to search for.</p>`);
    const wanted = kind?.length === 1 ? (kind[0] ?? []) : [];
    const shown = searchableKinds.filter((each) => wanted.length === 0 || wanted.includes(each));
    const { workers } = context.store;
    const limit = shown.length === 1 ? 50 : SHOWN;
    const groups = await Promise.all(
      shown.map(async (each) => ({
        kind: each,
        hits: await searchRecords(
          workers,
          { q, kind: [[each]] },
          pageRequest(context.request, { limit, count: true }),
        ),
      })),
    );
    const text = context.values('q')[0] ?? '';
    const found = groups
      .filter(({ hits }) => hits.items.length > 0)
      .sort((a, b) => Number(isNamed(b, text)) - Number(isNamed(a, text)));
    const meant = found.length === 0 ? await suggestQuery(workers, q) : null;
    const results =
      found.length > 0
        ? found.map(({ kind: each, hits }) => group(context, each, hits, text))
        : html`
            <p class="nothing">Nothing has all of these words.</p>
            ${meant && html`<p>Did you mean <a href=${context.href('/search', { q: meant })}>${meant}</a>?</p>`}
          `;
    return page(context, text, results);
  },
  refused: (context, { errors }) =>
    page(
      context,
      context.values('q')[0] ?? '',
      html`<div class="error" role="alert">${problemLinks(context, errors)}</div>`,
    ),
};

/** Whether the words are in the name of the best topic or actor: its page has what belongs to it, so it comes first. */
function isNamed({ kind, hits }: { kind: SearchableKind; hits: Hits }, text: string): boolean {
  const [best] = hits.items;
  return (
    (kind === 'topic' || kind === 'actor') &&
    best?.title.toLowerCase().includes(text.trim().toLowerCase()) === true
  );
}

function page(context: Context, text: string, results: Html): Page {
  return {
    title: text === '' ? 'Search' : `Search: ${text}`,
    description: 'Events, statements, claims, actors, topics and sources by their words.',
    crumbs: [{ name: 'Attest', path: '/' }],
    isTimeless: true,
    ...(text === ''
      ? {}
      : {
          data: {
            api: context.sameQuery('/v1/search', ['asOf']),
            formats: [],
            operation: 'Search/search',
          },
        }),
    body: html`
      <h1>Search</h1>
      ${searchForm(context, { value: text, large: true })}
      <p class="note">
        Every word must match, in any English form. <code>"quoted phrase"</code> matches these words in a row,
        ${' '}<code>prefix*</code> what begins so, <code>-word</code> excludes, <code>a OR b</code> accepts either.
      </p>
      ${results}
    `,
  };
}

function group(context: Context, kind: SearchableKind, { items, total }: Hits, q: string): Html {
  const count = total ?? items.length;
  return html`
    <section>
      <h2>${capitalWord(`${kind}s`)} <span class="count">${count.toLocaleString('en')}</span></h2>
      <ul class="rows hits">
        ${items.map(({ id, title, snippet }) => {
          const marked = joined(
            snippet.map((part, index) => (index % 2 === 1 ? html`<mark>${part}</mark>` : part)),
            '',
          );
          // Where the title itself is what matches, it is there once, with the words marked.
          const isTitle = snippet.join('') === title;
          return html`
              <li>
                <h3><a href=${context.href(`${PATHS[kind]}/${id}`)}>${isTitle ? marked : title}</a></h3>
                ${!isTitle && html`<p>${marked}</p>`}
              </li>
            `;
        })}
      </ul>
      ${
        count > items.length &&
        html`<p class="more">
          <a href=${kind === 'topic' ? context.href('/search', { q, kind }) : context.href(PATHS[kind], { q, ...(kind === 'actor' ? {} : { sort: 'relevance' }) })}>
            All ${count.toLocaleString('en')}
          </a>
        </p>`
      }
    </section>
  `;
}
