import { z } from 'zod';
import { dateMatches, dateRange } from '../../domain/dates.ts';
import { closest, fold, quoted } from '../../domain/spelling.ts';
import { parseTextQuery, type TextQuery } from '../../domain/textQuery.ts';
import { words } from '../../domain/vocabularies.ts';
import { shown } from './groups.ts';

// The query parameters that take one value, each defined once: the same word means the same on every route.

/** One word out of some. */
export function choice<const Words extends readonly [string, ...string[]]>(
  description: string,
  words: Words,
  preset: Words[number],
) {
  return (
    z
      .enum(words, { error: (issue) => `${quoted(issue.input)} is not one of ${words.join(', ')}` })
      // Cast: the compiler does not know that a word of generic words is never undefined.
      .default(preset as never)
      .meta({ description })
  );
}

/** One word out of some, or none. */
export function optionalChoice<const Words extends readonly [string, ...string[]]>(
  description: string,
  words: Words,
  example: Words[number],
) {
  return z
    .enum(words, { error: (issue) => `${quoted(issue.input)} is not one of ${words.join(', ')}` })
    .optional()
    .meta({ description: `${description} ${shown(example)}`, 'x-example': example });
}

/** A whole number; one that has an `example` shows that instead of its preset. */
export function wholeNumber(
  description: string,
  { min, max, preset, example }: { min: number; max: number; preset: number; example?: number },
) {
  const fault = `must be a whole number from ${min} to ${max}`;
  return z
    .preprocess(
      (value) => (typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value),
      z.int({ error: fault }).min(min, fault).max(max, fault),
    )
    .default(preset)
    .meta({ description, ...(example === undefined ? { 'x-default': preset } : { 'x-example': example }) });
}

const yesOrNo = (value: unknown): unknown =>
  value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value;

/** Yes or no. */
export function flag(description: string) {
  return z
    .preprocess(yesOrNo, z.boolean({ error: (issue) => `${quoted(issue.input)} is neither true nor false` }))
    .optional()
    .meta({ description, 'x-example': true });
}

/** A free text of one line. */
export function text(description: string, example: string) {
  // What folds to nothing would match everything; so would what begins with NUL, where SQLite ends a text.
  return z
    .string()
    .trim()
    .min(1, 'is empty: give some text, or omit it')
    .max(200, 'takes at most 200 characters')
    .refine((value) => value === '' || fold(value) !== '', 'has no letter in it: give at least one')
    .refine((value) => !value.includes('\0'), 'has a NUL character in it: remove it')
    .optional()
    .meta({ description: `${description} ${shown(example)}`, 'x-example': example });
}

/** A full-text query. */
export function fullText(description: string, example: string) {
  return z
    .string()
    .max(200, 'takes at most 200 characters')
    .transform((value, context): TextQuery => {
      const query = parseTextQuery(value);
      if (query.all.length > 0) return query;
      context.addIssue({
        code: 'custom',
        message: 'has no word in it that is to be found: give at least one',
      });
      return z.NEVER;
    })
    .meta({
      description: `${description} Every word must match, in any English form (\`sanction\` finds \`sanctions\`), whatever its case and accents. \`"quoted phrase"\` matches exactly these words in a row, \`prefix*\` what begins so, \`-word\` excludes, \`a OR b\` accepts either; all other punctuation is ignored. Khmer, Thai, Lao, Burmese, Chinese and Japanese are found by their letters in a row. ${shown(example)}`,
      'x-example': example,
    });
}

