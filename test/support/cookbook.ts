import { readFileSync } from 'node:fs';

// The cookbook as data. Read by the tests here and by `openapi/sdk-check`, so it imports nothing of either.

export const COOKBOOK = new URL('../../docs/cookbook.md', import.meta.url);

/** The address of the API in the snippets; a test replaces it by that of its own server. */
export const PRINTED_BASE = 'http://127.0.0.1:3000';

export const languages = ['sh', 'ts', 'python', 'r'] as const;
export type Language = (typeof languages)[number];

/** A question of the cookbook. */
export interface Question {
  /** Its heading, number included. */
  title: string;
  /** What each language asks, without the set-up. */
  snippets: Partial<Record<Language, string>>;
  /** What is printed as the answer. */
  answer: string;
}

export interface Cookbook {
  /** What a language needs once, before any of its snippets. */
  setup: Partial<Record<Language, string>>;
  questions: Question[];
}

const FENCE = /^```(\w+)\n([\s\S]*?)^```$/gm;

/** Reads the cookbook: a section with an answer (a fence of `text`) is a question, any other fence is set-up. */
export function readCookbook(markdown = readFileSync(COOKBOOK, 'utf8')): Cookbook {
  const setup: Cookbook['setup'] = {};
  const questions: Question[] = [];
  for (const section of markdown.split(/^(?=## )/m)) {
    const snippets: Question['snippets'] = {};
    let answer: string | undefined;
    for (const [, word = '', content = ''] of section.matchAll(FENCE)) {
      if (word === 'text' && answer === undefined) answer = content;
      else if (isLanguage(word) && !(word in snippets)) snippets[word] = content;
      else throw new Error(`docs/cookbook.md: a second or unknown fence "${word}" in\n${section}`);
    }
    if (answer === undefined) Object.assign(setup, snippets);
    else questions.push({ title: /^## (.*)$/m.exec(section)?.[1] ?? '', snippets, answer });
  }
  return { setup, questions };
}

const isLanguage = (word: string): word is Language => languages.includes(word as Language);

/** A snippet as a program of its own that asks the server at `base`. */
export function programOf(
  { setup }: Cookbook,
  { snippets }: Question,
  language: Language,
  base: string,
): string {
  return `${setup[language] ?? ''}${snippets[language] ?? ''}`.replaceAll(PRINTED_BASE, base);
}

/** An answer as it is compared: how columns are lined up is each language's own affair. */
export function plain(answer: string): string {
  return answer
    .trim()
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .join('\n');
}

/** The document with other answers: what `printed` gives for a question's title, where it gives anything. */
export function withAnswers(markdown: string, printed: (title: string) => string | undefined): string {
  return markdown
    .split(/^(?=## )/m)
    .map((section) => {
      const answer = printed(/^## (.*)$/m.exec(section)?.[1] ?? '');
      if (answer === undefined) return section;
      return section.replace(/^```text\n[\s\S]*?^```$/m, () => `\`\`\`text\n${answer.trimEnd()}\n\`\`\``);
    })
    .join('');
}
