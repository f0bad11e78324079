import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { type Alias, type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { closest } from '../../domain/spelling.ts';
import { type SeedFile, seedFile, seedKinds } from '../files/format.ts';
import { fieldName, type Mistake, mistakeOfFile, type Path } from '../files/mistakes.ts';
import { kinds } from '../kinds.ts';

const LABELS = new Map<unknown, string>([
  ...seedKinds.map((kind) => [kinds[kind].section, kind] as const),
  ['retired', 'retired id'],
]);

/** What a mistake calls a record of a section; undefined for what is no list of records. */
export function labelOf(section: unknown): string | undefined {
  return LABELS.get(section);
}

/** A dataset file that has the right form. */
export interface ParsedFile {
  file: string;
  content: SeedFile;
  /** The line of the value at a path from the top of the file, or of the nearest thing around it. */
  lineOf: (path: Path) => number;
}

/** Reads one dataset file. Adds to `mistakes` whatever is wrong with its form, and then returns undefined. */
export function parseFile(path: string, mistakes: Mistake[]): ParsedFile | undefined {
  const file = relative('.', path) || basename(path);
  const lines = new LineCounter();
  let text: string;
  try {
    text = new TextDecoder('utf8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const message = error instanceof TypeError ? 'is not UTF-8 text' : 'cannot be read';
    mistakes.push(mistakeOfFile(file, message));
    return undefined;
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const error of document.errors) {
    mistakes.push({ file, line: lines.linePos(error.pos[0]).line, record: null, message: error.message });
  }
  if (document.errors.length > 0) return undefined;

  const lineOf = (at: Path): number => {
    const offset = offsetOf(document, at);
    return offset === undefined ? 1 : lines.linePos(offset).line;
  };
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    mistakes.push(mistakeOfAliases(file, document, lines));
    return undefined;
  }
  const result = seedFile.safeParse(value ?? {});
  if (result.success) return { file, content: result.data, lineOf };
  for (const issue of result.error.issues) mistakes.push(...mistakesOf(issue, file, document, lineOf));
  return undefined;
}

/** What is wrong with the aliases of a file that has no value because of them: an unknown anchor, or too many aliases. */
function mistakeOfAliases(file: string, document: Document, lines: LineCounter): Mistake {
  const aliases: Alias[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      aliases.push(alias);
    },
  });
  const unknown = aliases.find((alias) => alias.resolve(document) === undefined);
  const line = lines.linePos((unknown ?? aliases[0])?.range?.[0] ?? 0).line;
  const message = unknown
    ? `there is no anchor &${unknown.source} before *${unknown.source} in this file: add it, or write the value out`
    : 'the aliases of this file expand to too much, or to themselves: write the values out';
  return { file, line, record: null, message };
}

/** The mistakes a zod issue amounts to: one for each unknown key, else one. */
function mistakesOf(
  issue: z.core.$ZodIssue,
  file: string,
  document: Document,
  lineOf: (path: Path) => number,
): Mistake[] {
  const record = recordAt(document, issue.path);
  const field = fieldName(issue.path.slice(record === null ? 0 : 2));
  const at = (path: PropertyKey[], message: string): Mistake => ({
    file,
    line: lineOf(path),
    record,
    message: [field, message].filter((part) => part !== '').join(': '),
  });
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => at([...issue.path, key], `unknown field "${key}"`));
  }
  if (issue.code === 'invalid_value') {
    const given = valueAt(document, issue.path);
    const words = issue.values.map(String);
    if (given === undefined) return [at(issue.path, `is missing: expected one of ${words.join(', ')}`)];
    const meant = closest(describe(given), words);
    return [
      at(
        issue.path,
        `${describe(given)} is not one of ${words.join(', ')}${meant ? ` (did you mean ${meant}?)` : ''}`,
      ),
    ];
  }
  if (issue.code === 'invalid_type') {
    const given = valueAt(document, issue.path);
    if (given === undefined) return [at(issue.path, `is missing: expected ${issue.expected}`)];
    const hint =
      typeof given === 'number' && issue.expected === 'string' ? ': put it in quotation marks' : '';
    return [at(issue.path, `expected ${issue.expected}, found ${describe(given)}${hint}`)];
  }
  return [at(issue.path, issue.message)];
}

function describe(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value);
}

function recordAt(document: Document, path: Path): string | null {
  const [section, index] = path;
  const label = labelOf(section);
  if (label === undefined || typeof index !== 'number') return null;
  const id = document.getIn([section, index, 'id']);
  return `${label} ${typeof id === 'string' ? id : `number ${index + 1} (without an id)`}`;
}

function valueAt(document: Document, path: Path): unknown {
  const node = document.getIn(path, true);
  return isNode(node) ? node.toJS(document) : node;
}

/** The offset of a value in the file: of its key if it has one, else of the nearest value around it that exists. */
function offsetOf(document: Document, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === path[length - 1]);
      if (isNode(pair?.key)) return pair.key.range?.[0];
    } else {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node)) return node.range?.[0];
    }
  }
  return document.contents?.range?.[0];
}
