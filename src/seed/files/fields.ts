import { z } from 'zod';
import { dateRange } from '../../domain/dates.ts';
import { words } from '../../domain/vocabularies.ts';

// The kinds of field that records in the dataset files are made of (`format.ts`).

/** Text that is not empty. */
export const text = (description: string) => z.string().trim().min(1).describe(description);

/** An id. */
export const slug = (description: string) =>
  z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a slug: lower-case letters, digits and single hyphens')
    .describe(description);

/** The id of another record. */
export const reference = (kind: string) => slug(`Id of ${kind}`);

/** A word of a vocabulary, documented by the definitions of all of its words. */
export const vocabularyWord = <T extends Record<string, string>>(vocabulary: T) =>
  z.enum(words(vocabulary)).describe(
    Object.entries(vocabulary)
      .map(([word, definition]) => `${word}: ${definition}`)
      .join('\n'),
  );

/** A date in EDTF: level 1, and sets of level 2. */
export const edtfDate = (description: string) =>
  z
    .string()
    .superRefine((value, context) => {
      try {
        dateRange(value);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
      }
    })
    .describe(
      `${description} (EDTF: 2024-06-04; 2010/2017 for what lasted; [2024-06-04..2024-12-31] for one day out of these)`,
    );

/** A SHA-256. */
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hexadecimal digits')
  .describe('SHA-256 of the UTF-8 bytes');
