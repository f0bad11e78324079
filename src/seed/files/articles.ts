import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An article's text from the folder of articles, or undefined when it is not there. */
export function readArticle(articlesDir: string, file: string): string | undefined {
  try {
    return readFileSync(join(articlesDir, file), 'utf8');
  } catch {
    return undefined;
  }
}
