import { asOf, query } from '../../http/request/parameters.ts';
import { actorQueries } from '../../resources/actors/queries.ts';
import { actorQuery } from '../../resources/actors/schema.ts';
import { claimQueries } from '../../resources/claims/queries.ts';
import { claimQuery } from '../../resources/claims/schema.ts';
import { eventQueries } from '../../resources/events/queries.ts';
import { eventQuery } from '../../resources/events/schema.ts';
import { sourceQueries } from '../../resources/sources/queries.ts';
import { statementQueries } from '../../resources/statements/queries.ts';
import { statementQuery } from '../../resources/statements/schema.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import type { PageRoute } from '../page.ts';
import { articleOf, uncitedIn } from '../parts/article.ts';
import type { Citation } from '../parts/citations.ts';
import { creditsOf } from '../parts/credits.ts';
import { timeElement } from '../parts/dates.ts';
import { spine } from '../parts/events.ts';
import {
  actorLink,
  claimLink,
  datasetLink,
  eventLink,
  plainWord,
  sourceLink,
  statementLink,
} from '../parts/links.ts';
import { facts, related, section, unlessTooMuch } from '../related.ts';
import { recordData } from './record.ts';

const recordQuery = query({ asOf });
/** At most this many records of each kind are looked through for passages of a source. */
const RECORDS = 200;

type Source = Awaited<ReturnType<typeof sourceQueries.get>>;

/** A passage of the source, with the records that cite it. */
interface Cited {
  start: number;
  end: number;
  passage: string | null;
  records: { kind: string; link: Html }[];
}

/** The page of a source: its credits, and every record that cites it in the order of its passages. */
export const sourcePage: PageRoute<typeof recordQuery> = {
  path: '/sources/:id',
  query: recordQuery,
  // The file of the article may be added, changed or removed at any time; what is not the very text is not shown.
  async dependsOn(context) {
    const { text } = await sourceQueries.get(context.store.db, context.id);
    return wholeText(context, text) === null ? 'passages' : 'whole text';
  },
  async render(context) {
    const source = await sourceQueries.get(context.store.db, context.id);
    const { cited, missing } = await passagesOf(context, source);
    const { title, publisher, published } = source;
    const whole = wholeText(context, source.text);
    const article = articleOf(cited, source.text?.length ?? 0, whole);
    return {
      title,
      description: `${publisher?.name ?? 'An article'}, and the records that are taken from it, passage by passage.`,
      crumbs: [
        { name: 'Attest', path: '/' },
        { name: 'Sources', path: '/sources' },
      ],
      isTimeless: true,
      dataset: source.dataset.id,
      data: recordData(context, 'sources', 'Sources/getSource', ['jsonld'], { takesAsOf: false }),
      thing: {
        '@context': 'https://schema.org',
        '@type': source.kind === 'dataset' ? 'Dataset' : 'Article',
        '@id': context.url(context.path),
        headline: title,
        datePublished: published.earliest === published.latest ? published.earliest : undefined,
        inLanguage: source.language,
        publisher: publisher ? { '@type': 'Organization', name: publisher.name } : undefined,
      },
      body: html`
        <article>
          <h1>${title}</h1>
          ${facts(factsOf(context, source))}
          ${await unlessTooMuch(() => disagreements(context, source))}
          ${article && html`<section><h2>The article</h2>${whole !== null && uncitedNote(uncitedIn(cited, whole), missing)}${article}</section>`}
          ${
            cited.length === 0
              ? await takenFrom(context, source)
              : html`<section>
            <h2>Its passages, and what they prove <span class="count">${cited.length}</span></h2>
            ${coverage(source, cited)}
            ${missing && html`<p class="note">Only the newest ${RECORDS} records of each kind are here.</p>`}
            <ol class="passages">${cited.map((each, index) => passageRow(each, cited[index - 1]))}</ol>
          </section>`
          }
        </article>
      `,
    };
  },
};

/** The text of an article, where it is at hand; else null. */
function wholeText(context: Context, text: Source['text']): string | null {
  return text && context.articleText(text.file, text.sha256);
}

/** The records of a source without passages, such as a collection of coded events. */
async function takenFrom(context: Context, { id }: Source): Promise<Html> {
  const asked = { source: id };
  const events = await related(context, eventQueries, eventQuery, asked);
  const more = { path: '/events', parameters: asked };
  return section(context, 'Events taken from it', events, spine(context, events.items), more);
}

function factsOf(context: Context, source: Source): [string, Html][] {
  const { published, publisher, republisher, contributors, language, kind, derivedFrom, text, dataset } =
    source;
  return [
    ['Published', timeElement(published)],
    [
      'Publisher',
      publisher ? actorLink(context, publisher) : kind !== 'dataset' && 'not named in the article',
    ],
    ['Found on pages of', republisher && actorLink(context, republisher)],
    [
      'Credits',
      contributors.length > 0 &&
        joined(
          contributors.map(({ actor, role }) => html`${actorLink(context, actor)} (${plainWord(role)})`),
        ),
    ],
    ['Kind', plainWord(kind)],
    ['Language', language],
    [
      'Repeats the report of',
      derivedFrom.length > 0 && joined(derivedFrom.map((other) => sourceLink(context, other))),
    ],
    [
      'To check it',
      text &&
        html`The text of ${text.length.toLocaleString('en')} characters has the SHA-256${' '}
        <code class="hash">${text.sha256}</code>; passages are counted in Unicode code points from its beginning.`,
    ],
    ['Dataset', datasetLink(context, dataset)],
  ];
}

