import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { JSON_TYPE, mediaType } from '../request/negotiation.ts';
import { bom, format as formatParameter } from '../request/parameters.ts';
import type { DocumentFormat, ExportFormat, Format, ListFormat } from './formats/format.ts';

/** The formats of one operation: JSON, and others. */
export interface OperationFormats<Json extends z.ZodType, F extends Format> {
  /** The parameter by which a link chooses one; for the query of the operation. */
  parameters: { format: ReturnType<typeof formatParameter> };
  /** The 200 of the operation; handlers are typed by its JSON, any other format is text. */
  response(description: string): {
    description: string;
    content: { [JSON_TYPE]: { schema: Json } };
  };
  /** The format that a request wants; undefined for JSON. Throws a Problem when `Accept` excludes all formats. */
  wanted(request: FastifyRequest): F | undefined;
}

/** The formats of the list of a resource, and of its records one by one. */
export interface ResourceFormats<T, List extends z.ZodType = z.ZodType, Item extends z.ZodType = z.ZodType> {
  /** The path of the list; a record's path is this path, `/` and its id. */
  path: string;
  /** The title of a feed or calendar. */
  title: string;
  list: OperationFormats<List, ListFormat<T>> & { parameters: { bom: typeof bom } };
  record: OperationFormats<Item, DocumentFormat<T>>;
}

/** The formats of an operation that has `json`, and others under their words in `format=`. */
export function operationFormats<Json extends z.ZodType, F extends Format>(
  json: Json,
  others: Record<string, F>,
): OperationFormats<Json, F> {
  const mediaTypes: Record<string, string> = { json: JSON_TYPE };
  const content: Record<string, { schema: z.ZodType }> = {};
  for (const [word, format] of Object.entries(others)) {
    mediaTypes[word] = format.mediaType;
    content[format.mediaType] = { schema: format.schema };
  }
  return {
    parameters: { format: formatParameter(mediaTypes) },
    response: (description) => ({ description, content: { [JSON_TYPE]: { schema: json }, ...content } }),
    wanted(request) {
      const wanted = mediaType(request);
      return Object.values(others).find((format) => format.mediaType === wanted);
    },
  };
}

/**
 * The formats of a resource, declared once: the words of `format=`, the content of each 200 and the writers all
 * come from here. `list` and `record` are its JSON; `formats` has the others by their words in `format=`.
 */
export function defineFormats<List extends z.ZodType, Item extends z.ZodType<object>>({
  path,
  title,
  list,
  record,
  formats,
}: {
  path: string;
  title: string;
  list: List;
  record: Item;
  formats: { csv: ExportFormat<z.output<Item>>; [word: string]: ListFormat<z.output<Item>> };
}): ResourceFormats<z.output<Item>, List, Item> {
  const ofList = operationFormats(list, formats);
  return {
    path,
    title,
    list: { ...ofList, parameters: { ...ofList.parameters, bom } },
    record: operationFormats(record, documentFormats(formats)),
  };
}

/** Those of a list's formats that a single record has, too. */
function documentFormats<T>(formats: Record<string, ListFormat<T>>): Record<string, DocumentFormat<T>> {
  return Object.fromEntries(
    Object.entries(formats).flatMap(([name, each]) =>
      each.writes === 'page' && each.writeRecord
        ? [[name, { mediaType: each.mediaType, schema: each.schema, write: each.writeRecord }]]
        : [],
    ),
  );
}
