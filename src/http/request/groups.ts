import { z } from 'zod';
import { isCountryCode, suggestCountry } from '../../domain/countries.ts';
import { type Groups, Ids } from '../../domain/filterValues.ts';
import { closest, quoted } from '../../domain/spelling.ts';
import type { RecordKind } from '../../domain/vocabularies.ts';

// The filters that take many values, read as groups.

/** More values than this in one parameter is a mistake, and would make the query itself fail. */
const MAX_VALUES = 50;

const SLUG_PATTERN = '[a-z0-9]+(-[a-z0-9]+)*';
const REPEAT = 'Values separated by commas: any of them; repeated: all of them.';

/** Of a vocabulary with more words than this, a description names only where they are found. */
const MANY_WORDS = 20;

/** The example of a parameter, for its description: Swagger UI shows none of optional parameters. */
export const shown = (example: string): string => `Example: \`${example}\`.`;

const asList = (value: unknown): unknown => (value === undefined || Array.isArray(value) ? value : [value]);

/**
 * A filter with many values, read as groups: `a,b` is one group (any of them), a repeat is
 * another one (all of them). `read` returns a value as it is understood, or what is wrong with it. The `example`
 * is also one of the items: Swagger UI adds it as a new value, and would else invent one from the pattern.
 */
function groups<Value extends string>(
  pattern: string,
  example: string,
  read: (value: string) => Value | { message: string; suggestion?: string },
) {
  return z.preprocess(
    asList,
    z
      .array(z.string().meta({ pattern: `^${pattern}(,${pattern})*$`, examples: [example] }))
      .transform((values, context): Groups<Value> => {
        const given = values.map((value) => value.split(','));
        if (given.flat().length > MAX_VALUES) {
          context.addIssue({ code: 'custom', message: `takes at most ${MAX_VALUES} values` });
          return z.NEVER;
        }
        const readOrRefuse = (value: string): Value[] => {
          const result =
            value === '' ? { message: 'has an empty value: give one, or omit the parameter' } : read(value);
          if (typeof result === 'string') return [result];
          const { message, suggestion = null } = result;
          context.addIssue({ code: 'custom', message, params: { suggestion } });
          return [];
        };
        return given.map((group) => group.flatMap(readOrRefuse));
      }),
  );
}

/** A filter by ids of records of a kind. */
export function ids<const Kind extends RecordKind>(kind: Kind, description: string, example: string) {
  // What is no id may be a name: what it names is looked up, and suggested.
  return groups(SLUG_PATTERN, example, (value) => value)
    .transform((unchecked) => new Ids(kind, unchecked))
    .optional()
    .meta({ description: `${description} ${shown(example)} ${REPEAT}`, 'x-example': [example] });
}

/** A filter by the words of a vocabulary; `name` is the one under which it is asked for. */
export function vocabulary<const Word extends string>(
  description: string,
  words: readonly Word[],
  example: NoInfer<Word>,
  name?: string,
) {
  const definitions = name === undefined ? '' : `/v1/vocabularies/${name}`;
  const meaning =
    words.length > MANY_WORDS && name !== undefined
      ? `One of the ${words.length} words of [${definitions}](${definitions}). ${shown(example)}`
      : `One of ${words.map((word) => `\`${word}\``).join(', ')}${definitions && ` ([what each means](${definitions}))`}.`;
  return groups(`(${words.join('|')})`, example, (value) => {
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined) return word;
    const suggestion = closest(value, words);
    return {
      message: `${quoted(value)} is not one of ${words.join(', ')}`,
      ...(suggestion === undefined ? {} : { suggestion }),
    };
  })
    .optional()
    .meta({
      description: `${description} ${meaning} ${REPEAT}`,
      'x-example': [example],
    });
}

/** A filter by units of figures: people, ISO 4217 codes, %, or the name of what is counted. */
export function unit(description: string, example: string) {
  return groups('[^,]+', example, (value) => value)
    .optional()
    .meta({ description: `${description} ${shown(example)} ${REPEAT}`, 'x-example': [example] });
}

/** A filter by ISO 3166-1 alpha-2 codes. */
export function countries(description: string, example: string) {
  return groups('[A-Z]{2}', example, (value) => {
    if (isCountryCode(value)) return value;
    const suggestion = suggestCountry(value);
    return {
      message: `${quoted(value)} is not an ISO 3166-1 alpha-2 code, such as ${example}`,
      ...(suggestion === undefined ? {} : { suggestion }),
    };
  })
    .optional()
    .meta({ description: `${description} ${shown(example)} ${REPEAT}`, 'x-example': [example] });
}
