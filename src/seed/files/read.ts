import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type Document, isMap, isNode, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { closest } from '../../domain/spelling.ts';
import {
  type SeedActor,
  type SeedCitation,
  type SeedClaim,
  type SeedDataset,
  type SeedEvent,
  type SeedException,
  type SeedFile,
  type SeedRetired,
  type SeedSource,
  type SeedStatement,
  type SeedTopic,
  seedFile,
} from './format.ts';
import { DatasetError, type Mistake } from './mistakes.ts';

/** A citation whose source is spelled out. */
export type Citation = SeedCitation & { source: string };
/** A record with every citation's source spelled out. */
type Cited<T> = Omit<T, 'citations'> & { citations: Citation[] };

export type Actor = Omit<SeedActor, 'aliases' | 'affiliations'> & {
  aliases: { name: string; sources: string[] }[];
  affiliations: Cited<NonNullable<SeedActor['affiliations']>[number]>[];
};
export type Event = Cited<SeedEvent>;
export type Statement = Cited<SeedStatement>;
export type Claim = Omit<SeedClaim, 'positions' | 'contradicts'> & {
  contradicts: string[];
  positions: Cited<SeedClaim['positions'][number]>[];
};

/** A dataset as its files describe it, valid in itself apart from references between records. */
export interface Dataset {
  dataset: SeedDataset;
  sources: SeedSource[];
  topics: SeedTopic[];
  actors: Actor[];
  events: Event[];
  statements: Statement[];
  claims: Claim[];
  retired: SeedRetired[];
  /** Words that verification passes over. Not loaded. */
  exceptions: SeedException[];
  /** Where in the files a record (or a part of it, by path) stands. */
  locate(record: object, path?: readonly PropertyKey[]): Pick<Mistake, 'file' | 'line' | 'record'>;
}

const SECTIONS = {
  sources: 'source',
  topics: 'topic',
  actors: 'actor',
  events: 'event',
  statements: 'statement',
  claims: 'claim',
  retired: 'retired id',
} as const;
type Section = keyof typeof SECTIONS;

/**
 * Reads the dataset files at a path: a folder (with those below it) of `.yaml` files, or one file.
 * Throws a DatasetError that lists every mistake of form in every file.
 */
export function readDataset(path: string): Dataset {
  const mistakes: Mistake[] = [];
  const parsed = filesAt(path).flatMap((file) => parseFile(file, mistakes) ?? []);
  const heads = parsed.filter(({ content }) => content.dataset);
  if (heads.length > 1) {
    for (const { file, lineOf } of heads.slice(1)) {
      mistakes.push({
        file,
        line: lineOf(['dataset']),
        record: null,
        message: `the dataset is already described in ${heads[0]?.file}: keep one description`,
      });
    }
  }
  if (mistakes.length > 0) throw new DatasetError(mistakes);
  const dataset = heads[0]?.content.dataset;
  if (!dataset) {
    throw new DatasetError([
      {
        file: path,
        line: 0,
        record: null,
        message: 'no file has a `dataset:` section, which names the dataset',
      },
    ]);
  }

  const places = new Map<object, { file: ParsedFile; path: PropertyKey[]; label: string }>();
  const collect = <S extends Section, T extends object>(
    section: S,
    complete: (record: NonNullable<SeedFile[S]>[number], source: string | undefined) => T,
  ): T[] =>
    parsed.flatMap((file) =>
      (file.content[section] ?? []).map((record, index) => {
        const completed = complete(record, file.content.source);
        places.set(completed, { file, path: [section, index], label: `${SECTIONS[section]} ${record.id}` });
        return completed;
      }),
    );

  const result: Dataset = {
    dataset,
    sources: collect('sources', (source) => source),
    topics: collect('topics', (topic) => topic),
    actors: collect('actors', (actor, source) => ({
      ...actor,
      aliases: (actor.aliases ?? []).map(({ name, sources }) => ({
        name,
        sources: sources ?? [source ?? ''],
      })),
      affiliations: (actor.affiliations ?? []).map((affiliation) => cited(affiliation, source)),
    })),
    events: collect('events', (event, source) => cited(event, source)),
    statements: collect('statements', (statement, source) => cited(statement, source)),
    claims: collect('claims', (claim, source) => ({
      ...claim,
      contradicts: claim.contradicts ?? [],
      positions: claim.positions.map((position) => cited(position, source)),
    })),
    retired: collect('retired', (retired) => retired),
    exceptions: parsed.flatMap((file) => file.content.exceptions ?? []),
    locate(record, path = []) {
      const place = places.get(record);
      if (!place) return { file: '', line: 0, record: null };
      return {
        file: place.file.file,
        line: place.file.lineOf([...place.path, ...path]),
        record: place.label,
      };
    },
  };
  return result;
}

