import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
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
