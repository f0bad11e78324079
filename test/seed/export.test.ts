import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/openStore.ts';
import { tables } from '../../src/db/tables.ts';
import { DatasetError } from '../../src/seed/files/mistakes.ts';
import { loadDataset } from '../../src/seed/load/load.ts';
import { type ExportedLine, readExport } from '../../src/seed/read/export.ts';
import { run } from '../support/process.ts';
import { cite, event, world } from '../support/records.ts';
import { startApp, type TestApp, temporaryFolder } from '../support/store.ts';

// A store is rebuilt from what it exports.

const EXPORTS = ['sources', 'actors', 'events', 'statements', 'claims'].map(
  (name) => `/v1/${name}?format=ndjson`,
);

/** What a user downloads of a dataset, by path. */
async function exported({ app }: TestApp, dataset: string): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  let next: string | undefined = '/v1/topics?limit=200&sort=id';
  for (const path of [`/v1/datasets/${dataset}`, ...EXPORTS]) answers[path] = (await app.inject(path)).body;
  while (next !== undefined) {
    const { body, headers }: { body: string; headers: { link?: unknown } } = await app.inject(next);
    answers[next] = body;
    next = /<[^>]*?(\/v1\/[^>]*)>; rel="next"/.exec(
      typeof headers.link === 'string' ? headers.link : '',
    )?.[1];
  }
  return answers;
}

async function* linesOf(answers: Record<string, string>): AsyncGenerator<ExportedLine> {
  for (const [file, body] of Object.entries(answers))
    for (const [index, text] of body.split('\n').entries())
      if (text !== '') yield { file, line: index + 1, text };
}

const hashOf = async ({ store }: TestApp, id: string) =>
  (await store.db.select().from(tables.datasets)).find((dataset) => dataset.id === id)?.contentHash;

test('the bundled dataset is rebuilt to the same content hash, and the same answers', async () => {
  const [first, second] = [await startApp('bundled'), await startApp()];
  try {
    const answers = await exported(first, 'cambodia-us');
    const { data, passages } = await readExport('cambodia-us', linesOf(answers));
    await loadDataset(second.store, data, { passages });
    expect(await hashOf(second, 'cambodia-us')).toBe(await hashOf(first, 'cambodia-us'));
    const rebuilt = await exported(second, 'cambodia-us');
    for (const path of [...EXPORTS, '/v1/topics?limit=200&sort=id'])
      expect(rebuilt[path] === answers[path], path).toBe(true);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});

test('the command rebuilds a store from files, compressed ones too', async ({ skip }) => {
  skip(process.env.TEST_POSTGRES_URL !== undefined, 'starts with SQLite');
  const folder = temporaryFolder();
  const started = await startApp('bundled');
  try {
    const files = Object.values(await exported(started, 'cambodia-us')).map((body, index) => {
      const path = join(folder.path, `${index}.ndjson.gz`);
      writeFileSync(path, gzipSync(body));
      return path;
    });
    const url = `file:${folder.path}/attest.db`;
    const args = ['--format', 'attest', '--dataset', 'cambodia-us'];
    const { exited, output } = run('src/cli/import.ts', [...args, ...files], { DATABASE_URL: url });
    expect([await exited, output()]).toEqual([0, expect.stringMatching(/^cambodia-us \d+\.\d+\.\d+\n/)]);
    const store = await openStore(url);
    const [dataset] = await store.db.select().from(tables.datasets);
    await store.close();
    expect(dataset?.contentHash).toBe(await hashOf(started, 'cambodia-us'));
    const refused = run('src/cli/import.ts', [...args, '--replace', ...files], { DATABASE_URL: url });
    expect([await refused.exited, refused.output()]).toEqual([
      1,
      expect.stringContaining('an export is read as it is'),
    ]);
  } finally {
    await started.close();
    folder.remove();
  }
});

test('only the dataset that is asked for is read, and mistakes have their line', async () => {
  const started = await startApp(
    world({ events: [event('summit'), event('visit', { citations: [cite('daily')] })] }),
  );
  try {
    const answers = await exported(started, 'world');
    const { data } = await readExport('world', linesOf(answers));
    expect(data.records.event.map(({ id }) => id).sort()).toEqual(['summit', 'visit']);
    const faults = async (lines: string[], dataset = 'world') => {
      async function* given(): AsyncGenerator<ExportedLine> {
        yield* linesOf(answers);
        for (const [index, text] of lines.entries()) yield { file: 'more.ndjson', line: index + 1, text };
      }
      return readExport(dataset, given()).then(
        () => [],
        (error: unknown) =>
          error instanceof DatasetError
            ? error.mistakes.map(({ line, message }) => `${line}: ${message}`)
            : [error],
      );
    };
    expect(await faults(['{', '{"id":"x"}', '{"id":"y","participants":[]}'])).toEqual([
      expect.stringMatching(/^1: is not JSON/),
      '2: is no record of an export',
      '3: is no whole event: export all fields, without asOf',
    ]);
    expect(await faults([], 'other')).toEqual([
      '0: no line describes the dataset other: add the answer of /v1/datasets/other',
    ]);
  } finally {
    await started.close();
  }
});
