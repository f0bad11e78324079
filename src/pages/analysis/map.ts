import type { Problem } from '../../http/problems/types.ts';
import { eventQueries } from '../../resources/events/queries.ts';
import { eventQuery } from '../../resources/events/schema.ts';
import { countryName, type PointCount, regionMap, shades, worldMap } from '../charts/world.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { DAYS, WORDS } from '../list.ts';
import type { PageRoute } from '../page.ts';
import { chips, type Field, nothingFound } from '../parts/filters.ts';
import type { Page } from '../types.ts';
import { ACTOR, CRUMBS, refusal, TOPIC, withFilters } from './filters.ts';

/** At most this many events with coordinates are on the map, the newest. */
const POINTS = 200;

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
        ${shades(countries)}
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
  const { records } = await matches.export('located');
  const places = new Map<string, PointCount>();
  let seen = 0;
  for await (const batch of records()) {
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
  const description = 'Countries shaded by how many events they have; circles are places with coordinates.';
  return {
    title: 'Where events took place',
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
    body: withFilters(context, 'Where events took place', description, MAP_FIELDS, results, problem),
  };
}
