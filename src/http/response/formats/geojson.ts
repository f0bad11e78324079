import { z } from 'zod';
import type { ExportFormat } from './format.ts';

/** A point with what is known of it (RFC 7946). */
export interface Feature<Properties> {
  id: string;
  longitude: number;
  latitude: number;
  /** Flat, since programs for maps read neither lists nor objects in them. */
  properties: Properties;
}

/** All records that have coordinates as points; `feature` says what a record is in them, `id` names the schema. */
export function geojson<T, Shape extends z.ZodRawShape>(
  id: string,
  properties: z.ZodObject<Shape>,
  feature: (record: T, url: string) => Feature<z.output<z.ZodObject<Shape>>>,
): ExportFormat<T & { id: string }> {
  return {
    writes: 'export',
    mediaType: 'application/geo+json',
    extension: 'geojson',
    supports: [],
    schema: schemaOf(id, properties),
    subset: 'located',
    async *write(matches, _options, { urlOf, outside }) {
      yield '{"type":"FeatureCollection","features":[';
      let separator = '';
      for await (const records of matches.records()) {
        for (const record of records) {
          yield separator + JSON.stringify(pointOf(feature(record, urlOf(record.id))));
          separator = ',\n';
        }
      }
      yield `],"withoutCoordinates":${outside}}\n`;
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
      properties: properties.describe('What is known of the record, flat'),
    })
    .meta({ id: `${id}Feature`, description: 'A record at its place' });
  return z
    .object({
      type: z.literal('FeatureCollection').describe('What GeoJSON calls it'),
      features: z.array(feature).describe('All matches that have coordinates'),
      withoutCoordinates: z.int().describe('Matches that have no coordinates'),
    })
    .meta({ id, description: 'All matches that have coordinates (GeoJSON, RFC 7946)' });
}

function pointOf({ id, longitude, latitude, properties }: Feature<object>) {
  return { type: 'Feature', id, geometry: { type: 'Point', coordinates: [longitude, latitude] }, properties };
}