function cited<T extends { citations: SeedCitation[] }>(record: T, source: string | undefined): Cited<T> {
  // A missing source is reported with the references (`check.ts`), as the empty id.
  return {
    ...record,
    citations: record.citations.map((citation) => ({ ...citation, source: citation.source ?? source ?? '' })),
  };
}

interface ParsedFile {
  file: string;
  content: SeedFile;
  lineOf: (path: readonly PropertyKey[]) => number;
}

function filesAt(path: string): string[] {
  let names: string[];
  try {
    names = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.ya?ml$/.test(name))
          .sort()
          .map((name) => join(path, name))
      : [path];
  } catch {
    throw new DatasetError([
      {
        file: path,
        line: 0,
        record: null,
        message: 'no such file or folder: name a folder of dataset files',
      },
    ]);
  }
  if (names.length === 0) {
    throw new DatasetError([
      { file: path, line: 0, record: null, message: 'the folder holds no .yaml files' },
    ]);
  }
  return names;
}

function parseFile(path: string, mistakes: Mistake[]): ParsedFile | undefined {
  const file = relative('.', path) || basename(path);
  const lines = new LineCounter();
  let text: string;
  try {
    text = new TextDecoder('utf8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const message = error instanceof TypeError ? 'is not UTF-8 text' : 'cannot be read';
    mistakes.push({ file, line: 0, record: null, message });
    return undefined;
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const error of document.errors) {
    mistakes.push({ file, line: lines.linePos(error.pos[0]).line, record: null, message: error.message });
  }
  if (document.errors.length > 0) return undefined;

  const lineOf = (at: readonly PropertyKey[]): number => {
    const offset = offsetOf(document, at);
    return offset === undefined ? 1 : lines.linePos(offset).line;
  };
  const result = seedFile.safeParse(document.toJS() ?? {});
  if (result.success) return { file, content: result.data, lineOf };
  for (const issue of result.error.issues) mistakes.push(...mistakesOf(issue, file, document, lineOf));
  return undefined;
}

/** The mistakes a zod issue amounts to: one for each unknown key, else one. */
function mistakesOf(
  issue: z.core.$ZodIssue,
  file: string,
  document: Document,
  lineOf: (path: readonly PropertyKey[]) => number,
): Mistake[] {
  const record = recordAt(document, issue.path);
  const field = fieldName(issue.path, record === null ? 0 : 2);
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

function recordAt(document: Document, path: readonly PropertyKey[]): string | null {
  const [section, index] = path;
  if (typeof section !== 'string' || !(section in SECTIONS) || typeof index !== 'number') return null;
  const id = document.getIn([section, index, 'id']);
  return `${SECTIONS[section as Section]} ${typeof id === 'string' ? id : `number ${index + 1} (without an id)`}`;
}

function fieldName(path: readonly PropertyKey[], skip: number): string {
  return path
    .slice(skip)
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function valueAt(document: Document, path: readonly PropertyKey[]): unknown {
  const node = document.getIn(path, true);
  return isNode(node) ? node.toJS(document) : node;
}

/** Where in the file a value stands: its key if it has one, else the nearest thing around it that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => String((item.key as { value?: unknown })?.value) === path[length - 1],
      );
      if (isNode(pair?.key)) return pair.key.range?.[0];
    } else {
      const node = document.getIn(path.slice(0, length), true) as Node | undefined;
      if (isNode(node)) return node.range?.[0];
    }
  }
  return document.contents?.range?.[0];
}

/** Every citation of a dataset. */
export function allCitations(data: Dataset): Citation[] {
  return [
    ...data.actors.flatMap((actor) => actor.affiliations.flatMap((affiliation) => affiliation.citations)),
    ...data.events.flatMap((event) => event.citations),
    ...data.statements.flatMap((statement) => statement.citations),
    ...data.claims.flatMap((claim) => claim.positions.flatMap((position) => position.citations)),
  ];
}
