import { intervals } from '../domain/intervals.ts';
import type { Problem } from '../http/problems/types.ts';
import { eventQueries } from '../resources/events/queries.ts';
import { eventQuery } from '../resources/events/schema.ts';
import { getGraph } from '../resources/graph/queries.ts';
import { graphQuery } from '../resources/graph/schema.ts';
import { getTimeline } from '../resources/timeline/queries.ts';
import { timelineQuery } from '../resources/timeline/schema.ts';
import { balance, network } from './charts/network.ts';
import { ribbon, spell } from './charts/ribbon.ts';
import { countryName, type PointCount, regionMap, worldMap } from './charts/world.ts';
import type { Context } from './context.ts';
import { type Html, html, joined } from './html.ts';
import { DAYS, WORDS } from './list.ts';
import type { PageRoute } from './page.ts';
import { chips, type Field, filterForm, nothingFound } from './parts/filters.ts';
import { plainWord } from './parts/links.ts';
import { problemLinks } from './parts/problemLinks.ts';
import type { Page } from './types.ts';

const CRUMBS = [{ name: 'Attest', path: '/' }];
const ACTOR: Field = { name: 'actor', label: 'Actor', hint: 'an id, such as united-states' };
const TOPIC: Field = { name: 'topic', label: 'Topic', hint: 'an id, such as arms-embargo' };
/** Lines in the picture of the network: with more, nobody could follow one. */
const LINES = 80;
/** At most this many events with coordinates are on the map, the newest. */
const POINTS = 200;

const byNothing = ['', 'nothing'] as const;

const TIMELINE_FIELDS: readonly Field[] = [
  {
    name: 'of',
    label: 'Count',
    choices: [
      ['events', 'events'],
      ['statements', 'statements'],
    ],
  },
  {
    name: 'interval',
    label: 'By',
    choices: [
      ['month', 'month'],
      ...intervals.filter((each) => each !== 'month').map((each) => [each, each] as const),
    ],
  },
  {
    name: 'by',
    label: 'Split by',
    choices: [
      byNothing,
      ...(['type', 'status', 'actor', 'topic', 'source', 'country'] as const).map(
        (each) => [each, each] as const,
      ),
    ],
  },
  WORDS,
  ACTOR,
  TOPIC,
  ...DAYS,
];

/** How events or statements are spread over time. */
export const timelinePage: PageRoute<typeof timelineQuery> = {
  path: '/timeline',
  query: timelineQuery,
  async render(context, query) {
    const counts = await getTimeline(context.store.workers, query);
    const { of, interval, by, items, groups = [], total, undated, truncated } = counts;
    const names = new Map(groups.map((group) => [group.id, group.name ?? plainWord(group.id ?? 'none')]));
    const most = Math.max(1, ...items.map(({ count }) => count));
    return timelineOf(
      context,
      html`
        ${chips(context, {}, {})}
        <p class="showing" role="status">
          ${total.toLocaleString('en')} ${of}${undated > 0 && html`, ${undated} of them with a date that is open at an end`}
          ${truncated.intervals && html`; only the latest intervals are shown`}
        </p>
        ${items.length === 0 && nothingFound(context, {})}
        ${of === 'events' && (await ribbon(context, query, interval))}
        ${
          groups.length > 0 &&
          html`<p class="note">Largest: ${joined(groups.slice(0, 8).map(({ id, count }) => `${names.get(id)} (${count})`))}</p>`
        }
        <section class="scrolls" tabindex="0" aria-label="Counts">
          <table class="timeline">
            <thead>
              <tr><th scope="col">${plainWord(interval)}</th><th scope="col" class="number">${of}</th><th scope="col">${by ? `by ${by}` : 'share'}</th></tr>
            </thead>
            <tbody>
              ${items.toReversed().map(
                ({ from, to, count, groups: shares = [] }) => html`
                  <tr>
                    <th scope="row"><a href=${context.href(`/${of}`, { from, to })}>${spell(from, interval)}</a></th>
                    <td class="number">${count}</td>
                    <td>
                      ${
                        by
                          ? joined(
                              shares
                                .slice(0, 6)
                                .map(
                                  (share) =>
                                    `${names.get(share.id) ?? plainWord(share.id ?? 'none')} ${share.count}`,
                                ),
                            )
                          : html`<meter min="0" max=${most} value=${count}>${count}</meter>`
                      }
                    </td>
                  </tr>
                `,
              )}
            </tbody>
          </table>
        </section>
      `,
    );
  },
  refused: (context, problem) => timelineOf(context, refusal(context, problem, TIMELINE_FIELDS), problem),
};