/** How much of an article's text no record cites. */
function uncitedNote({ all, uncited }: { all: number; uncited: number }, missing: boolean): Html {
  return html`
    <p class="note">
      Underlined words lead to the passages that records cite. <span class="uncited">Words without a line are cited by no record${missing && ' that this page has'}</span>:
      ${' '}${uncited} of ${all} sentences and headings.
    </p>
  `;
}

/** The other sources with which it shares what is disputed: claims, and events of which sources give different details. */
async function disagreements(context: Context, { id }: Source): Promise<Html> {
  const asOf = context.asOf === undefined ? {} : { asOf: context.asOf };
  const asked = { source: id, ...asOf };
  const claims = await claimQueries.matching(
    context.store,
    claimQuery.parse({ ...asked, standing: 'disputed' }),
  );
  const events = await eventQueries.matching(context.store, eventQuery.parse({ ...asked, disputed: 'true' }));
  const { source: ofClaims } = await claims.facets(['source']);
  const { source: ofEvents } = await events.facets(['source']);
  const shared = [...(ofClaims?.groups ?? []), ...(ofEvents?.groups ?? [])];
  const others = [...new Map(shared.map(({ value, label }) => [value, label ?? value]))].filter(
    ([other]) => other !== id,
  );
  if (others.length === 0) return null;
  const inBoth = (groups: readonly { value: string; count: number }[] = [], other: string): number =>
    groups.find(({ value }) => value === other)?.count ?? 0;
  const credits = await creditsOf(
    context,
    others.map(([other]) => other),
  );
  return html`
    <section>
      <h2>Where it and other sources disagree</h2>
      <ul class="rows">
        ${others.map(([other, title]) => {
          const disputed = inBoth(ofClaims?.groups, other);
          const differing = inBoth(ofEvents?.groups, other);
          const both = { source: [id, other] };
          return html`
            <li>
              <h3>${sourceLink(context, { id: other, title })}</h3>
              ${credits.get(other)}
              <p>
                In both:
                ${' '}${joined(
                  [
                    disputed > 0 &&
                      html`<a href=${context.href('/claims', { standing: 'disputed', ...both })}>${disputed} disputed ${disputed === 1 ? 'claim' : 'claims'}</a>`,
                    differing > 0 &&
                      html`<a href=${context.href('/events', { disputed: 'true', ...both })}>${differing} ${differing === 1 ? 'event' : 'events'} that sources report differently</a>`,
                  ].filter(Boolean),
                )}
              </p>
            </li>
          `;
        })}
      </ul>
    </section>
  `;
}

/** How much of the text some record cites. */
function coverage({ text }: Source, cited: readonly Cited[]): Html {
  if (text === null) return null;
  let reached = 0;
  let covered = 0;
  for (const { start, end } of cited) {
    covered += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  const share = text.length === 0 ? 0 : Math.round((covered / text.length) * 100);
  return html`<p class="note">Records cite ${share} % of its characters; the rest is headings, credits and what no record needs.</p>`;
}

function passageRow({ start, end, passage, records }: Cited, before: Cited | undefined): Html {
  const gap = start - (before?.end ?? 0);
  return html`
    ${gap > 1 && html`<li class="gap">${gap} characters that no record cites</li>`}
    <li id=${before?.start === start ? undefined : `c${start}`} class="cited">
      ${passage === null ? html`<p class="note">The words are not at hand.</p>` : html`<blockquote>${passage}</blockquote>`}
      <p class="where">characters ${start}–${end}</p>
      <ul class="plain">
        ${records.map(({ kind, link }) => html`<li><span class="note">${kind}</span> ${link}</li>`)}
      </ul>
    </li>
  `;
}

/** The passages that records cite, in the order of the text; each with its records. */
async function passagesOf(context: Context, { id }: Source): Promise<{ cited: Cited[]; missing: boolean }> {
  const asked = { source: id };
  const events = await related(context, eventQueries, eventQuery, asked, RECORDS);
  const statements = await related(context, statementQueries, statementQuery, asked, RECORDS);
  const claims = await related(context, claimQueries, claimQuery, asked, RECORDS);
  const actors = await related(context, actorQueries, actorQuery, asked, RECORDS);
  const cited = new Map<string, Cited>();
  const add = (citations: readonly Citation[], kind: string, link: Html): void => {
    for (const { source, start, end, passage } of citations) {
      if (source.id !== id || start === null || end === null) continue;
      const key = `${start}-${end}`;
      const at = cited.get(key) ?? { start, end, passage, records: [] };
      at.records.push({ kind, link });
      cited.set(key, at);
    }
  };
  for (const event of events.items) {
    add(event.citations, 'Event', eventLink(context, event));
    for (const { of, citations } of event.figures)
      add(citations, 'Figure', html`${of}: ${eventLink(context, event)}`);
    for (const { citations, event: other } of event.links)
      add(citations, 'Link', html`${eventLink(context, event)} and ${eventLink(context, other)}`);
  }
  for (const statement of statements.items)
    add(
      statement.citations,
      'Statement',
      html`${statement.speaker.name}: ${statementLink(context, statement)}`,
    );
  for (const claim of claims.items) {
    for (const { of, citations } of claim.figures)
      add(citations, 'Figure', html`${of}: ${claimLink(context, claim)}`);
    for (const { actor, stance, citations } of claim.positions)
      add(citations, 'Position', html`${actor.name} ${plainWord(stance)}: ${claimLink(context, claim)}`);
  }
  for (const actor of actors.items)
    for (const { title, citations } of actor.affiliations)
      add(citations, 'Title', html`${actorLink(context, actor)}: ${title}`);
  return {
    cited: [...cited.values()].sort((a, b) => a.start - b.start || a.end - b.end),
    missing: [events, statements, claims, actors].some(({ items, total }) => total !== items.length),
  };
}
