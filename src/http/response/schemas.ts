import { z } from 'zod';
import { eventStatuses, measures, words } from '../../domain/vocabularies.ts';

// The parts that the wire contracts of several resources share.

export const actorReference = z
  .object({
    id: z.string().describe('Id of the actor'),
    name: z.string().describe('Its preferred name'),
  })
  .meta({
    id: 'ActorReference',
    description: 'An actor, by reference',
    example: { id: 'hun-manet', name: 'Hun Manet' },
  });

export const topicReference = z
  .object({
    id: z.string().describe('Id of the topic'),
    label: z.string().describe('Its label'),
  })
  .meta({
    id: 'TopicReference',
    description: 'A topic, by reference',
    example: { id: 'arms-embargo', label: 'Arms embargo' },
  });

export const sourceReference = z
  .object({
    id: z.string().describe('Id of the source'),
    title: z.string().describe("The article's title; in square brackets a description, where it has none"),
  })
  .meta({
    id: 'SourceReference',
    description: 'A source, by reference',
    example: { id: 'dw-2025-11-13', title: 'Why is the US restarting military drills with Cambodia?' },
  });

export const eventReference = z
  .object({
    id: z.string().describe('Id of the event'),
    title: z.string().describe('Its title'),
  })
  .meta({
    id: 'EventReference',
    description: 'An event, by reference',
    example: { id: 'arms-embargo-lifted-2025', title: 'US lifts its arms embargo on Cambodia' },
  });

export const statementReference = z
  .object({
    id: z.string().describe('Id of the statement'),
    gist: z.string().describe('What it says, in our own words'),
  })
  .meta({
    id: 'StatementReference',
    description: 'A statement, by reference',
    example: {
      id: 'sothirak-open-ream-to-us',
      gist: 'Cambodia should let Hegseth and a US warship see Ream.',
    },
  });

export const claimReference = z
  .object({
    id: z.string().describe('Id of the claim'),
    proposition: z.string().describe('The proposition, in our own words'),
  })
  .meta({
    id: 'ClaimReference',
    description: 'A claim, by reference',
    example: {
      id: 'ream-chinese-military-access',
      proposition: "China's military has or will have access to Ream Naval Base.",
    },
  });

export const datasetReference = z
  .object({
    id: z.string().describe('Id of the dataset'),
    title: z.string().describe('Its title'),
  })
  .meta({
    id: 'DatasetReference',
    description: 'A dataset, by reference',
    example: { id: 'cambodia-us', title: 'Cambodia–United States relations, 2024–2025' },
  });

export const dateRange = z
  .object({
    edtf: z
      .string()
      .describe(
        'The date as the text gives it (EDTF, ISO 8601-2:2019): level 1, and sets such as `[2024-06-04..2024-12-31]`, one day out of these',
      ),
    earliest: z
      .string()
      .nullable()
      .describe('First day it can mean, YYYY-MM-DD; null when it has no lower bound'),
    latest: z
      .string()
      .nullable()
      .describe('Last day it can mean, YYYY-MM-DD; null when it has no upper bound'),
    period: z
      .boolean()
      .describe(
        'Whether it lasted from one day to the other (`2010/2017`); otherwise it is one day out of these',
      ),
    approximate: z
      .boolean()
      .describe('Whether it is approximate, or inferred from another passage or source (`~`)'),
  })
  .meta({
    id: 'DateRange',
    description: 'A date with the precision the text gives it, and the days it can mean',
    example: {
      edtf: '2025-11',
      earliest: '2025-11-01',
      latest: '2025-11-30',
      period: false,
      approximate: false,
    },
  });

export const reports = z
  .object({
    date: z.string().optional().describe('The date this source gives (EDTF)'),
    place: z.string().optional().describe('The place this source gives'),
    status: z.enum(words(eventStatuses)).optional().describe('The status this source gives'),
    participants: z.string().optional().describe('Who took part in which role, as this source has it'),
    count: z.string().optional().describe('The number this source gives'),
  })
  .meta({
    id: 'Reports',
    description: "The values one source gives where they differ from the record's own",
    example: { date: '2025-07-26' },
  });

