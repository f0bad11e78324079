import { parseArgs } from 'node:util';
import { BUNDLED_DATASET, readConfig } from '../config.ts';
import { documentFaults } from '../db/documents.ts';
import { eventKeyFaults } from '../db/eventKeys.ts';
import { openStore } from '../db/openStore.ts';
import { StoreError } from '../domain/errors.ts';
import { daysNotCited } from '../seed/checks/days.ts';
import { type CitationState, type Evidence, examine } from '../seed/checks/evidence.ts';
import { checkReferences } from '../seed/checks/references.ts';
import { checkRules } from '../seed/checks/rules.ts';
import { speakersNotNamed } from '../seed/checks/speakers.ts';
import { readArticle } from '../seed/files/articles.ts';
import { articlesOf, type Dataset } from '../seed/files/dataset.ts';
import { DatasetError, formatMistake } from '../seed/files/mistakes.ts';
import { readDataset } from '../seed/read/read.ts';
import { printedHelp } from './help.ts';

const USAGE = `Usage: npm run verify -- [--articles DIR] [PATH]
       npm run verify -- --store

Checks the dataset files at PATH (by default the bundled dataset) against the codebook's rules and,
with the articles' texts in DIR (or ARTICLES_DIR), against the articles: every citation exact, every
sentence cited, every quotation a statement's, every name somebody's, every day and every speaker in the
words cited for it.

With --store, checks the store at DATABASE_URL instead: makes every record anew and compares it with
the document from which it is answered, and so by what events are listed. The server may run meanwhile.`;

/** Prints the results of all checks; returns the exit code: 0 all passed, 1 some failed. */
async function main(): Promise<number> {
  if (printedHelp(USAGE)) return 0;
  let values: { articles?: string | undefined; store?: boolean | undefined };
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({
      options: { articles: { type: 'string' }, store: { type: 'boolean' } },
      allowPositionals: true,
    }));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`verify: ${error.message}\n\n${USAGE}`);
    return 1;
  }
  if (values.store) return checkStore(readConfig().databaseUrl);
  const articlesDir = values.articles ?? readConfig().articlesDir;
  let data: Dataset;
  try {
    data = readDataset(positionals[0] ?? BUNDLED_DATASET);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    console.error(error.message);
    return 1;
  }
  const keepsRules = checkRecords(data);
  if (articlesDir === undefined) {
    console.log(
      'The articles were not given (--articles DIR or ARTICLES_DIR): citations and coverage not checked.',
    );
    return keepsRules ? 0 : 1;
  }
  const isProved = checkArticles(data, articlesDir);
  return keepsRules && isProved ? 0 : 1;
}

/** Prints what a store derives from its records, and is not what follows from them; returns the exit code. */
async function checkStore(url: string): Promise<number> {
  const store = await openStore(url);
  let faults = 0;
  try {
    for await (const { kind, missing, outdated, surplus } of documentFaults(store.db)) {
      for (const id of missing) console.log(`${kind} ${id}: has no document`);
      for (const id of outdated) console.log(`${kind} ${id}: its document is out of date`);
      for (const id of surplus) console.log(`${kind} ${id}: a document without a record`);
      faults += missing.length + outdated.length + surplus.length;
    }
    const keys = await eventKeyFaults(store.db);
    for (const key of keys.missing) console.log(`the list of events lacks ${key}`);
    for (const key of keys.surplus) console.log(`the list of events has ${key}, which follows from no event`);
    faults += keys.missing.length + keys.surplus.length;
  } finally {
    await store.close();
  }
  console.log(`${faults} fault(s) in what the store derives from its records`);
  return faults === 0 ? 0 : 1;
}

/** Prints every rule of the codebook that the records alone break, and returns whether there is none. */
function checkRecords(data: Dataset): boolean {
  const mistakes = checkReferences(data);
  if (mistakes.length === 0) mistakes.push(...checkRules(data));
  for (const mistake of mistakes) console.log(formatMistake(mistake));
  console.log(
    `${data.dataset.id} ${data.dataset.version}: ${mistakes.length} rule(s) of the codebook broken`,
  );
  return mistakes.length === 0;
}

/** Prints what each article shows, and returns whether every check passed. */
function checkArticles(data: Dataset, articlesDir: string): boolean {
  const texts = new Map<string, string>();
  const passed = articlesOf(data).map((source) => {
    const article = readArticle(articlesDir, source.text.file);
    if (article !== undefined && 'text' in article) {
      texts.set(source.id, article.text);
      return print(examine(data, source, article.text));
    }
    console.log(
      article
        ? `\n${source.id}: ${source.text.file} ${article.fault}`
        : `\n${source.id}: no ${source.text.file} in ${articlesDir}`,
    );
    return false;
  });
  // Without one of the texts, a day or name that only that text gives would seem to be given nowhere.
  const mistakes =
    texts.size === passed.length ? [...daysNotCited(data, texts), ...speakersNotNamed(data, texts)] : [];
  for (const mistake of mistakes) console.log(formatMistake(mistake));
  return mistakes.length === 0 && passed.every(Boolean);
}

/** Prints what one source's text shows, and returns whether every check passed. */
function print(evidence: Evidence): boolean {
  const { source, length, citations, badPhrases, sentences, uncited, unquoted, unnamed } = evidence;
  const count = (state: CitationState): number =>
    citations.filter((citation) => citation.state === state).length;
  const cited = sentences - uncited.length;
  console.log(`\n${source.id}${evidence.sameText ? '' : ': the text is not the one that was annotated'}`);
  const isLength = length === source.text.length;
  if (!isLength) console.log(`  length      ${length} code points, but ${source.text.length} are declared`);
  const lost = count('lost') + count('beyond');
  console.log(
    `  citations   ${count('exact')} exact, ${count('moved')} moved, ${lost} lost of ${citations.length}`,
  );
  console.log(`  sentences   ${cited} of ${sentences} cited (${((100 * cited) / sentences).toFixed(1)} %)`);
  for (const { citation, state } of citations.filter(({ state: is }) => is !== 'exact')) {
    const where = state === 'beyond' ? 'beyond the end of the text' : state;
    console.log(`  ${where}: ${citation.start}–${citation.end}`);
  }
  for (const { citation, fault } of badPhrases) console.log(`  phrase "${citation.phrase}" ${fault}`);
  for (const sentence of uncited) console.log(`  not cited: ${sentence}`);
  for (const words of unquoted) console.log(`  quotation in no statement: … ${words} …`);
  for (const words of unnamed) console.log(`  names no actor: ${words}`);
  return (
    evidence.sameText &&
    isLength &&
    count('exact') === citations.length &&
    badPhrases.length + uncited.length + unquoted.length + unnamed.length === 0
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  console.error(`verify: ${error.message}`);
  process.exitCode = 1;
}
