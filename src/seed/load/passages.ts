import { eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { tables } from '../../db/tables.ts';
import { readArticle } from '../files/articles.ts';
import { passageAt } from '../files/passages.ts';
import type { Dataset } from '../files/read.ts';
import { allCitations } from '../files/read.ts';
import { chunks, insert } from './rows.ts';

/** Adds the words of every cited passage that the texts at hand hold; never removes one. */
export async function addPassages(
  tx: Database,
  data: Dataset,
  articlesDir: string | undefined,
  progress: (line: string) => void,
): Promise<{ held: number; cited: number }> {
  const citations = allCitations(data);
  const cited = [...new Set(citations.map((citation) => citation.sha256))];
  const held = async (): Promise<Set<string>> => {
    const found = new Set<string>();
    for (const some of chunks(cited)) {
      const rows = await tx
        .select({ sha256: tables.passages.sha256 })
        .from(tables.passages)
        .where(inArray(tables.passages.sha256, some));
      for (const row of rows) found.add(row.sha256);
    }
    return found;
  };
  let present = await held();
  if (articlesDir !== undefined) {
    const texts = new Map(
      data.sources.map((source) => [source.id, readArticle(articlesDir, source.text.file)]),
    );
    for (const source of data.sources) {
      if (texts.get(source.id) === undefined)
        progress(`no text of ${source.id} in ${articlesDir}: its passages are left out`);
    }
    const rows = new Map<string, string>();
    for (const { source, start, end, sha256: expected } of citations) {
      const text = texts.get(source);
      if (text === undefined || present.has(expected)) continue;
      const passage = passageAt(text, start, end);
      if (passage.sha256 === expected) rows.set(expected, passage.text);
    }
    await insert(
      tx,
      tables.passages,
      [...rows].map(([hash, text]) => ({ sha256: hash, text })),
    );
    if (rows.size > 0) {
      // Answers change though no record does: whoever asks by date must learn of it.
      const { datasets } = tables;
      await tx.update(datasets).set({ loadedAt: new Date() }).where(eq(datasets.id, data.dataset.id));
    }
    present = await held();
  }
  return { held: present.size, cited: cited.length };
}
