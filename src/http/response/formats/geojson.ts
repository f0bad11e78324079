import { z } from 'zod';
import type { PageFormat } from './format.ts';

/** A point with what is known of it (RFC 7946). */
export interface Feature {
  id: string;
  longitude: number;
  latitude: number;
  properties: Record<string, unknown>;
}

/** A page as points; `feature` says what a record that has coordinates is in it, `id` names the schema. */
export function geojson<T>(id: string, record: z.ZodType<T>, feature: (record: T) => Feature): PageFormat<T> {
  return {
    writes: 'page',
    mediaType: 'application/geo+json',
    schema: schemaOf(id, record),
    subset: 'located',
    async write({ records, next, countOutside }) {
      return collection(records.map(feature), { next, withoutCoordinates: await countOutside() });
    },
  };
}

function schemaOf(id: string, properties: z.ZodType) {
  const geometry = z
    .object({
      type: z.literal('Point').describe('What GeoJSON calls it'),
      coordinates: z.array(z.number()).min(2).max(2).describe('Longitude and latitude (WGS 84)'),
    })
    .meta({ id: 'Point', description: 'A point (RFC 7946)' });
  const feature = z
    .object({
      type: z.literal('Feature').describe('What GeoJSON calls it'),
      id: z.string().describe('Id of the record'),
      geometry,
      properties: properties.describe('The record'),
    })
    .meta({ id: `${id}Feature`, description: 'A record at its place' });
  return z
    .object({
      type: z.literal('FeatureCollection').describe('What GeoJSON calls it'),
      features: z.array(feature).describe('The records of this page that have coordinates'),
      next: z.string().nullable().describe('Cursor of the next page; null on the last one'),
      withoutCoordinates: z.int().describe('Matches that have no coordinates, on no page'),
    })
    .meta({ id, description: 'A page of the records that have coordinates (GeoJSON, RFC 7946)' });
}

function collection(
  features: readonly Feature[],
  page: { next: string | null; withoutCoordinates: number },
): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(({ id, longitude, latitude, properties }) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
      properties,
    })),
    ...page,
  });
}
