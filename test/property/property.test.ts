import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { DIMENSIONS } from './oracle/analysis.ts';
import { weighed } from './oracle/asOf.ts';
import { awkwardWorlds } from './oracle/awkward.ts';
import { type Bench, startBench } from './oracle/bench.ts';
import { CHECKS, understood } from './oracle/checks.ts';
import { rangeOf } from './oracle/days.ts';
import { type Draw, drawsFrom } from './oracle/draws.ts';
import { LISTINGS } from './oracle/expected.ts';
import { FILTERS } from './oracle/filters.ts';
import { hold } from './oracle/hold.ts';
import { mangledFrom } from './oracle/mangle.ts';
import { probed } from './oracle/probes.ts';
import { FILTERED } from './oracle/verdict.ts';

// Requests drawn from the OpenAPI document, valid and mangled, each answer held against the document and
// against what plain loops over the full export make of it. A run is repeated with its PROPERTY_SEED.

const DRAWS = Number(process.env.PROPERTY_DRAWS ?? 2000);
const SEED = Number(process.env.PROPERTY_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Milliseconds that one draw may take at most on the slowest machine, its probes included. */
const PATIENCE = 100;

const awkward = awkwardWorlds(SEED);
const stores = {
  'the bundled dataset': () => startBench(['bundled'], readDataset(BUNDLED_DATASET).retired),
  'awkward datasets': () => startBench(awkward.datasets, awkward.retired),
};

describe.each(Object.entries(stores))(`%s, with PROPERTY_SEED=${SEED}`, (_name, start) => {
  let bench: Bench;
  let draws: fc.Arbitrary<Draw>;
  beforeAll(async () => {
    bench = await start();
    draws = drawsFrom(bench);
  });
  afterAll(() => bench.server.close());

  const check = <T>(property: fc.IAsyncProperty<[T]>, share: number): Promise<void> =>
    fc.assert(property, {
      seed: SEED,
      numRuns: Math.ceil(DRAWS * share),
    });

  test('every operation and parameter of the document has its oracle, and no oracle is in vain', () => {
    const { operations } = bench.contract;
    expect(Object.keys(CHECKS).sort()).toEqual(operations.map(({ id }) => id).sort());
    const used = new Set<string>();
    for (const { id, parameters } of operations) {
      const lists = id === 'getTimeline' ? (['events', 'statements'] as const) : [FILTERED[id] ?? 'datasets'];
      for (const { name } of parameters.filter((parameter) => parameter.in === 'query')) {
        const own = lists.filter((list) => name in FILTERS[list]);
        for (const list of own) used.add(`${list}.${name}`);
        expect([id, name, own.length > 0 || understood(id).includes(name)]).toEqual([id, name, true]);
      }
    }
    const known = Object.entries(FILTERS).flatMap(([list, filters]) =>
      Object.keys(filters).map((name) => `${list}.${name}`),
    );
    expect([...used].sort()).toEqual(known.sort());
    const by = bench.contract.operation('getTimeline').parameters.find(({ name }) => name === 'by');
    expect([...(by?.schema.enum ?? [])].sort()).toEqual([...DIMENSIONS].sort());
    const paged = operations.filter(({ responses }) => responses[200]?.headers.Link);
    expect(Object.keys(LISTINGS).sort()).toEqual(paged.map(({ id }) => id).sort());
  });

  test('the export itself is sound: days of dates, standings of claims, counts of datasets', () => {
    const { events, statements, claims, sources, actors, datasets } = bench.world;
    const dates = [
      ...events.map(({ date }) => date),
      ...statements.map(({ said }) => said),
      ...sources.map(({ published }) => published),
      ...claims.flatMap(({ positions }) => positions.map(({ since }) => since)),
      ...actors.flatMap(({ affiliations }) => affiliations.map(({ during }) => during)),
    ];
    for (const { edtf, ...days } of dates)
      expect([edtf, days]).toEqual([
        edtf,
        { ...rangeOf(edtf), period: edtf.includes('/'), approximate: /[~?%]/.test(edtf) },
      ]);
    for (const claim of claims) expect(claim).toMatchObject(weighed(claim, claims, bench.world));
    for (const { id, counts, coverage } of datasets) {
      const own = <T extends { dataset: { id: string } }>(records: readonly T[]): T[] =>
        records.filter(({ dataset }) => dataset.id === id);
      expect(counts).toEqual({
        sources: own(sources).length,
        events: own(events).length,
        statements: own(statements).length,
        claims: own(claims).length,
      });
      const covered = (days: { earliest: string | null; latest: string | null }[]) => ({
        earliest: days.flatMap(({ earliest }) => earliest ?? []).sort()[0] ?? null,
        latest:
          days
            .flatMap(({ latest }) => latest ?? [])
            .sort()
            .at(-1) ?? null,
      });
      expect(coverage).toEqual({
        events: covered(own(events).map(({ date }) => date)),
        sources: covered(own(sources).map(({ published }) => published)),
      });
    }
  });

  test(
    'valid requests are answered with what the export says',
    async () => {
      await check(
        fc.asyncProperty(draws, async (draw) => {
          const answer = await hold(bench, { method: 'GET', url: draw.url, headers: {} });
          if (answer.status === 200) await probed(bench, draw, answer);
        }),
        0.3,
      );
    },
    DRAWS * PATIENCE,
  );

  test(
    'mangled requests are refused as the document says, or answered as if they were not mangled',
    async () => {
      await check(
        fc.asyncProperty(mangledFrom(draws, bench), async (sent) => {
          await hold(bench, sent);
        }),
        0.2,
      );
    },
    DRAWS * PATIENCE,
  );
});