function timelineOf(context: Context, results: Html, problem?: Problem): Page {
  return {
    title: 'Timeline',
    description: 'How many events or statements there are over time.',
    crumbs: CRUMBS,
    ...(problem
      ? {}
      : {
          data: {
            api: context.sameQuery('/v1/timeline', []),
            formats: [],
            operation: 'Analysis/getTimeline',
          },
        }),
    body: withFilters(
      context,
      'Timeline',
      'How many events or statements there are over time.',
      TIMELINE_FIELDS,
      results,
      problem,
    ),
  };
}

const GRAPH_FIELDS: readonly Field[] = [
  {
    name: 'as',
    label: 'Actors',
    choices: [
      ['participants', 'themselves'],
      ['principals', 'those for whom they act'],
    ],
  },
  WORDS,
  ACTOR,
  TOPIC,
  ...DAYS,
];

/** Who acts with whom. */
export const graphPage: PageRoute<typeof graphQuery> = {
  path: '/graph',
  query: graphQuery,
  async render(context, query) {
    const limit = context.values('limit').length > 0 ? query.limit : LINES;
    const found = await getGraph(context.store.workers, { ...query, limit });
    const names = new Map(found.nodes.map(({ id, name }) => [id, name]));
    const name = (id: string): Html =>
      html`<a href=${context.href(`/actors/${id}`)}>${names.get(id) ?? id}</a>`;
    return graphOf(
      context,
      html`
        ${chips(context, {}, {})}
        <p class="showing" role="status">
          ${found.nodes.length} actors, ${found.edges.length} pairs${found.truncated && ', those that share the most events'}
        </p>
        ${found.edges.length === 0 ? nothingFound(context, {}) : network(context, found)}
        ${
          found.edges.length > 0 &&
          html`<section class="scrolls" tabindex="0" aria-label="Pairs of actors">
            <table>
              <thead>
                <tr>
                  <th scope="col">Actor</th><th scope="col">Actor</th><th scope="col" class="number">Events</th>
                  <th scope="col" class="number">Cooperation</th><th scope="col" class="number">Conflict</th><th scope="col">Mostly</th>
                </tr>
              </thead>
              <tbody>
                ${found.edges.map(
                  (edge) => html`
                    <tr>
                      <td>${name(edge.source)}</td>
                      <td>${name(edge.target)}</td>
                      <td class="number"><a href=${pairUrl(context, edge)}>${edge.weight}</a></td>
                      <td class="number">${edge.cooperation.verbal + edge.cooperation.material}</td>
                      <td class="number">${edge.conflict.verbal + edge.conflict.material}</td>
                      <td><span class=${`key ${balance(edge)}`}>${balance(edge)}</span></td>
                    </tr>
                  `,
                )}
              </tbody>
            </table>
          </section>`
        }
      `,
    );
  },
  refused: (context, problem) => graphOf(context, refusal(context, problem, GRAPH_FIELDS), problem),
};

/** The events that two actors share. */
function pairUrl(context: Context, { source, target }: { source: string; target: string }): string {
  return context.href('/events', { actor: [source, target] });
}

function graphOf(context: Context, results: Html, problem?: Problem): Page {
  const description =
    'Who acts with whom: actors sized by their events, pairs coloured by cooperation and conflict.';
  return {
    title: 'People',
    description,
    crumbs: CRUMBS,
    ...(problem
      ? {}
      : {
          data: {
            api: context.sameQuery('/v1/graph', []),
            formats: ['graphml'],
            operation: 'Analysis/getGraph',
          },
        }),
    body: withFilters(context, 'Who acts with whom', description, GRAPH_FIELDS, results, problem),
  };
}

const MAP_FIELDS: readonly Field[] = [WORDS, ACTOR, TOPIC, ...DAYS];