/** One end of a window of days: the first day (`from`) or the last (`to`) that an EDTF date can mean. */
function windowEnd(end: 'earliest' | 'latest', description: string, example: string) {
  return z
    .string()
    .transform((value, context) => {
      try {
        const day = /[/[]/.test(value) ? null : dateRange(value)[end];
        if (day !== null) return day;
        context.addIssue({
          code: 'custom',
          message: `${quoted(value)} is not one date: give a day, a month or a year`,
        });
      } catch {
        // What is wrong with it as a date of a record would name forms that no window has.
        context.addIssue({
          code: 'custom',
          message: `${quoted(value)} is not a calendar date in EDTF: give a day, a month or a year, such as 2024-06-04, 2024-06 or 2024`,
        });
      }
      return z.NEVER;
    })
    .optional()
    .meta({ description: `${description} ${shown(example)}`, 'x-example': example });
}

/** The window by which lists are filtered by date. */
export const dateWindow = {
  from: windowEnd(
    'earliest',
    'Only what is dated on or after the first day of this date (EDTF: `2024`, `2024-06`, `2024-06-04`), as `dateMatch` says.',
    '2024-02',
  ),
  to: windowEnd(
    'latest',
    'Only what is dated on or before the last day of this date (EDTF), as `dateMatch` says.',
    '2025-11',
  ),
  dateMatch: choice(
    'How the days of a record must lie to the window. `bounded`: they overlap it, and no end that this needs is open, except the end of a period that has begun. If only `from` or only `to` is given, a date that lies completely inside matches even if its other end is open. `possible`: they may overlap it, open ends included. `certain`: a single day lies inside it whatever day it was, a period touches it whatever its days were, and the date is not approximate.',
    dateMatches,
    'bounded',
  ),
};

/** The day as of which records are asked for. */
export const asOf = windowEnd(
  'latest',
  'Only what sources published by the last day of this date (EDTF) had reported: records with a citation from one of them, with no citation (and no position) from any other, and with standing, tallies and independent sources as they were. Where a source of that time reported something else than the record says now, its citation has it in `reports`.',
  '2025-11-15',
);

/** The page of a list, without its order. */
export const paging = {
  // Swagger UI would send a default, and CSV and NDJSON refuse a limit.
  limit: wholeNumber('Records per page, 50 unless given.', { min: 1, max: 200, preset: 50, example: 10 }),
  cursor: z.string().optional().meta({
    description:
      'The `next` of the page before. It belongs to its query: change another parameter and start again.',
  }),
  count: flag('Whether to count all matches, as `total`.'),
};

/** Some names out of a list, separated by commas. */
function namesOf<const Name extends string>(description: string, names: readonly Name[], example: string) {
  return z
    .string()
    .meta({ pattern: `^(${names.join('|')})(,(${names.join('|')}))*$` })
    .transform((value, context): Name[] => {
      const given = [...new Set(value.split(','))].flatMap((word) => {
        const name = names.find((candidate) => candidate === word);
        if (name !== undefined) return [name];
        context.addIssue({
          code: 'custom',
          message: `${quoted(word)} is not one of ${names.join(', ')}`,
          params: { suggestion: closest(word, names) ?? null },
        });
        return [];
      });
      return given;
    })
    .optional()
    .meta({ description: `${description} ${shown(example)}`, 'x-example': example });
}

/** The format of the answer, read as its media type: the same as `Accept`, for links. */
export function format<Name extends string>(mediaTypes: Record<Name, string>) {
  const names = words(mediaTypes);
  return z
    .enum(names, {
      error: (issue) => `${quoted(issue.input)} is no format of this route: it has ${names.join(', ')}`,
    })
    .transform((name) => mediaTypes[name])
    .optional()
    .meta({
      description: `Format of the answer, whatever \`Accept\` says: ${names.map((name) => `\`${name}\` (${mediaTypes[name]})`).join(', ')}.`,
      'x-example': names.at(1) ?? names[0],
    });
}

/** Whether a table is for Excel. */
export const bom = z
  .preprocess(yesOrNo, z.boolean({ error: (issue) => `${quoted(issue.input)} is neither true nor false` }))
  .optional()
  .meta({
    description: 'With `format=csv`: whether it begins with a byte order mark, by which Excel knows UTF-8.',
    'x-example': true,
  });

/** Which fields of each record a list gives. */
export function fields<Shape extends z.ZodRawShape>(record: z.ZodObject<Shape>, example: string) {
  const names = record.keyof().options;
  return namesOf(
    `Only these fields of each record, separated by commas: ${names.map((name) => `\`${name}\``).join(', ')}. All others, required ones too, are omitted.`,
    names,
    example,
  );
}

/** The fields by whose values all matches are counted, in addition to the list. */
export function facets<const Name extends string>(names: readonly Name[], example: string) {
  return namesOf(
    `Counts of all matches, as \`facets\`, by any of ${names.map((name) => `\`${name}\``).join(', ')}; separated by commas. Each count equals the list total after filtering by that value.`,
    names,
    example,
  );
}

/** The order of a list: `key` ascending, `-key` descending; ties are broken by id. */
export function sort<const Words extends readonly [string, ...string[]]>(
  words: Words,
  preset: Words[number],
) {
  return choice(
    `Order; a leading hyphen means descending. Ties are broken by id.${words.includes('-date') ? ' By `date`, in both directions, uncertain dates that are open at an end come last.' : ''}${words.includes('relevance') ? ' `relevance`, best first, goes with `q`.' : ''}`,
    words,
    preset,
  );
}

export const actorScope = choice(
  '`bodies` matches the actor, those who act on its behalf, and the bodies that belong to it; `direct` matches the actor alone.',
  ['bodies', 'direct'],
  'bodies',
);

/** The query of a route: its parameters and no others, with a window whose `from` is not after its `to`. */
export function query<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape).superRefine((value, context) => {
    const { from, to, sort, q }: { from?: string; to?: string; sort?: string; q?: TextQuery } = value;
    if (sort === 'relevance' && q === undefined) {
      context.addIssue({ code: 'custom', path: ['sort'], message: '`relevance` needs `q`: say to what' });
    }
    if (from !== undefined && to !== undefined && from > to) {
      context.addIssue({
        code: 'custom',
        path: ['from'],
        message: '`from` is after `to`: exchange them',
      });
    }
  });
}

/** The path of a record: its id. */
export function recordPath(kind: string, example: string) {
  return z.strictObject({
    id: z.string().meta({ description: `Id of the ${kind}`, examples: [example] }),
  });
}
