import fc from 'fast-check';
import { Asked, type Pair } from './asked.ts';
import type { Bench } from './bench.ts';
import type { Request } from './checks.ts';
import type { Operation, Parameter } from './document.ts';
import { KINDS } from './expected.ts';
import type { World } from './export.ts';
import { mediaOf } from './hold.ts';
import { at, countedFor, valuesOf, type Witness, witnessOf } from './values.ts';
import { judged } from './verdict.ts';

// Requests drawn from the document: its operations with some of their parameters.

/** A request that the API must understand. */
export interface Draw extends Request {
  url: string;
  /** What else is to be asked beside it. */
  probe: number;
  /** The sizes of its pages, where it is read to its end. */
  limits: number[];
}

/** Numbers by which a value is picked out of what there is; small ones are simple ones. */
interface Pick {
  parameter: number;
  numbers: number[];
  groups: number[][];
}

const numbers = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });
const groups = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.tuple(fc.nat())) },
  {
    weight: 2,
    arbitrary: fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  },
) as fc.Arbitrary<number[][]>;
const picks = fc.array(fc.record({ parameter: fc.nat(), numbers, groups }), { maxLength: 7 });

/** Draws requests to all operations; to those with many parameters more often. */
export function drawsFrom(bench: Bench): fc.Arbitrary<Draw> {
  return fc.oneof(
    ...bench.contract.operations.map((operation) => ({
      weight: 1 + Math.ceil(operation.parameters.length / 2),
      arbitrary: fc
        .record({
          witness: fc.nat(),
          picks,
          required: numbers,
          probe: fc.nat({ max: 11 }),
          limits: fc.array(fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 200 })), {
            minLength: 1,
            maxLength: 5,
          }),
        })
        .map(({ witness, picks: picked, required, probe, limits }): Draw => {
          const request = requestOf(operation, bench.world, witness, picked, required);
          const url = urlOf(request, required[0] ?? 0);
          // All that a failure has to print; the request is in the URL.
          const told = `GET ${url}, probe ${probe}, pages of ${limits.join()}`;
          return Object.assign({ ...request, url, probe, limits }, { [fc.toStringMethod]: () => told });
        }),
    })),
  );
}

/** What goes with a parameter, which alone would mean little. */
const COMPANIONS: Record<string, string> = { role: 'actor', actorScope: 'actor', dateMatch: 'from' };

/** Parameters that change the meaning of others are drawn this many times as often. */
const OFTEN: Record<string, number> = { asOf: 3, facets: 3, role: 2, stance: 2, actorScope: 2 };

function requestOf(
  operation: Operation,
  world: World,
  witness: number,
  picked: readonly Pick[],
  required: readonly number[],
): Request {
  const query = operation.parameters.filter(
    (parameter) => parameter.in === 'query' && parameter.name !== 'cursor',
  );
  const pairs: Pair[] = operation.id === 'getTimeline' ? [['of', countedFor(witness)]] : [];
  const record = witnessOf(operation, world, witness);
  const add = (parameter: Parameter, given: readonly number[], some: readonly number[][]): void => {
    if (parameter.schema.type !== 'array' && pairs.some(([name]) => name === parameter.name)) return;
    const values = valuesOf(parameter, new Asked(operation, pairs), world, record, given, some);
    pairs.push(...values.map((value) => [parameter.name, value] as const));
  };
  for (const parameter of query.filter((each) => each.required)) add(parameter, required, [[0]]);
  const choice = query.flatMap((parameter) => Array<Parameter>(OFTEN[parameter.name] ?? 1).fill(parameter));
  for (const { parameter: index, numbers: given, groups: some } of picked) {
    const parameter = choice[index % choice.length];
    if (!parameter) break;
    add(parameter, given, some);
    const companion = query.find(({ name }) => name === COMPANIONS[parameter.name]);
    if (companion && !pairs.some(([name]) => name === companion.name))
      add(companion, given.slice(1), [[index]]);
  }
  // Parameters that cannot be combined are omitted; mangled requests test that they are refused.
  let asked = new Asked(operation, pairs);
  for (;;) {
    const { wrong } = judged(asked, world, mediaOf(asked));
    if (wrong.size === 0) break;
    asked = asked.without(...wrong);
  }
  // Requests without the parameter must be drawn too.
  if (asked.one('of') === 'events' && (required[3] ?? 0) % 2) asked = asked.without('of');
  return { asked, path: pathOf(operation, world, record, required) };
}

function pathOf(
  { id, parameters }: Operation,
  world: World,
  record: Witness | undefined,
  given: readonly number[],
): Record<string, string> {
  const path: Record<string, string> = {};
  for (const { name, schema } of parameters.filter((parameter) => parameter.in === 'path')) {
    const kind = KINDS[id];
    const values = schema.enum ?? (kind ? world[kind].map((each) => each.id) : []);
    // Whose positions are asked for had better have some.
    const own = record?.holder !== undefined && (given[2] ?? 0) % 4 ? [record.holder] : values;
    path[name] = at(own, given[1] ?? 0);
  }
  return path;
}

/** A request as a URL; commas and spaces in either way of writing them. */
export function urlOf({ asked, path }: Request, style: number): string {
  const escaped = (text: string): string => {
    const strictly = encodeURIComponent(text);
    return style % 2 ? strictly.replaceAll('%2C', ',').replaceAll('%20', '+') : strictly;
  };
  const target = asked.operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const query = asked.pairs.map(([name, value]) => `${name}=${escaped(value)}`);
  return query.length > 0 ? `${target}?${query.join('&')}` : target;
}
