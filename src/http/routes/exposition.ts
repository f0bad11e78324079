// Metrics in the text format of Prometheus, version 0.0.4.

export type Labels = Readonly<Record<string, string | number>>;

/** One metric as Prometheus reads it: its name, type, help text and samples. */
export interface Metric {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  /** `suffix`: what follows the name, as of the parts of a histogram. */
  samples: readonly { suffix?: string; labels?: Labels; value: number }[];
}

/** The media type of the text format. */
export const EXPOSITION = 'text/plain; version=0.0.4; charset=utf-8';

/** Metrics as text. */
export function exposition(metrics: readonly Metric[]): string {
  return metrics
    .map(({ name, help, type, samples }) => {
      const lines = samples.map(
        ({ suffix = '', labels = {}, value }) => `${name}${suffix}${labelled(labels)} ${number(value)}\n`,
      );
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
    })
    .join('\n');
}

function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

function escaped(value: string): string {
  return value.replace(/[\\"\n]/g, (character) => ESCAPES[character] ?? character);
}

function number(value: number): string {
  return value === Number.POSITIVE_INFINITY ? '+Inf' : String(value);
}

/** A number that only grows, for each set of labels. */
export class Counter {
  readonly #about: { name: string; help: string };
  readonly #values = new Map<string, { labels: Labels; value: number }>();

  constructor(about: { name: string; help: string }) {
    this.#about = about;
  }

  increase(labels: Labels): void {
    const key = JSON.stringify(labels);
    const known = this.#values.get(key);
    if (known) known.value += 1;
    else this.#values.set(key, { labels, value: 1 });
  }

  metric(): Metric {
    return { ...this.#about, type: 'counter', samples: [...this.#values.values()] };
  }
}

interface Observed {
  labels: Labels;
  /** How many values were at most each bound, and not at most the one before. */
  counts: number[];
  count: number;
  sum: number;
}

/** How many values lay below each of some bounds, for each set of labels. */
export class Histogram {
  readonly #about: { name: string; help: string };
  readonly #bounds: readonly number[];
  readonly #observed = new Map<string, Observed>();

  /** `bounds`: in ascending order; one more, infinity, is added. */
  constructor(about: { name: string; help: string }, bounds: readonly number[]) {
    this.#about = about;
    this.#bounds = [...bounds, Number.POSITIVE_INFINITY];
  }

  observe(labels: Labels, value: number): void {
    const key = JSON.stringify(labels);
    const observed = this.#observed.get(key) ?? {
      labels,
      counts: this.#bounds.map(() => 0),
      count: 0,
      sum: 0,
    };
    this.#observed.set(key, observed);
    const bucket = this.#bounds.findIndex((bound) => value <= bound);
    observed.counts[bucket] = (observed.counts[bucket] ?? 0) + 1;
    observed.count += 1;
    observed.sum += value;
  }

  metric(): Metric {
    const samples = [...this.#observed.values()].flatMap(({ labels, counts, count, sum }) => {
      let below = 0;
      const buckets = this.#bounds.map((bound, index) => {
        below += counts[index] ?? 0;
        return { suffix: '_bucket', labels: { ...labels, le: number(bound) }, value: below };
      });
      return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: count }];
    });
    return { ...this.#about, type: 'histogram', samples };
  }
}
