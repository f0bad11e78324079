import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countryOf, stateActor } from '../../src/import/countries.ts';
import { formats } from '../../src/import/formats.ts';
import { importFiles, type Reject } from '../../src/import/run.ts';
import { startApp, type TestApp } from '../support/store.ts';

// Real files of providers, in the folder DATA_DIR: what is loaded must be what other programs count in them.

const folder = process.env.DATA_DIR;
/** Rows of ICEWS that are imported: the whole year, which takes a minute, only by night. */
const ROWS = process.env.NIGHTLY === '1' ? Number.POSITIVE_INFINITY : 4_000;

if (folder === undefined)
  console.log('Importers are not compared with real data: set DATA_DIR to the folder that has it.');

describe.skipIf(folder === undefined)('real data', () => {
  const file = (name: string): string => join(folder ?? '', name);
  let started: TestApp;
  beforeEach(async () => {
    started = await startApp('bundled');
  });
  afterEach(() => started.close());

  async function load(format: keyof typeof formats, path: string) {
    const rejects: string[] = [];
    const onReject = ({ line, reason }: Reject) => rejects.push(`${line}: ${reason}`);
    const summary = await importFiles(started.store, [path], {
      format: formats[format],
      dataset: 'data',
      onReject,
    });
    return { ...summary, rejects };
  }

  /** All events of the dataset, from the export. */
  async function events() {
    const { body } = await started.app.inject({ url: '/v1/events?dataset=data&format=ndjson' });
    return body
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  /** How many events have each value. */
  function counts<T>(items: readonly T[], valuesOf: (item: T) => Iterable<string>): Record<string, number> {
    const found: Record<string, number> = {};
    for (const item of items)
      for (const value of new Set(valuesOf(item))) found[value] = (found[value] ?? 0) + 1;
    return found;
  }

  /** What awk counts in a tab-separated file: lines by the values that a program puts into the array `n`. */
  function awk(program: string, lines: string): Record<string, number> {
    const output = execFileSync('awk', ['-F', '\t', `${program} END { for (k in n) print k "\\t" n[k] }`], {
      input: lines,
      maxBuffer: 1e9,
    });
    return Object.fromEntries(
      output
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => [
          line.slice(0, line.lastIndexOf('\t')),
          Number(line.slice(line.lastIndexOf('\t') + 1)),
        ]),
    );
  }

  /** The sum of the counts of values that have one name here. */
  function renamed(found: Record<string, number>, rename: (value: string) => string): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const [value, count] of Object.entries(found))
      sums[rename(value)] = (sums[rename(value)] ?? 0) + count;
    return sums;
  }

  test('ICEWS of 2014: events by year, actor and type are as many as awk counts', {
    timeout: 900_000,
  }, async () => {
    const lines = gunzipSync(readFileSync(file('icews14.tsv.gz')))
      .toString()
      .split('\n')
      .slice(0, ROWS + 1);
    const path = join(process.env.TMPDIR ?? '/tmp', `attest-icews-${process.pid}.tsv`);
    writeFileSync(path, lines.join('\n'));
    const { loaded, rejects, read } = await load('icews', path);
    rmSync(path);
    const rows = lines.slice(1).filter((line) => line !== '');
    expect([read, loaded, rejects]).toEqual([rows.length, rows.length, []]);
    const [all, text] = [await events(), rows.join('\n')];

    expect(counts(all, ({ date }) => [date.edtf.slice(0, 4)])).toEqual(
      awk('{ n[substr($1, 1, 4)]++ }', text),
    );
    const actors = counts(all, ({ participants }) =>
      participants.map(({ actor }: { actor: { name: string } }) => actor.name),
    );
    // Some names have a space or a byte order mark at an end.
    const nameHere = (given: string): string => {
      const name = given.trim();
      const code = name.includes('(') ? undefined : countryOf(name);
      return code === undefined ? name : stateActor(code).name;
    };
    expect(actors).toEqual(renamed(awk('{ n[$2]++; if ($4 != $2) n[$4]++ }', text), nameHere));
    const types = counts(all, ({ topics }) => [topics[0].label.toLowerCase()]);
    expect(types).toEqual(awk('{ n[tolower($3)]++ }', text));

    const table: { name: string; type: string }[] = parse(readFileSync('src/import/formats/cameo.csv'), {
      columns: true,
    });
    const plover = new Map(table.map(({ name, type }) => [name.toLowerCase(), type || 'none']));
    expect(counts(all, ({ type }) => [type ?? 'none'])).toEqual(
      renamed(awk('{ n[tolower($3)]++ }', text), (name) => plover.get(name) ?? ''),
    );
  });

  test('the sample of UCDP: events by year, side, type and deaths; what is rejected is rejected rightly', async () => {
    const path = file('ucdp-ged-sample.csv');
    const { loaded, rejects, read } = await load('ucdp', path);
    const rows: Record<string, string>[] = parse(readFileSync(path), { columns: true });
    const sound = rows.filter(({ low, high }) => Number(low) <= Number(high));
    expect([read, loaded]).toEqual([rows.length, sound.length]);
    expect(rejects).toHaveLength(rows.length - sound.length);
    for (const reject of rejects) expect(reject).toMatch(/^\d+: low \d+ is greater than high \d+$/);
    const all = await events();
    const yearOf = (day = ''): string => day.slice(0, 4);
    expect(counts(all, ({ date }) => [yearOf(date.earliest)])).toEqual(
      counts(sound, ({ date_start }) => [yearOf(date_start)]),
    );
    expect(
      counts(all, ({ participants }) => participants.map(({ actor }: { actor: { id: string } }) => actor.id)),
    ).toEqual(
      counts(sound, ({ side_a_new_id, side_b_new_id }) => [
        `ucdp-actor-${side_a_new_id}`,
        `ucdp-actor-${side_b_new_id}`,
      ]),
    );
    const types = ['', 'ucdp-state-based-violence', 'ucdp-non-state-violence', 'ucdp-one-sided-violence'];
    expect(counts(all, ({ topics }) => [topics[0].id])).toEqual(
      counts(sound, ({ type_of_violence }) => [types[Number(type_of_violence)] ?? '']),
    );
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    expect(sum(all.map(({ figures }) => figures[0].value))).toBe(sum(sound.map(({ best }) => Number(best))));
  });

  test('the sample of GDELT: events by day, code, actor and country are as many as awk counts', async () => {
    const path = file('gdelt-events-sample.CSV');
    const text = readFileSync(path, 'utf8');
    expect(await load('gdelt', path)).toMatchObject({ read: 1_000, loaded: 1_000, rejects: [] });
    const all = await events();
    expect(counts(all, ({ date }) => [date.edtf.replaceAll('-', '')])).toEqual(awk('{ n[$2]++ }', text));
    expect(counts(all, ({ topics }) => [topics[0].id.slice('cameo-'.length)])).toEqual(
      awk('{ n[$27]++ }', text),
    );
    expect(counts(all, ({ citations }) => [citations[0].document.url])).toEqual(awk('{ n[$61]++ }', text));
    expect(counts(all, ({ place }) => [place?.name ?? ''])).toEqual(awk('{ n[$53]++ }', text));
    const has = (role: string) =>
      all.filter(({ participants }) => participants.some((each: { role: string }) => each.role === role))
        .length;
    expect({ initiator: has('initiator'), recipient: has('recipient') }).toEqual(
      awk('$6 != "" { n["initiator"]++ } $16 != "" { n["recipient"]++ }', text),
    );
    const mentions = await load('gdelt-mentions', file('gdelt-mentions-sample.csv'));
    // They are of other days, and a few are there twice.
    expect([mentions.read, mentions.loaded]).toEqual([399, 0]);
    for (const reject of mentions.rejects)
      expect(reject).toMatch(/has no event data-\d+ that|repeats a mention/);
    // Beneath a state is each of its bodies, and what is named beneath those.
    const states = awk('{ if ($8 == "USA" || $18 == "USA") n["USA"]++ }', text);
    const { total } = (await started.get('/v1/events?dataset=data&actor=united-states&count=true&limit=1'))
      .body;
    expect(total).toBe(states.USA);
  });
});