export const citation = z
  .object({
    source: sourceReference,
    start: z
      .int()
      .nullable()
      .describe(
        "First Unicode code point of the passage in the article's text; null where a `document` is cited instead",
      ),
    end: z
      .int()
      .nullable()
      .describe('Code point after the last one (W3C Web Annotation, TextPositionSelector); null likewise'),
    sha256: z.string().nullable().describe('SHA-256 of the UTF-8 bytes of the passage; null likewise'),
    phrase: z.string().nullable().describe('A verbatim key phrase inside the passage'),
    passage: z
      .string()
      .nullable()
      .describe(
        'The words of the passage; null where the article was not at hand when the dataset was loaded',
      ),
    progress: z
      .object({
        status: z.enum(['planned', 'proposed']).describe('How far the event had come by this report'),
      })
      .nullable()
      .describe('What an earlier source had as planned or proposed; no disagreement'),
    reports: reports.nullable(),
    document: z
      .object({
        id: z.string().describe("The provider's id of the record"),
        url: z.string().nullable().describe('Where it can be read; null when the provider gives no address'),
        reportedBy: z.string().nullable().describe('What the provider names as its own sources, as it does'),
        offset: z
          .int()
          .nullable()
          .optional()
          .describe(
            'Only of a report that mentions the event: the character at which it tells what happened, as the provider counts them; null where it does not say',
          ),
      })
      .meta({
        id: 'CitedDocument',
        description: 'A record of a collection of coded data, cited instead of a passage',
        example: { id: '300380', url: null, reportedBy: 'SOHR; VDC' },
      })
      .optional()
      .describe('Only in citations of imported, coded data, which have no passage'),
  })
  .meta({
    id: 'Citation',
    description:
      'The passage of a source, or the record of a collection of coded data, that proves the record',
    example: {
      source: { id: 'dw-2025-11-13', title: 'Why is the US restarting military drills with Cambodia?' },
      start: 903,
      end: 984,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      phrase: null,
      passage: null,
      progress: null,
      reports: null,
    },
  });

export const facet = z
  .object({
    groups: z
      .array(
        z
          .object({
            value: z.string().describe('The value to give the parameter of this name'),
            label: z
              .string()
              .nullable()
              .describe('Its name, title or label; null for a word of a vocabulary'),
            count: z.int().describe('Matches with it'),
          })
          .meta({ id: 'FacetGroup', description: 'The matches that share a value' }),
      )
      .describe('Most frequent first, at most 50'),
    truncated: z.boolean().describe('Whether there are more groups'),
  })
  .meta({
    id: 'Facet',
    description: 'All matches, counted by one parameter',
    example: {
      groups: [{ value: 'united-states', label: 'United States', count: 41 }],
      truncated: false,
    },
  });

/** The facets of a list: those that were asked for. */
export function facetCounts<const Name extends string>(id: string, names: readonly Name[]) {
  // Cast: `fromEntries` forgets which names there are.
  const shape = Object.fromEntries(names.map((name) => [name, facet.optional()])) as Record<
    Name,
    z.ZodOptional<typeof facet>
  >;
  return z.object(shape).meta({ id, description: 'All matches, counted by each parameter asked for' });
}

/** A list's answer: one page of items and where the next one begins. */
export function listOf<T extends z.ZodType, Facets extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  item: T,
  id: string,
  description: string,
  facets?: Facets,
) {
  return z
    .object({
      items: z.array(item).describe('The records of this page'),
      next: z.string().nullable().describe('Cursor of the next page; null on the last one'),
      total: z.int().optional().describe('Matches in all; only with count=true'),
      // Cast: a list that declares no facets never answers with any, so their type is not used.
      ...((facets ? { facets: facets.optional() } : {}) as { facets: z.ZodOptional<Facets> }),
    })
    .meta({ id, description });
}

export const figure = z
  .object({
    measure: z.enum(words(measures)).describe('What it is a number of'),
    value: z.number().nullable().describe('The number; null where the text gives a range'),
    low: z.number().nullable().describe('The least it can be; null where there is no such bound'),
    high: z.number().nullable().describe('The most it can be; null where there is no such bound'),
    unit: z.string().describe('`people`, an ISO 4217 code, `%`, a unit of time, `km`, or what is counted'),
    approximate: z.boolean().describe('Whether the text gives it as approximate'),
    of: z.string().describe('What it is the number of, in our own words'),
    citations: z.array(citation).describe('The passages that give it'),
  })
  .meta({ id: 'Figure', description: 'A number that a text gives about the world' });
