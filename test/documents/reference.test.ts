import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemTypes } from '../../src/http/problems/types.ts';
import { startApp, type TestApp } from '../support/store.ts';

// docs/reference.md lists every route, parameter, word, format, header, status and type of problem that is served, and
// no other.

interface Parameter {
  name: string;
  in: string;
  schema: { enum?: string[]; pattern?: string; items?: { pattern?: string } };
}
interface Operation {
  parameters?: Parameter[];
  responses: Record<string, { headers: object; content?: object }>;
}

const reference = readFileSync('docs/reference.md', 'utf8');

let server: TestApp;
let operations: [route: string, operation: Operation][];
beforeAll(async () => {
  server = await startApp();
  const { body } = await server.get('/openapi.json');
  operations = Object.entries(body.paths as Record<string, { get: Operation }>).map(([route, { get }]) => [
    route,
    get,
  ]);
});
afterAll(() => server.close());

const codeWords = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort();

/** The section under a heading, down to the next one. */
function section(heading: string): string {
  const [, text = ''] = reference.split(`\n${heading}\n`);
  return text.split(/^##+ /m)[0] ?? '';
}

/** The rows of a section's table, without its head. */
const rows = (text: string): string[][] =>
  [...text.matchAll(/^\| (.*) \|$/gm)].slice(2).map(([, row = '']) => row.split(' | '));

/** What a section lists under a label. */
const listed = (text: string, label: string): string[] =>
  codeWords(new RegExp(`^- \\*\\*${label}:\\*\\* (.*)$`, 'm').exec(text)?.[1] ?? '');

const described = (): string[] => [...reference.matchAll(/^### `(.*)`$/gm)].map(([, route = '']) => route);
const parametersIn = (text: string): string[] => rows(text).flatMap(([names = '']) => codeWords(names));

/** All routes that the server has, patterns as the document writes them; without the files that a page loads. */
function servedRoutes(): string[] {
  const path: string[] = [];
  const served: string[] = [];
  for (const line of server.app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+) \((.*)\)$/.exec(line) ?? [];
    path.length = indent.length / 4;
    path.push(part);
    if (methods.includes('GET')) served.push(path.join('').replace(/:(\w+)/g, '{$1}'));
  }
  return sorted(
    served
      .filter((route) => !route.startsWith('/docs/'))
      .map((route) => route.replace(/^\/problems\/.*/, '/problems/{type}')),
  );
}

test('every route is described, and no other; in the table of all routes too', () => {
  const routes = operations.map(([route]) => route);
  expect(sorted(described())).toEqual(sorted(routes));
  const others = parametersIn(section('## The server itself'));
  expect(sorted([...described(), ...others])).toEqual(servedRoutes());
  const named = rows(section('## All routes')).flatMap(([names = '']) => codeWords(names));
  expect(sorted(named)).toEqual(servedRoutes());
});

test('every parameter is in the table of all parameters, and no other', () => {
  const all = operations.flatMap(([, { parameters = [] }]) =>
    parameters.filter((each) => each.in === 'query'),
  );
  expect(sorted(parametersIn(section('### Filters')))).toEqual(sorted(all.map(({ name }) => name)));
});

test('every parameter of every route is described there, and no other', () => {
  const pairs = operations.flatMap(([route, { parameters = [] }]) =>
    parameters.map(({ name }) => `${route} ${name}`),
  );
  const inReference = described().flatMap((route) =>
    parametersIn(section(`### \`${route}\``)).map((name) => `${route} ${name}`),
  );
  // Twice in one table would be a mistake as well.
  expect(inReference.sort()).toEqual(pairs.sort());
});

/** The words that a parameter takes, where they are a closed list. */
function wordsOf({ schema }: Parameter): string[] {
  const pattern = schema.pattern ?? schema.items?.pattern ?? '';
  return schema.enum ?? /^\^\(([\w|-]+)\)/.exec(pattern)?.[1]?.split('|') ?? [];
}

test('where the words of a parameter are listed, they are all of its words and no others', () => {
  let lists = 0;
  for (const [route, { parameters = [] }] of operations) {
    const names = parameters.map(({ name }) => name);
    for (const [cell = '', meaning = ''] of rows(section(`### \`${route}\``))) {
      const [name, ...more] = codeWords(cell);
      const parameter = parameters.find((candidate) => candidate.name === name);
      const words = parameter ? wordsOf(parameter) : [];
      const written = codeWords(meaning);
      if (more.length > 0 || !written.some((word) => words.includes(word))) continue;
      lists += 1;
      const foreign = written.filter((word) => !names.includes(word) || words.includes(word));
      expect([route, name, sorted(foreign)]).toEqual([route, name, sorted(words)]);
    }
  }
  expect(lists).toBeGreaterThan(20);
});

test('every format of every route is described, and no other', () => {
  const media = new Map(
    rows(section('### Formats')).map(([format = '', type = '']) => [
      codeWords(format)[0],
      codeWords(type)[0],
    ]),
  );
  for (const [route, { responses }] of operations) {
    const formats = listed(section(`### \`${route}\``), 'Formats').map(
      (format) => media.get(format) ?? format,
    );
    expect([route, sorted(formats)]).toEqual([route, sorted(Object.keys(responses[200]?.content ?? {}))]);
  }
  const served = operations.flatMap(([, { responses }]) => Object.keys(responses[200]?.content ?? {}));
  expect(sorted([...media.values()].map(String))).toEqual(sorted(served));
});

describe('headers and statuses', () => {
  const table = (heading: string): { name: string; on: string }[] =>
    rows(section(heading)).map(([name = '', on = '']) => ({ name: codeWords(name)[0] ?? '', on }));

  test('every status of every route is described, and no other', () => {
    const statuses = table('### Statuses');
    for (const [route, { responses }] of operations) {
      const own = listed(section(`### \`${route}\``), 'Statuses');
      const common = statuses.filter(({ on }) => on === 'every route').map(({ name }) => name);
      expect([route, sorted([...common, ...own])]).toEqual([route, sorted(Object.keys(responses))]);
      expect(own.filter((status) => !statuses.some(({ name }) => name === status))).toEqual([]);
    }
  });

  test('every header of every response is described, and no other', () => {
    const headers = table('### Headers');
    for (const [route, { responses }] of operations) {
      const own = listed(section(`### \`${route}\``), 'Headers');
      for (const [status, response] of Object.entries(responses)) {
        const here = headers.filter(({ name, on }) =>
          on.endsWith('where named')
            ? codeWords(on).includes(status) && own.includes(name)
            : on === 'every answer' || codeWords(on).includes(status),
        );
        const where = `${route} ${status}`;
        expect([where, sorted(here.map(({ name }) => name))]).toEqual([
          where,
          sorted(Object.keys(response.headers)),
        ]);
      }
      expect(own.filter((header) => !headers.some(({ name }) => name === header))).toEqual([]);
    }
  });
});

test('every type of problem is described with its status, and no other', () => {
  const inReference = rows(section('### Problems')).map(
    ([type = '', status = '']) => `${codeWords(type)[0]} ${status}`,
  );
  const types = Object.entries(problemTypes).map(([type, { status }]) => `${type} ${status}`);
  expect(inReference.sort()).toEqual(types.sort());
});

test('every link from one page to another, or within one, leads somewhere', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((name) => `docs/${name}`)];
  const anchorsOf = (page: string): string[] =>
    [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
  let links = 0;
  for (const page of pages.filter((name) => name.endsWith('.md'))) {
    for (const [, path = '', anchor] of readFileSync(page, 'utf8').matchAll(
      /\]\((?!http)([^)#]*)(?:#([^)]+))?\)/g,
    )) {
      const target = path === '' ? page : join(dirname(page), path);
      const leads = existsSync(target) && (anchor === undefined || anchorsOf(target).includes(anchor));
      expect([page, path, anchor, leads]).toEqual([page, path, anchor, true]);
      links += 1;
    }
  }
  expect(links).toBeGreaterThan(30);
});
