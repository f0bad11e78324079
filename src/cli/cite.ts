import { parseArgs } from 'node:util';
import { readArticle } from '../seed/files/articles.ts';
import { findPassages } from '../seed/files/passages.ts';
import { printedHelp } from './help.ts';

const USAGE = `Usage: npm run cite -- ARTICLE_FILE "first words" ["last words"]

Prints the citation of the passage of ARTICLE_FILE that runs from the first words to
the nearest last words after them, ready to paste into a dataset file.`;

/** Prints the citation for an author; returns the exit code: 0 found once, 1 otherwise. */
function main(): number {
  if (printedHelp(USAGE)) return 0;
  let positionals: string[];
  try {
    ({ positionals } = parseArgs({ allowPositionals: true }));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`cite: ${error.message}\n\n${USAGE}`);
    return 1;
  }
  const [file, first, last] = positionals;
  if (!file || !first || positionals.length > 3) {
    console.error(USAGE);
    return 1;
  }
  const article = readArticle(file);
  if (article === undefined || 'fault' in article) {
    console.error(
      article ? `cite: ${file} ${article.fault}` : `cite: cannot read ${file}: name an article's text file`,
    );
    return 1;
  }
  const found = findPassages(article.text, first, last);
  if (found.length === 0) {
    console.error(`cite: ${file} has no passage from "${first}" to "${last ?? first}": check the wording`);
    return 1;
  }
  for (const passage of found) {
    console.error(passage.text);
    console.log(`- { start: ${passage.start}, end: ${passage.end}, sha256: ${passage.sha256} }`);
  }
  if (found.length > 1) {
    console.error(`cite: ${found.length} passages match: give more of the first words`);
    return 1;
  }
  return 0;
}

process.exitCode = main();
