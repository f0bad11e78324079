import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { DOMParser, type Document } from '@xmldom/xmldom';
import { parse } from 'csv-parse/sync';
import type { LightMyRequestResponse } from 'fastify';
import ICAL from 'ical.js';
import { expect } from 'vitest';
import type { Contract, Operation } from './document.ts';

// Whether an answer is one that the document promises.

/** The body of an answer, read by its media type. */
export interface Answer {
  status: number;
  media: string | undefined;
  headers: LightMyRequestResponse['headers'];
  text: string;
  /** The value of a JSON body; the values of lines of JSON. */
  value: unknown;
  /** The header and the rows of a table. */
  rows?: string[][];
}

const PROBLEM = '#/components/schemas/Problem';

/**
 * Parses an answer and checks it against the OpenAPI document. `fields`: the fields that were asked for; `page`: a problem may be an HTML page.
 */
export function contracted(
  contract: Contract,
  operation: Operation | undefined,
  response: LightMyRequestResponse,
  {
    fields,
    method,
    page = false,
  }: { fields?: readonly string[] | undefined; method?: string; page?: boolean } = {},
): Answer {
  const { statusCode: status, headers } = response;
  const text = textOf(response);
  expect(status, text).toBeLessThan(500);
  expect(text).not.toMatch(/\n {4}at /);
  expect(headers['x-request-id']).toBeTypeOf('string');
  const type = headers['content-type'] === undefined ? undefined : String(headers['content-type']);
  const media = type?.split(';')[0];
  const answer: Answer = { status, media, headers, text, value: undefined };
  const declared = operation?.responses[status];
  if (operation) expect(Object.keys(operation.responses)).toContain(String(status));
  if (operation && !declared?.content) {
    expect([status, text, media]).toEqual([status, '', undefined]);
    return answer;
  }
  if (status >= 400)
    expect(['application/problem+json', ...(page ? ['text/html'] : [])], text.slice(0, 1000)).toContain(
      media,
    );
  if (method === 'HEAD') {
    expect(text).toBe('');
    return answer;
  }
  if (media === 'application/problem+json') {
    const problem = JSON.parse(text) as { status: number; instance: string };
    expect(contract.faults(PROBLEM, problem), text).toBeNull();
    expect(problem).toMatchObject({ status, instance: headers['x-request-id'] });
    answer.value = problem;
  }
  const reference = declared?.content?.[media ?? '']?.schema.$ref;
  if (!operation) return answer;
  expect(Object.keys(declared?.content ?? {})).toContain(media);
  if (status === 200) readBody(contract, operation, answer, String(reference), fields);
  return answer;
}

/** The body, whatever coding it comes in. */
function textOf({ headers, rawPayload, body }: LightMyRequestResponse): string {
  const coding = headers['content-encoding'];
  if (coding === undefined || rawPayload.length === 0) return body;
  expect(['br', 'gzip']).toContain(coding);
  return (coding === 'br' ? brotliDecompressSync : gunzipSync)(rawPayload).toString();
}

function readBody(
  contract: Contract,
  operation: Operation,
  answer: Answer,
  reference: string,
  fields: readonly string[] | undefined,
): void {
  const { media, text, headers } = answer;
  const always = Object.keys(operation.responses[200]?.headers ?? {}).filter(
    (name) => !/^(RateLimit|Link$|X-Total-Count$|Content-Disposition$)/.test(name),
  );
  expect(Object.keys(headers)).toEqual(expect.arrayContaining(always.map((name) => name.toLowerCase())));
  if (media?.endsWith('json')) {
    if (media !== 'application/x-ndjson') {
      answer.value = JSON.parse(text);
      const trimmed = media === 'application/json' ? fields : undefined;
      expect(contract.faults(reference, answer.value, trimmed), text.slice(0, 2000)).toBeNull();
    } else {
      const list = operation.responses[200]?.content?.['application/json']?.schema.$ref ?? '';
      expect(text === '' || text.endsWith('\n')).toBe(true);
      const records = text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown);
      for (const record of records) expect(contract.itemFaults(list, record, fields)).toBeNull();
      answer.value = records;
    }
  } else if (media === 'text/csv') {
    answer.rows = parse(text, { bom: true, relax_column_count: false, skip_empty_lines: false });
    const { description = '' } = contract.schema(reference);
    const columns = [...description.matchAll(/^- `(\w+)`: /gm)].map(([, name]) => name ?? '');
    const header = answer.rows[0] ?? [];
    expect(header).toEqual(fields ? columns.filter((name) => header.includes(name)) : columns);
  } else if (media?.endsWith('xml')) {
    xmlOf(text);
  } else if (media === 'text/calendar') {
    ICAL.parse(text);
  } else {
    expect(media).toBe('a media type that this test can read');
  }
}

export function xmlOf(text: string): Document {
  return new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(text, 'text/xml');
}

/** The ids of the records in an answer, in their order; undefined where it does not have them all. */
export function idsIn({ media, value, rows, text }: Answer): string[] | undefined {
  if (media === 'application/json') return idsOf((value as { items: unknown[] }).items);
  if (media === 'application/x-ndjson') return idsOf(value as unknown[]);
  if (media === 'application/geo+json') return idsOf((value as { features: unknown[] }).features);
  if (media === 'application/ld+json')
    return (value as { '@graph': { identifier: string }[] })['@graph'].map(({ identifier }) => identifier);
  if (media === 'text/csv') {
    const column = rows?.[0]?.indexOf('id') ?? -1;
    return column < 0 ? undefined : rows?.slice(1).map((row) => row[column] ?? '');
  }
  if (media === 'application/atom+xml')
    return [...xmlOf(text).getElementsByTagName('entry')].map(
      (entry) => entry.getElementsByTagName('link')[0]?.getAttribute('href')?.split('/').at(-1) ?? '',
    );
  if (media === 'text/calendar')
    return new ICAL.Component(ICAL.parse(text))
      .getAllSubcomponents('vevent')
      .map((entry) => String(entry.getFirstPropertyValue('uid')).replace(/@attest$/, ''));
  return undefined;
}

function idsOf(items: readonly unknown[]): string[] | undefined {
  const ids = items.map((item) => (item as { id?: string }).id);
  return ids.every((id) => id !== undefined) ? ids : undefined;
}
