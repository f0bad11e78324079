import { type GeoProjection, geoMercator, geoNaturalEarth1, geoPath } from 'd3-geo';
import { iso31661 } from 'iso-3166';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/countries-110m.json' with { type: 'json' };
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';

/** A country with events in it. */
export interface CountryCount {
  /** ISO 3166-1 alpha-2 code. */
  code: string;
  count: number;
}

/** Events at one point. */
export interface PointCount {
  name: string;
  latitude: number;
  longitude: number;
  count: number;
}

const WIDTH = 960;
const HEIGHT = 440;
/** A close-up shows at least this many degrees beyond its places, and is drawn only where it is much closer than the world. */
const MARGIN = 6;
const CLOSE = 60;
/** Shades of countries that have events. */
const SHADES = 4;

// Cast: the type of an imported JSON does not say that `type` is one word.
const topology = world as unknown as Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
const countries = feature(topology, topology.objects.countries).features;
const borderLines = mesh(topology, topology.objects.countries, (a, b) => a !== b);
const numericCodes = new Map(iso31661.map(({ alpha2, numeric }) => [alpha2, numeric]));

const worldProjection = geoNaturalEarth1().fitExtent(frame(), {
  type: 'MultiPoint',
  coordinates: [
    [-179, 0],
    [179, 0],
    [0, 82],
    [0, -56],
  ],
});
// Drawn once: it never changes.
const worldDrawing = drawingOf(worldProjection);

/** The name of a country; its code where ISO 3166 has none. */
export function countryName(code: string): string {
  return iso31661.find(({ alpha2 }) => alpha2 === code)?.name ?? code;
}

/** A map of the world: countries shaded by their events, and a circle at each place that has coordinates. */
export function worldMap(
  context: Context,
  counts: readonly CountryCount[],
  points: readonly PointCount[],
): Html {
  return map(context, 'Map of events', worldProjection, worldDrawing, counts, points);
}

/** The same of the region in which all places with coordinates lie; null where they are all over the world. */
export function regionMap(
  context: Context,
  counts: readonly CountryCount[],
  points: readonly PointCount[],
): Html {
  const [longitudes, latitudes] = [points.map((each) => each.longitude), points.map((each) => each.latitude)];
  const [west, east] = [Math.min(...longitudes) - MARGIN, Math.max(...longitudes) + MARGIN];
  const [south, north] = [Math.min(...latitudes) - MARGIN, Math.max(...latitudes) + MARGIN];
  if (points.length === 0 || east - west > CLOSE || north - south > CLOSE) return null;
  const corners: [number, number][] = [
    [west, south],
    [west, north],
    [east, south],
    [east, north],
  ];
  const projection = geoMercator()
    .fitExtent(frame(), { type: 'MultiPoint', coordinates: corners })
    .clipExtent([
      [0, 0],
      [WIDTH, HEIGHT],
    ]);
  return html`
    <h2>The region closer</h2>
    ${map(context, 'Map of the region', projection, drawingOf(projection), counts, points, { named: true })}
  `;
}

/** How dark a country is, of four steps that grow with the logarithm of its events. */
function shadeOf(count: number, most: number): number {
  return Math.ceil((Math.log1p(count) / Math.log1p(most)) * SHADES);
}

/** What the shades mean: the fewest and the most events of the countries of each; null where there is one shade. */
export function shades(counts: readonly CountryCount[]): Html {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const byShade = Map.groupBy(counts, ({ count }) => shadeOf(count, most));
  if (byShade.size < 2) return null;
  return html`
    <p class="world meta">
      <span class="rest">Events in a country:</span>
      ${[...byShade]
        .sort(([a], [b]) => a - b)
        .map(([shade, those]) => {
          const [fewest, highest] = [
            Math.min(...those.map(({ count }) => count)),
            Math.max(...those.map(({ count }) => count)),
          ].map((each) => each.toLocaleString('en'));
          return html`<span class=${`key shade-${shade}`}>${fewest === highest ? fewest : `${fewest} to ${highest}`}</span>`;
        })}
    </p>
  `;
}

/** The outlines of countries by their numeric code, and the lines between them, as SVG paths. */
interface Drawing {
  outlines: (readonly [code: string, path: string])[];
  borders: string;
}

function drawingOf(projection: GeoProjection): Drawing {
  const path = geoPath(projection).digits(1);
  const outlines = countries.map((each) => [String(each.id), path(each) ?? ''] as const);
  return { outlines: outlines.filter(([, outline]) => outline !== ''), borders: path(borderLines) ?? '' };
}

function map(
  context: Context,
  title: string,
  projection: GeoProjection,
  { outlines, borders }: Drawing,
  counts: readonly CountryCount[],
  points: readonly PointCount[],
  { named = false } = {},
): Html {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const shaded = new Map(counts.map((each) => [numericCodes.get(each.code), each]));
  return html`
    <figure class="world">
      <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label=${title}>
        ${outlines.map(([code, outline]) => {
          const country = shaded.get(code);
          if (!country) return html`<path class="land" d=${outline} />`;
          const { count } = country;
          const shade = shadeOf(count, most);
          return html`
            <a href=${context.href('/events', { country: country.code })} aria-label=${label(countryName(country.code), count)}>
              <title>${label(countryName(country.code), count)}</title>
              <path class=${`land shade-${shade}`} d=${outline} />
            </a>
          `;
        })}
        <path class="borders" d=${borders} />
        ${points.map((point) => dot(context, projection, point, named))}
      </svg>
    </figure>
  `;
}

function dot(
  context: Context,
  projection: GeoProjection,
  { name, latitude, longitude, count }: PointCount,
  named: boolean,
): Html {
  const at = projection([longitude, latitude]);
  if (!at) return null;
  const [x, y] = [Math.round(at[0]), Math.round(at[1])];
  const radius = Math.min(14, 3 + Math.sqrt(count));
  return html`
    <a href=${context.href('/events', { q: `"${name.replaceAll('"', '')}"` })} aria-label=${label(name, count)}>
      <title>${label(name, count)}</title>
      <circle cx=${x} cy=${y} r=${Math.round(radius * 10) / 10} />
      ${named && html`<text x=${x + radius + 3} y=${y + 4}>${name}</text>`}
    </a>
  `;
}

function label(name: string, count: number): string {
  return `${name}: ${count} ${count === 1 ? 'event' : 'events'}`;
}

function frame(): [[number, number], [number, number]] {
  return [
    [4, 4],
    [WIDTH - 4, HEIGHT - 4],
  ];
}
