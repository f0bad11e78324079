import fc from 'fast-check';
import { BUNDLED_DATASET } from '../../src/config.ts';
import { readDataset } from '../../src/seed/read/read.ts';
import { startBench } from '../property/oracle/bench.ts';
import { drawsFrom } from '../property/oracle/draws.ts';
import { mangledFrom } from '../property/oracle/mangle.ts';

/** What people and machines ask for beside the operations of the document. */
const OTHERS = [
  ...['/', '/events', '/claims?limit=50', '/search?q=embargo', '/docs/', '/openapi.json', '/openapi.yaml'],
  ...['/health/live', '/health/ready', '/metrics', '/v1', '/problems/overloaded', '/nowhere', '/v1/nowhere'],
];

/**
 * Paths drawn from the OpenAPI document over the bundled dataset, as the property test draws them: of every route and format, some
 * of them mangled, and a few that the document does not have.
 */
export async function drawnPaths(number: number, seed: number): Promise<string[]> {
  const bench = await startBench(['bundled'], readDataset(BUNDLED_DATASET).retired);
  try {
    const draws = drawsFrom(bench);
    const valid = fc.sample(draws, { numRuns: Math.ceil(number * 0.8), seed }).map(({ url }) => url);
    const mangled = fc.sample(mangledFrom(draws, bench), { numRuns: Math.ceil(number * 0.2), seed });
    // As an HTTP client writes them.
    const written = [...valid, ...mangled.map(({ url }) => url)].map((url) => {
      const { pathname, search } = new URL(`http://localhost${url}`);
      return pathname + search;
    });
    return shuffled([...written, ...OTHERS], seed);
  } finally {
    await bench.server.close();
  }
}

/** A list in another order, the same for the same seed. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const [order = []] = fc.sample(
    fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }),
    { numRuns: 1, seed },
  );
  return order;
}