/** Where events took place. */
export const mapPage: PageRoute<typeof eventQuery> = {
  path: '/map',
  query: eventQuery,
  async render(context, query) {
    const matches = await eventQueries.matching(context.store, query);
    const { total } = await matches.page({ after: null, limit: 1, count: true });
    const { country } = await matches.facets(['country']);
    const outside = await matches.countOutside('located');
    const points = await placesOf(matches);
    const countries = (country?.groups ?? []).map(({ value, count }) => ({ code: value, count }));
    const inCountries = countries.reduce((sum, { count }) => sum + count, 0);
    return mapOf(
      context,
      html`
        ${chips(context, {}, {})}
        <p class="showing" role="status">
          ${inCountries.toLocaleString('en')} of ${(total ?? 0).toLocaleString('en')} events say in which country;
          ${' '}${((total ?? 0) - outside).toLocaleString('en')} have coordinates.
          ${' '}${((total ?? 0) - inCountries).toLocaleString('en')} say neither.
        </p>
        ${worldMap(context, countries, points)}
        ${regionMap(context, countries, points)}
        ${countries.length === 0 && nothingFound(context, {})}
        ${
          countries.length > 0 &&
          html`<table>
            <thead><tr><th scope="col">Country</th><th scope="col" class="number">Events</th></tr></thead>
            <tbody>
              ${countries.map(
                ({ code, count }) => html`<tr>
                  <th scope="row"><a href=${context.href('/events', { country: code })}>${countryName(code)}</a></th>
                  <td class="number">${count}</td>
                </tr>`,
              )}
            </tbody>
          </table>`
        }
      `,
    );
  },
  refused: (context, problem) => mapOf(context, refusal(context, problem, MAP_FIELDS), problem),
};

/** The places that have coordinates, each with its events. */
async function placesOf(matches: Awaited<ReturnType<typeof eventQueries.matching>>): Promise<PointCount[]> {
  const { batches } = await matches.export('located');
  const places = new Map<string, PointCount>();
  let seen = 0;
  for await (const batch of batches) {
    for (const { place } of batch) {
      if (!place || place.latitude === null || place.longitude === null) continue;
      const { name, latitude, longitude } = place;
      const key = `${latitude} ${longitude}`;
      const known = places.get(key) ?? { name, latitude, longitude, count: 0 };
      places.set(key, { ...known, count: known.count + 1 });
    }
    seen += batch.length;
    if (seen >= POINTS) break;
  }
  return [...places.values()];
}

function mapOf(context: Context, results: Html, problem?: Problem): Page {
  const description = 'Where events took place.';
  return {
    title: 'Map',
    description,
    crumbs: CRUMBS,
    ...(problem
      ? {}
      : {
          data: {
            api: context.sameQuery('/v1/events', ['limit', 'cursor']),
            formats: ['geojson', 'csv'],
            operation: 'Events/listEvents',
          },
        }),
    body: withFilters(
      context,
      'Where events took place',
      'Countries are shaded by how many events they have; circles are places with coordinates.',
      MAP_FIELDS,
      results,
      problem,
    ),
  };
}

function withFilters(
  context: Context,
  title: string,
  lead: string,
  fields: readonly Field[],
  results: Html,
  problem: Problem | undefined,
): Html {
  return html`
    <h1>${title}</h1>
    <p class="lead">${lead}</p>
    <div class="with-side">
      <aside>${filterForm(context, { fields, facets: {}, counts: {}, problem })}</aside>
      <div class="results">${results}</div>
    </div>
  `;
}

function refusal(context: Context, { errors }: Problem, fields: readonly Field[]): Html {
  const elsewhere = errors.filter(({ parameter }) => !fields.some(({ name }) => name === parameter));
  return html`
    <div class="error" role="alert">
      <h2>The query is not understood</h2>
      ${elsewhere.length > 0 ? elsewhere.map((error) => html`<div><b>${error.parameter}</b>: ${problemLinks(context, [error])}</div>`) : html`<p>What is wrong is said beside its field.</p>`}
      <p><a href=${context.plain(context.path)}>Begin again without filters</a></p>
    </div>
  `;
}
