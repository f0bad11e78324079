import { z } from 'zod';
import { changeActions, recordKinds, words } from '../../domain/vocabularies.ts';
import { ids, vocabulary } from '../../http/request/groups.ts';
import { paging, query, wholeNumber } from '../../http/request/parameters.ts';

/** The highest sequence that a store can reach. */
const MAX_SEQUENCE = 2_147_483_647;

export const change = z
  .object({
    sequence: z.int().describe('Its place in the order of all changes'),
    at: z
      .string()
      .meta({ format: 'date-time', description: 'When the load that made it ran (RFC 3339, UTC)' }),
    action: z.enum(words(changeActions)).describe('What happened to the record'),
    kind: z.enum(words(recordKinds)).describe('What sort of record it is'),
    id: z.string().describe('Id of the record; after a `put`, the record is read by it'),
    mergedInto: z.string().nullable().describe('Id of the record it became part of, after a `merge`'),
    dataset: z.string().describe('Id of the dataset whose load made it'),
  })
  .meta({
    id: 'Change',
    description: 'Something a load did to a record',
    example: {
      sequence: 812,
      at: '2025-11-22T04:16:00.000Z',
      action: 'put',
      kind: 'event',
      id: 'arms-embargo-lifted-2025',
      mergedInto: null,
      dataset: 'cambodia-us',
    },
  });

export const changeList = z
  .object({
    items: z.array(change).describe('The changes, in the order in which they were made'),
    next: z
      .int()
      .describe('What to pass as `since` to go on, now or later; there is more at once when `Link` says so'),
  })
  .meta({ id: 'ChangeList', description: 'Changes after a sequence' });

export const changeQuery = query({
  since: wholeNumber('Changes after this sequence: the `next` of the answer before; 0 for all.', {
    min: 0,
    max: MAX_SEQUENCE,
    preset: 0,
  }),
  kind: vocabulary('Changes of records of this kind.', words(recordKinds), 'event', 'record-kinds'),
  dataset: ids('dataset', 'Changes made by loads of this dataset.', 'cambodia-us'),
  limit: paging.limit,
});
