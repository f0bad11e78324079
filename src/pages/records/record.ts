import type { Context } from '../context.ts';
import type { DataFormat, DataLinks } from '../types.ts';

/** Where programs get one record; `asOf` goes along where its operation takes it. */
export function recordData(
  context: Context,
  list: string,
  operation: string,
  formats: readonly DataFormat[],
  { takesAsOf = true } = {},
): DataLinks {
  return {
    api: context.sameQuery(`/v1/${list}/${context.id}`, takesAsOf ? [] : ['asOf']),
    formats,
    operation,
  };
}
