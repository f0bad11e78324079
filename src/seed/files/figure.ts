import { z } from 'zod';
import * as vocabulary from '../../domain/vocabularies.ts';
import { citations } from './citation.ts';
import { text, vocabularyWord } from './fields.ts';

// The numbers of events and claims, in the dataset files.

const number = (description: string) => z.number().describe(description);

export const seedFigure = z
  .strictObject({
    measure: vocabularyWord(vocabulary.measures),
    value: number('The number').optional(),
    low: number('The least it can be').optional(),
    high: number('The most it can be').optional(),
    unit: text('people, an ISO 4217 code, %, a unit of time (day, month, year), km, or what is counted'),
    approximate: z.boolean().optional().describe('Whether the text gives it as approximate'),
    of: text('What it is the number of, in our own words'),
    citations,
  })
  .refine(
    ({ value, low, high }) => (value === undefined) !== (low === undefined && high === undefined),
    'must have either `value`, or `low` or `high` or both',
  )
  .refine(
    ({ low, high }) => low === undefined || high === undefined || low < high,
    '`low` must be less than `high`',
  )
  .superRefine(({ measure, unit }, context) => {
    const wanted = unitFault(measure, unit);
    if (wanted) context.addIssue({ code: 'custom', path: ['unit'], message: wanted });
  });

const PEOPLE = ['killed', 'wounded', 'displaced', 'trafficked', 'detained', 'people'];
const PERCENT = ['rate', 'share', 'growth'];
const TIMES = ['hour', 'day', 'week', 'month', 'year'];
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** What is wrong with the unit of a measure; undefined when nothing is. */
function unitFault(measure: vocabulary.Measure, unit: string): string | undefined {
  if (PEOPLE.includes(measure) && unit !== 'people') return `${measure} is counted in people`;
  if (PERCENT.includes(measure) && unit !== '%') return `${measure} is given in %`;
  if (measure === 'duration' && !TIMES.includes(unit)) return `a duration is given in ${TIMES.join(', ')}`;
  if (measure === 'distance' && unit !== 'km') return 'a distance is given in km';
  if (/^[A-Z]{3}$/.test(unit) && !CURRENCIES.has(unit)) return `"${unit}" is no ISO 4217 code`;
  return undefined;
}
