import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Database } from '../../db/database.ts';
import type { ListTypes, RecordQueries } from '../../db/lists/queries.ts';
import { JSON_TYPE } from '../request/negotiation.ts';
import { baseUrl } from '../request/urls.ts';
import type { OperationFormats } from './defineFormats.ts';
import type { DocumentFormat } from './formats/format.ts';

/**
 * Answers one document, such as a record, in the format that the request wants. Typed as the JSON body, which
 * the compiler checks against its schema; any other format is sent as text.
 */
export async function answerDocument<T>(
  document: T,
  request: FastifyRequest,
  reply: FastifyReply,
  formats: OperationFormats<z.ZodType, DocumentFormat<T>>,
): Promise<T> {
  const format = formats.wanted(request);
  if (!format) return document;
  return reply.type(`${format.mediaType}; charset=utf-8`).send(format.write(document, baseUrl(request)));
}

/**
 * Answers one record in the format that the request wants, as reported by a day if one is given. Typed as the JSON body, as
 * `answerDocument`. Throws a MissingRecordError when there is no such record.
 */
export async function answerRecord<T extends ListTypes>(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  queries: RecordQueries<T>,
  { id, asOf }: { id: string; asOf?: string | undefined },
  formats?: OperationFormats<z.ZodType, DocumentFormat<T['item']>>,
): Promise<T['item']> {
  const json = await queries.getAsJson(db, id, asOf);
  const format = formats?.wanted(request);
  if (!format) return reply.type(`${JSON_TYPE}; charset=utf-8`).send(json);
  return reply
    .type(`${format.mediaType}; charset=utf-8`)
    .send(format.write(JSON.parse(json), baseUrl(request)));
}
