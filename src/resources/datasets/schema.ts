import { z } from 'zod';
import { fields, paging, query, sort } from '../../http/request/parameters.ts';
import { listOf } from '../../http/response/schemas.ts';

const days = z
  .object({
    earliest: z.string().nullable().describe('The first day, YYYY-MM-DD; null where no date has one'),
    latest: z.string().nullable().describe('The last day, YYYY-MM-DD; null where no date has one'),
  })
  .meta({
    id: 'Days',
    description: 'The first and the last day that the dates of some records can mean, without open ends',
    example: { earliest: '2024-02-15', latest: '2025-11-19' },
  });

export const dataset = z
  .object({
    id: z.string().describe('Id of the dataset'),
    title: z.string().describe('Its title'),
    description: z.string().describe('What it covers'),
    licence: z.string().describe('Licence under which it may be used (SPDX identifier)'),
    citation: z.string().describe('How to cite it'),
    version: z.string().describe('Its version (Semantic Versioning)'),
    loadedAt: z
      .string()
      .meta({ format: 'date-time', description: 'When this version, as it is, was loaded (RFC 3339, UTC)' }),
    counts: z
      .object({
        sources: z.int().describe('Sources in it'),
        events: z.int().describe('Events in it'),
        statements: z.int().describe('Statements in it'),
        claims: z.int().describe('Claims in it'),
      })
      .meta({ id: 'RecordCounts', description: 'How many records the dataset has' }),
    coverage: z
      .object({
        events: days.describe('The days on which its events lie, without open ends'),
        sources: days.describe('The days on which its sources were published'),
      })
      .meta({ id: 'Coverage', description: 'From when to when it reaches' }),
  })
  .meta({ id: 'Dataset', description: 'A body of records that is published, versioned and cited as one' });

export const datasetList = listOf(dataset, 'DatasetList', 'A page of datasets');

export const datasetQuery = query({
  sort: sort(['id', '-id'], 'id'),
  ...paging,
  fields: fields(dataset, 'id,title,counts'),
});
