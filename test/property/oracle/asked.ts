import { daysOf } from './days.ts';
import type { Operation } from './document.ts';

/** A parameter as a URL has it. */
export type Pair = readonly [name: string, value: string];

/** What a query asks for, read by the document. */
export class Asked {
  readonly operation: Operation;
  readonly pairs: readonly Pair[];

  constructor(operation: Operation, pairs: readonly Pair[]) {
    this.operation = operation;
    // `a[]` and `a[0]` mean `a`.
    this.pairs = pairs.map(([name, value]) => [name.replace(/\[[0-9]*\]$/, ''), value]);
  }

  /** Whether a parameter is given. */
  has(name: string): boolean {
    return this.pairs.some(([given]) => given === name);
  }

  /** The groups of a parameter that takes many values: all must match, by any of their values. */
  groups(name: string): string[][] {
    return this.pairs.filter(([given]) => given === name).map(([, value]) => value.split(','));
  }

  /** The value of a parameter that takes one: the default of the OpenAPI document where none is given. */
  one(name: string): string | undefined {
    const { schema, description = '' } = this.operation.parameters.find((each) => each.name === name) ?? {};
    const preset = schema?.default ?? /, (\d+) unless given\./.exec(description)?.[1];
    return (
      this.pairs.find(([given]) => given === name)?.[1] ?? (preset === undefined ? undefined : `${preset}`)
    );
  }

  /** A parameter that is true or false, or neither. */
  flag(name: string): boolean | undefined {
    const value = this.one(name);
    return value === undefined ? undefined : value === 'true' || value === '1';
  }

  /** A parameter that names several words at once. */
  names(name: string): string[] | undefined {
    const value = this.one(name);
    return value === undefined ? undefined : [...new Set(value.split(','))];
  }

  /** The first or last day that a parameter's date can mean. */
  day(name: string, end: 'earliest' | 'latest'): string | undefined {
    const value = this.one(name);
    return value === undefined ? undefined : daysOf(value)?.[end];
  }

  /** The same with one more pair. */
  and(name: string, value: string): Asked {
    return new Asked(this.operation, [...this.pairs, [name, value]]);
  }

  /** The same without some parameters. */
  without(...names: string[]): Asked {
    return new Asked(
      this.operation,
      this.pairs.filter(([name]) => !names.includes(name)),
    );
  }
}
