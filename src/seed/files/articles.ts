import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An article's text, or why it cannot be the text that citations count in. Offsets are code points of the text as it was
 * annotated: UTF-8, without a byte order mark, with LF alone at the end of a line.
 */
export type Article = { text: string } | { fault: string };

/** Reads a text from a folder of articles, or by its path alone; undefined when there is no such file. */
export function readArticle(articlesDir: string, file = ''): Article | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(articlesDir, file));
  } catch {
    return undefined;
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { fault: 'is not UTF-8: convert it, for example with iconv' };
  }
  if (text.startsWith('\uFEFF'))
    return { fault: 'begins with a byte order mark: remove its first three bytes' };
  if (text.includes('\r')) return { fault: 'has carriage returns (CR or CRLF): end its lines with LF alone' };
  return { text };
}

/** Reads texts from a folder by name and SHA-256: null where the text is not there, cannot be read, or is another one. */
export function textsIn(articlesDir: string): (file: string, sha256: string) => string | null {
  return (file, sha256) => {
    const article = readArticle(articlesDir, file);
    if (article === undefined || 'fault' in article) return null;
    return createHash('sha256').update(article.text).digest('hex') === sha256 ? article.text : null;
  };
}
