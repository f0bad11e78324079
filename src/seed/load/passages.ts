import { eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { chunks, insert } from '../../db/rows.ts';
import { tables } from '../../db/tables.ts';
import { readArticle } from '../files/articles.ts';
import type { Dataset } from '../files/dataset.ts';
import { passageAt } from '../files/passages.ts';
import { allCitations } from '../kinds.ts';

/**
 * Stores the text of every cited passage that the articles in a folder have; never removes one.
 * Returns the number of passages that are cited, and of those whose text is now stored.
 */
export async function addPassages(
  tx: Database,
  data: Dataset,
  articlesDir: string | undefined,
  progress: (line: string) => void,
): Promise<{ stored: number; cited: number }> {
  const citations = allCitations(data);
  const cited = [...new Set(citations.map((citation) => citation.sha256))];
  const before = await storedPassages(tx, cited);
  if (articlesDir === undefined) return { stored: before.size, cited: cited.length };

  const texts = readArticles(data, articlesDir, progress);
  const added = new Map<string, string>();
  for (const { source, start, end, sha256 } of citations) {
    const text = texts.get(source);
    if (text === undefined || before.has(sha256)) continue;
    const passage = passageAt(text, start, end);
    if (passage?.sha256 === sha256) added.set(sha256, passage.text);
  }
  await insert(
    tx,
    tables.passages,
    [...added].map(([sha256, text]) => ({ sha256, text })),
  );
  if (added.size > 0) {
    // Answers change although no record does: `Last-Modified` must show it.
    const { datasets } = tables;
    await tx.update(datasets).set({ loadedAt: new Date() }).where(eq(datasets.id, data.dataset.id));
  }
  return { stored: before.size + added.size, cited: cited.length };
}

/** The articles' texts by source, where the folder has them. */
function readArticles(
  data: Dataset,
  articlesDir: string,
  progress: (line: string) => void,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { id, text } of data.records.source) {
    const article = readArticle(articlesDir, text.file);
    if (article === undefined) progress(`no text of ${id} in ${articlesDir}: its passages are not stored`);
    else if ('fault' in article)
      progress(`${text.file} ${article.fault}. The passages of ${id} are not stored`);
    else texts.set(id, article.text);
  }
  return texts;
}

/** Those of some hashes of passages whose text is stored. */
async function storedPassages(tx: Database, hashes: readonly string[]): Promise<Set<string>> {
  const stored = new Set<string>();
  for (const some of chunks(hashes)) {
    const rows = await tx
      .select({ sha256: tables.passages.sha256 })
      .from(tables.passages)
      .where(inArray(tables.passages.sha256, some));
    for (const row of rows) stored.add(row.sha256);
  }
  return stored;
}
