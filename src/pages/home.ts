import { asOf, query } from '../http/request/parameters.ts';
import { claimQueries } from '../resources/claims/queries.ts';
import { claimQuery } from '../resources/claims/schema.ts';
import { datasetQueries } from '../resources/datasets/queries.ts';
import { datasetQuery } from '../resources/datasets/schema.ts';
import { eventQueries } from '../resources/events/queries.ts';
import { eventQuery } from '../resources/events/schema.ts';
import { getGraph } from '../resources/graph/queries.ts';
import { graphQuery } from '../resources/graph/schema.ts';
import { network } from './charts/network.ts';
import { ribbon } from './charts/ribbon.ts';
import type { Context } from './context.ts';
import { type Html, html, joined } from './html.ts';
import type { PageRoute } from './page.ts';
import { positionsOn } from './parts/claims.ts';
import { dayInWords, shortDate, timeElement, when } from './parts/dates.ts';
import { daysOf } from './parts/days.ts';
import { type Event, eventRow, keepersOf, keptBy } from './parts/events.ts';
import { actorLink, claimLink, datasetLink, eventLink, plainWord } from './parts/links.ts';
import { searchForm } from './parts/searchForm.ts';
import { allOf, type Related, related, unlessTooMuch } from './related.ts';

const homeQuery = query({ asOf });
/** At most this many records are in each of the answers. */
const SHOWN = 5;
/** At most this many newest records are looked through for those that the answers can show. */
const LOOKED_AT = 24;
/** Of more events than these, the home page has no picture of who acts with whom, which takes seconds to make. */
const PICTURED = 50_000;
/** At most this many plans are looked through for those that came true, or did not. */
const PLANS = 30;

/** The home page: what the store has, and answers computed from it. */
export const homePage: PageRoute<typeof homeQuery> = {
  path: '/',
  query: homeQuery,
  async render(context, { asOf: day }) {
    const asked = day === undefined ? {} : { asOf: day };
    const datasets = await related(context, datasetQueries, datasetQuery, {}, 20);
    const newest = await related(
      context,
      eventQueries,
      eventQuery,
      { status: 'occurred,ongoing' },
      LOOKED_AT,
    );
    const disputed = await related(context, claimQueries, claimQuery, { standing: 'disputed' }, LOOKED_AT);
    return {
      title: 'Attest: who did what, who said what, and where it says so',
      description:
        'Political events, statements and disputed claims, each tied to the passage of the article that proves it.',
      crumbs: [],
      data: {
        api: context.sameQuery('/v1/events', []),
        formats: ['csv', 'ndjson', 'atom', 'icalendar'],
        operation: 'Events/listEvents',
      },
      thing: { '@context': 'https://schema.org', '@type': 'WebSite', name: 'Attest', url: context.url('/') },
      body: html`
        <div class="home">
          <h1>Who did what, who said what, and where it says so</h1>
          ${searchForm(context, { large: true })}
          ${contents(context, datasets)}
          <section>
            <h2>Events by month</h2>
            ${await unlessTooMuch(() => ribbon(context, eventQuery.parse(asked)))}
          </section>
          <div class="answers">
            <section>
              <h2>What happened last</h2>
              <ol class="spine compact">${newest.items
                .filter(isDated)
                .slice(0, SHOWN)
                .map((event) => eventRow(context, event, { summary: false }))}</ol>
              <p class="more"><a href=${context.href('/events')}>All events</a></p>
            </section>
            <section>
              <h2>What is disputed</h2>
              ${disputes(context, disputed)}
              <p class="more"><a href=${context.href('/claims', { standing: 'disputed' })}>${allOf(disputed.total, 'disputed claims')}</a>, <a href=${context.href('/events', { disputed: 'true' })}>events that sources report differently</a></p>
            </section>
            ${await plans(context)}
            <section>
              <h2>Who acts with whom</h2>
              ${await unlessTooMuch(() => people(context, datasets, asked))}
              <p class="more"><a href=${context.href('/graph')}>The whole network</a></p>
            </section>
          </div>
        </div>
      `,
    };
  },
};

type Datasets = Related<Awaited<ReturnType<typeof datasetQueries.get>>>;

