import { z } from 'zod';
import * as vocabulary from '../../domain/vocabularies.ts';
import { edtfDate, reference, sha256, text, vocabularyWord } from './fields.ts';

// The passages that prove a record, in the dataset files.

/** The longest verbatim phrase that the dataset files may contain, in words. */
export const MAX_PHRASE_WORDS = 12;

export const seedReports = z
  .strictObject({
    date: edtfDate('The date this source gives').optional(),
    place: text('The place this source gives').optional(),
    status: vocabularyWord(vocabulary.eventStatuses).optional(),
    participants: text('Who took part in which role, as this source has it').optional(),
    count: text('The number this source gives').optional(),
  })
  .refine((reports) => Object.keys(reports).length > 0, 'must name at least one value that differs')
  .describe("The values this source gives where they differ from the record's own");

export const seedProgress = z
  .strictObject({
    status: z
      .enum(['planned', 'proposed'])
      .describe('How far the event had come when this source reported it'),
  })
  .describe('An earlier report of an event that has come further since; no disagreement');

export const seedCitation = z
  .strictObject({
    source: reference("the source; the default is the file's `source`").optional(),
    start: z.int().min(0).describe('First code point of the passage in the article'),
    end: z.int().min(1).describe('Code point after the last one of the passage'),
    sha256: sha256.describe('SHA-256 of the UTF-8 bytes of the passage'),
    phrase: text('A verbatim key phrase inside the passage, at most twelve words, never a whole sentence')
      .refine(
        (phrase) => phrase.split(/\s+/).length <= MAX_PHRASE_WORDS,
        `must have at most ${MAX_PHRASE_WORDS} words`,
      )
      .optional(),
    reports: seedReports.optional(),
    progress: seedProgress.optional(),
  })
  .refine((citation) => citation.end > citation.start, 'end must lie after start')
  .refine(
    ({ progress, reports }) => !progress || !reports,
    'has both `progress` and `reports`: an earlier stage of the event is no disagreement',
  );

/** The citations that every record has. */
export const citations = z.array(seedCitation).min(1, 'must have at least one citation');
