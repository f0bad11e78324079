import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/types.ts';
import { parameterName } from '../request/queryString.ts';
import { urlOf } from '../request/urls.ts';
import type { ListFormat } from './formats/format.ts';

/** The parameters of a list that say how its matches are answered. */
export interface PageParameters {
  limit: number;
  cursor?: string | undefined;
  count?: boolean | undefined;
  fields?: readonly string[] | undefined;
  bom?: boolean | undefined;
}

/** The parameters that not every format supports, with what is wrong when the wanted one does not. */
const LIMITED = {
  limit: 'is not supported with CSV, NDJSON, GeoJSON and iCalendar, which have all matches: omit it',
  cursor: 'is not supported with CSV, NDJSON, GeoJSON and iCalendar, which have all matches: omit it',
  bom: 'is supported only with CSV: add format=csv, or omit it',
  facets: 'is supported only with JSON: request it separately',
  fields: 'is supported only with JSON, NDJSON and CSV: omit it',
};

/**
 * Throws a Problem when a request gives parameters that its format would ignore. JSON is the format that
 * is undefined.
 */
export function refuseUnsupported(request: FastifyRequest, format: ListFormat<never> | undefined): void {
  const supported = supportedBy(format);
  const names = urlOf(request).searchParams.keys();
  const given = new Set([...names].map(parameterName));
  const errors = Object.entries(LIMITED)
    .filter(([parameter]) => given.has(parameter) && !supported.includes(parameter))
    .map(([parameter, detail]) => ({ parameter, location: 'query' as const, detail, suggestions: [] }));
  if (errors.length > 0) {
    const detail = errors.map((error) => `${error.parameter}: ${error.detail}`).join('; ');
    throw new Problem('invalid-request', detail, errors);
  }
}

function supportedBy(format: ListFormat<never> | undefined): readonly string[] {
  if (format === undefined) return ['limit', 'cursor', 'facets', 'fields'];
  return format.writes === 'page' ? ['limit', 'cursor'] : format.supports;
}
