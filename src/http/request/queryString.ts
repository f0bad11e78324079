import { parse } from 'node:querystring';
import { Problem } from '../problems/types.ts';

/**
 * The parameters of a query by their names. `actor[]` and `actor[0]`, as several clients write lists, are repeats of `actor`.
 */
export function parseQueryString(text: string): Record<string, string | string[]> {
  const parameters = new Map<string, string | string[]>();
  // Its own limit would ignore parameters without a word; `guards.ts` refuses too many.
  for (const [written, value = ''] of Object.entries(parse(text, '&', '=', { maxKeys: 0 }))) {
    const name = parameterName(written);
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(parameters);
}

/** The name of a parameter as it is documented. */
export function parameterName(written: string): string {
  return written.replace(/\[\d*\]$/, '');
}

/** Throws a Problem that names the parameters whose percent-encoded bytes are not UTF-8. */
export function refuseOtherEncodings(text: string): void {
  const detail = 'is not encoded as UTF-8: write é as %C3%A9, for example';
  const errors = text
    .split('&')
    .filter((pair) => !isUtf8(pair))
    .map((pair) => ({
      parameter: parameterName(pair.split('=')[0] ?? ''),
      location: 'query' as const,
      detail,
      suggestions: [],
    }));
  if (errors.length === 0) return;
  throw new Problem(
    'invalid-request',
    errors.map((error) => `${error.parameter}: ${detail}`).join('; '),
    errors,
  );
}

/** Whether the escapes of a text, taken together, are UTF-8; a percent sign that begins no escape is plain text. */
function isUtf8(text: string): boolean {
  try {
    decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'));
    return true;
  } catch {
    return false;
  }
}