/** The datasets, the days they cover, and how many records they have. */
function contents(context: Context, { items, total }: Datasets): Html {
  return html`
    <section class="contents" aria-label="What is in here">
      ${items.map(
        (dataset) => html`
          <p>
            <strong>${datasetLink(context, dataset)}</strong>, version ${dataset.version}:
            ${' '}${joined(
              [
                ['/sources', dataset.counts.sources, 'sources'] as const,
                ['/events', dataset.counts.events, 'events'] as const,
                ['/statements', dataset.counts.statements, 'statements'] as const,
                ['/claims', dataset.counts.claims, 'claims'] as const,
              ].map(
                ([path, count, noun]) =>
                  html`<a href=${context.href(path, { dataset: dataset.id })}>${count.toLocaleString('en')} ${count === 1 ? noun.slice(0, -1) : noun}</a>`,
              ),
            )}${
              dataset.coverage.sources.earliest &&
              dataset.coverage.sources.latest &&
              html`; published from ${dayInWords(dataset.coverage.sources.earliest)} to ${dayInWords(dataset.coverage.sources.latest)}`
            }.
          </p>
        `,
      )}
      ${total !== items.length && html`<p><a href=${context.href('/datasets')}>${allOf(total, 'datasets')}</a></p>`}
    </section>
  `;
}

/** Whether the sources say on which day, or in which month, an event took place. */
function isDated({ date: { earliest, latest, period, approximate } }: Event): boolean {
  return !period && !approximate && earliest !== null && earliest.slice(0, 7) === latest?.slice(0, 7);
}

/** The newest disputed claims, with the names of the two sides; of two that contradict each other, the newer. */
function disputes(context: Context, { items }: Related<Awaited<ReturnType<typeof claimQueries.get>>>): Html {
  if (items.length === 0) return html`<p class="nothing">Nothing is disputed.</p>`;
  const shown = items.filter((claim, index) =>
    items.slice(0, index).every(({ contradicts }) => contradicts.every(({ id }) => id !== claim.id)),
  );
  const byId = new Map(items.map((claim) => [claim.id, claim]));
  return html`
    <ul class="disputes">
      ${shown.slice(0, SHOWN).map((claim) => {
        const against = positionsOn(claim, 'against');
        return html`
          <li>
            <p>${claimLink(context, claim)}</p>
            <p class="meta">
              <span class="for">For: ${names(context, positionsOn(claim, 'for'))}</span>
              ${' '}<span class="against">
                ${
                  against.length > 0
                    ? html`Against: ${names(context, against)}`
                    : claim.contradicts.map((other) => {
                        const theirs = byId.get(other.id);
                        return html`<span>
                          Against: ${theirs ? names(context, positionsOn(theirs, 'for')) : 'others'}:
                          ${' '}${claimLink(context, other)}
                        </span>`;
                      })
                }
              </span>
            </p>
          </li>
        `;
      })}
    </ul>
  `;
}

function names(context: Context, positions: readonly { actor: { id: string; name: string } }[]): Html {
  if (positions.length === 0) return 'nobody';
  return joined(
    [...new Map(positions.map(({ actor }) => [actor.id, actor])).values()].map((actor) =>
      actorLink(context, actor),
    ),
  );
}

/** Which plans, promises and proposals came true, and which did not so far. */
async function plans(context: Context): Promise<Html> {
  const kept = await related(context, eventQueries, eventQuery, { relation: 'fulfilledBy' }, SHOWN);
  const announced = await related(context, eventQueries, eventQuery, { status: 'planned,proposed' }, PLANS);
  const waiting = announced.items.filter(({ links }) =>
    links.every(({ relation }) => relation !== 'fulfilledBy'),
  );
  if (kept.items.length + waiting.length === 0) return null;
  const days = await daysOf(context, keepersOf(kept.items));
  return html`
    <section>
      <h2>Which plans and promises were kept</h2>
      <ul class="plans">
        ${kept.items.map(
          (event) => html`
            <li class="kept">
              <p>${eventLink(context, event)}</p>
              ${keptBy(context, event, days)}
            </li>
          `,
        )}
        ${waiting.slice(0, SHOWN).map(
          (event) => html`
            <li class="waiting">
              <p>${eventLink(context, event)}</p>
              <p class="meta">
                <b>${plainWord(event.status)}</b>, not known to have happened · <span title=${when(event.date)}>${timeElement(event.date, shortDate(event.date))}</span>
              </p>
            </li>
          `,
        )}
      </ul>
      <p class="more">
        <a href=${context.href('/events', { relation: 'fulfilledBy' })}>All that were kept</a>,
        ${' '}<a href=${context.href('/events', { status: 'planned,proposed' })}>all that are planned or proposed</a>
      </p>
    </section>
  `;
}

async function people(context: Context, { items }: Datasets, asked: { asOf?: string }): Promise<Html> {
  if (items.reduce((sum, { counts }) => sum + counts.events, 0) > PICTURED) {
    return html`<p class="note">There are too many events for a picture of all: choose an actor, a topic or some days.</p>`;
  }
  const found = await getGraph(
    context.store.workers,
    graphQuery.parse({ as: 'principals', limit: '18', ...asked }),
  );
  return found.edges.length === 0
    ? html`<p class="nothing">Nobody yet.</p>`
    : network(context, found, { small: true });
}
