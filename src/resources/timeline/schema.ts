import { z } from 'zod';
import { intervals } from '../../domain/intervals.ts';
import { eventFilters, onlyFiltersOf, roleNeedsActor, statementFilters } from '../../http/request/filters.ts';
import { ids } from '../../http/request/groups.ts';
import { choice, fullText, optionalChoice, query } from '../../http/request/parameters.ts';

/** At most this many intervals and groups are in an answer. */
export const MAX_INTERVALS = 1000;
export const MAX_GROUPS = 50;

const counted = ['events', 'statements'] as const;
const dimensions = ['type', 'status', 'actor', 'topic', 'source', 'country'] as const;
export type Dimension = (typeof dimensions)[number];

/** Whether statements, too, can be split by a dimension. */
const SPLITS_STATEMENTS: Record<Dimension, boolean> = {
  type: false,
  status: false,
  actor: true,
  topic: true,
  source: true,
  country: false,
};

const groupId = z
  .string()
  .nullable()
  .describe('The word, code or id by which the group is split off; null for records that have none');

const timelineInterval = z
  .object({
    from: z.string().describe('First day of the interval, YYYY-MM-DD'),
    to: z.string().describe('Last day of the interval, YYYY-MM-DD'),
    count: z
      .int()
      .describe(
        'Dated records that begin in it: whose first day, or last where a period has no known start, lies in it',
      ),
    open: z
      .int()
      .describe('Those among them whose period is open at one end, so that only the other end lies here'),
    uncertain: z
      .int()
      .describe(
        'Those among them that may lie in another interval: their date is approximate, or is one day out of several that do not all lie here',
      ),
    groups: z
      .array(
        z
          .object({ id: groupId, count: z.int().describe('Its records in this interval') })
          .meta({ id: 'TimelineShare', description: 'The part of a group in an interval' }),
      )
      .optional()
      .describe('The groups that have records here, largest first over the whole; only with `by`'),
  })
  .meta({
    id: 'TimelineInterval',
    description: 'An interval of days and what falls into it',
    example: {
      from: '2025-11-01',
      to: '2025-11-30',
      count: 12,
      open: 1,
      uncertain: 2,
      groups: [{ id: 'CONSULT', count: 7 }],
    },
  });

const timelineGroup = z
  .object({
    id: groupId,
    name: z
      .string()
      .nullable()
      .describe("The actor's name, the topic's label, the source's title; null for words and codes"),
    count: z.int().describe('Its records in all'),
  })
  .meta({
    id: 'TimelineGroup',
    description: 'A group by which the counts are split',
    example: { id: 'united-states', name: 'United States', count: 31 },
  });

export const timeline = z
  .object({
    of: z.enum(counted).describe('What is counted'),
    interval: z.enum(intervals).describe('The length of the intervals'),
    by: z.enum(dimensions).nullable().describe('By what the counts are split'),
    items: z.array(timelineInterval).describe('The intervals that have records, in order of time'),
    groups: z.array(timelineGroup).optional().describe('The groups, largest first; only with `by`'),
    total: z.int().describe('Matches in all, each counted once'),
    undated: z
      .int()
      .describe(
        'Those among them whose uncertain date is open at an end, or that have no day at all; they lie in no interval',
      ),
    truncated: z
      .object({
        intervals: z
          .boolean()
          .describe(
            `Whether only the latest ${MAX_INTERVALS} intervals are returned: ask for longer ones, or for a window`,
          ),
        groups: z.boolean().describe(`Whether only the largest ${MAX_GROUPS} groups are returned`),
      })
      .meta({ id: 'TimelineTruncation', description: 'What is omitted' }),
  })
  .meta({ id: 'Timeline', description: 'Counts of records over time' });

export const timelineQuery = query({
  of: choice('What is counted. Each has the filters of its list.', counted, 'events'),
  interval: choice('The length of the intervals; weeks begin on Monday.', intervals, 'month'),
  by: optionalChoice(
    'Split the counts: by `type`, `status` or `country` of events, or by `actor` (taking part or speaking), `topic` (as tagged) or `source`, of which a record can have several.',
    dimensions,
    'type',
  ),
  ...statementFilters,
  ...eventFilters,
  q: fullText(
    'Events whose title, summary, place or citations have these words; statements whose gist or citations have them.',
    'embargo',
  ).optional(),
  actor: ids('actor', 'Events in which this actor takes part; statements that it makes.', 'united-states'),
  topic: ids('topic', 'Records on this topic or a narrower one.', 'arms-embargo'),
  source: ids('source', 'Records cited from this source.', 'dw-2025-11-13'),
  publisher: ids('actor', 'Records cited from a source of this publisher.', 'dw'),
  dataset: ids('dataset', 'Records of this dataset.', 'cambodia-us'),
})
  .superRefine(roleNeedsActor)
  .superRefine(onlyFiltersOf)
  .superRefine(({ of, by }, context) => {
    if (of === 'statements' && by !== undefined && !SPLITS_STATEMENTS[by]) {
      context.addIssue({
        code: 'custom',
        path: ['by'],
        message: `statements have no ${by}: split them by actor, topic or source`,
      });
    }
  });
