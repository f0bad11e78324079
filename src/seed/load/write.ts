import type { Database } from '../../db/database.ts';
import { recordTables } from '../../db/recordTables.ts';
import { insert, upsert } from '../../db/rows.ts';
import { tables } from '../../db/tables.ts';
import { citedText, indexedTexts } from '../../domain/searchDocument.ts';
import type { Citation, Dataset } from '../files/dataset.ts';
import { type SeedKind, seedKinds } from '../files/format.ts';
import type { CompleteRecord, CompleteRecords, TableOf } from '../kinds/definition.ts';
import { kinds } from '../kinds.ts';
import { key, type RecordVersion } from './prepare.ts';

/** Writes the records of the given versions. Their parts must not be in the store. */
export async function writeRecords(
  tx: Database,
  { dataset }: Dataset,
  records: CompleteRecords,
  versions: readonly RecordVersion[],
  at: Date,
): Promise<void> {
  const head = versions.find(({ kind }) => kind === 'dataset');
  if (head) {
    await upsert(tx, tables.datasets, [{ ...dataset, contentHash: head.contentHash, loadedAt: at }]);
  }
  const writing = new Set(versions.map(key));
  const written = <K extends SeedKind>(kind: K): CompleteRecord<K>[] =>
    records[kind].filter(({ id }) => writing.has(key({ kind, id })));
  // `seedKinds` begins with what the rows of later kinds refer to; parts refer to records of any kind.
  for (const kind of seedKinds) await writeRows(tx, kind, written(kind), dataset.id);
  for (const kind of seedKinds) await writeParts(tx, kind, written(kind));
}

async function writeRows<K extends SeedKind>(
  tx: Database,
  kind: K,
  records: readonly CompleteRecord<K>[],
  dataset: string,
): Promise<void> {
  const { row, above } = kinds[kind];
  const ordered = above ? parentsFirst(records, above.of) : records;
  await upsert<TableOf<K>>(
    tx,
    recordTables[kind].table,
    ordered.map((record) => row(record, dataset)),
  );
}

async function writeParts<K extends SeedKind>(
  tx: Database,
  kind: K,
  records: readonly CompleteRecord<K>[],
): Promise<void> {
  const { parts, text } = kinds[kind];
  for (const part of parts) await part.insert(tx, records);
  await insert(
    tx,
    tables.searchDocuments,
    records.map((record) => {
      const { title, body, citations } = text(record);
      const words = body.filter((words) => words !== undefined).join(' · ');
      // Passages are added when it is known which are in the store (`passages.ts`).
      const texts = { title: printable(title), body: printable(words), cited: citedWords(citations) };
      return { kind, id: record.id, ...indexedTexts(texts) };
    }),
  );
}

/** The phrases of citations, and passages whose text is in the store, as one text. */
export function citedWords(
  citations: readonly Citation[] = [],
  passages: ReadonlyMap<string, string> = new Map(),
): string {
  return printable(
    citedText(
      citations
        .flatMap(({ phrase, sha256 }) => [phrase ?? '', passages.get(sha256 ?? '') ?? ''])
        .filter((text) => text !== ''),
    ),
  );
}

/** Without control characters, which mark the matches in a snippet (`db/fullText.ts`). */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

/** The records in an order in which each comes after the one above it. */
function parentsFirst<T extends { id: string }>(
  records: readonly T[],
  above: (record: T) => string | undefined,
): T[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const ordered = new Set<T>();
  const visit = (record: T): void => {
    if (ordered.has(record)) return;
    const parent = byId.get(above(record) ?? '');
    if (parent) visit(parent);
    ordered.add(record);
  };
  records.forEach(visit);
  return [...ordered];
}
