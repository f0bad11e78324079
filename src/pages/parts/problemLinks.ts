import { quoted } from '../../domain/spelling.ts';
import { parametersOf } from '../../http/problems/handler.ts';
import type { ParameterError } from '../../http/problems/types.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';

/** What is wrong with parameters, each with links to what was probably meant. */
export function problemLinks(context: Context, errors: readonly ParameterError[]): Html {
  return errors.map(
    (error) => html`
      <p>
        ${error.detail}${
          error.suggestions.length > 0 &&
          html`. Did you mean ${joined(
            error.suggestions.map((meant) => html`<a href=${corrected(context, error, meant)}>${meant}</a>`),
            ' or ',
          )}?`
        }
      </p>
    `,
  );
}

/** The same page with what was probably meant in place of what is wrong. */
function corrected(
  context: Context,
  { parameter, location: where, detail }: ParameterError,
  meant: string,
): string {
  if (where === 'path') return context.href(context.path.replace(/[^/]*$/, meant));
  const values = context.values(parameter);
  const isWrong = (name: string): boolean => name === parameter;
  if (!parametersOf(context.request).includes(parameter))
    return context.changed(isWrong, { [meant]: values });
  const right = values.map((value) =>
    value
      .split(',')
      .map((each) =>
        (values.length === 1 && !value.includes(',')) || detail.includes(quoted(each)) ? meant : each,
      )
      .join(','),
  );
  return context.changed(isWrong, { [parameter]: [...new Set(right)] });
}
