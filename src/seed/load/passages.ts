import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { chunks, insert } from '../../db/rows.ts';
import { tables } from '../../db/tables.ts';
import { indexedTexts } from '../../domain/searchDocument.ts';
import { readArticle } from '../files/articles.ts';
import { articlesOf, type Dataset, flatMapRecords } from '../files/dataset.ts';
import { seedKinds } from '../files/format.ts';
import { passageAt } from '../files/passages.ts';
import { allCitations, kinds } from '../kinds.ts';
import { citedWords } from './write.ts';

/**
 * Stores the text of every cited passage that the articles in a folder have, or that is among `passages` by its hash; never removes one.
 * Returns the number of passages that are cited, of those whose text is now stored, and the hashes of the texts that were added.
 */
export async function addPassages(
  tx: Database,
  data: Dataset,
  {
    articlesDir,
    passages = new Map(),
  }: { articlesDir?: string | undefined; passages?: ReadonlyMap<string, string> },
  progress: (line: string) => void,
): Promise<{ stored: number; cited: number; added: string[] }> {
  const citations = allCitations(data);
  const cited = [...new Set(citations.map((citation) => citation.sha256))];
  const before = await storedPassages(tx, cited);
  const texts = articlesDir === undefined ? new Map() : readArticles(data, articlesDir, progress);
  const added = new Map<string, string>();
  for (const { source, start, end, sha256 } of citations) {
    const known = passages.get(sha256);
    if (known !== undefined && !before.has(sha256)) added.set(sha256, known);
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
  await indexPassages(tx, data, cited);
  return { stored: before.size + added.size, cited: cited.length, added: [...added.keys()] };
}

/** Lets records be found by the words of the passages that they cite, of all whose text is in the store. */
async function indexPassages(tx: Database, data: Dataset, cited: readonly string[]): Promise<void> {
  const texts = await storedPassages(tx, cited);
  if (texts.size === 0) return;
  const { searchDocuments } = tables;
  const wanted = new Map<string, string>();
  flatMapRecords(data.records, (kind, record) => {
    const { citations } = kinds[kind].text(record);
    if (citations) wanted.set(`${kind} ${record.id}`, citedWords(citations, texts));
    return [];
  });
  for (const kind of seedKinds) {
    for (const some of chunks(data.records[kind].map(({ id }) => id))) {
      const documents = await tx
        .select()
        .from(searchDocuments)
        .where(and(eq(searchDocuments.kind, kind), inArray(searchDocuments.id, some)));
      for (const { sequence, id, title, body, cited: before } of documents) {
        const now = wanted.get(`${kind} ${id}`);
        if (now === undefined || now === before) continue;
        await tx
          .update(searchDocuments)
          .set(indexedTexts({ title, body, cited: now }))
          .where(eq(searchDocuments.sequence, sequence));
      }
    }
  }
}

/** The articles' texts by source, where the folder has them. */
function readArticles(
  data: Dataset,
  articlesDir: string,
  progress: (line: string) => void,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { id, text } of articlesOf(data)) {
    const article = readArticle(articlesDir, text.file);
    if (article === undefined) progress(`no text of ${id} in ${articlesDir}: its passages are not stored`);
    else if ('fault' in article)
      progress(`${text.file} ${article.fault}. The passages of ${id} are not stored`);
    else texts.set(id, article.text);
  }
  return texts;
}

/** The texts of those of some passages that are stored, by hash. */
async function storedPassages(tx: Database, hashes: readonly string[]): Promise<Map<string, string>> {
  const stored = new Map<string, string>();
  for (const some of chunks(hashes)) {
    const rows = await tx.select().from(tables.passages).where(inArray(tables.passages.sha256, some));
    for (const row of rows) stored.set(row.sha256, row.text);
  }
  return stored;
}
