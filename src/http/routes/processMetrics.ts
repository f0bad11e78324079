import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { Histogram, type Metric } from './exposition.ts';

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;
const GC_KINDS: Record<number, string> = { 1: 'minor', 4: 'major', 8: 'incremental', 16: 'weakcb' };

/** Metrics of the process, with the names that other Node programs use. */
export class ProcessMetrics {
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });
  readonly #collections = new Histogram(
    { name: 'nodejs_gc_duration_seconds', help: 'Time of garbage collections, by kind' },
    [0.001, 0.01, 0.1, 1, 2, 5],
  );
  readonly #observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // Cast: Node's types lack the detail of an entry; for `gc` it has the kind as a number.
      const { duration, detail } = entry as PerformanceEntry & { detail: { kind: number } };
      this.#collections.observe({ kind: GC_KINDS[detail.kind] ?? detail.kind }, duration / 1_000);
    }
  });

  constructor() {
    this.#delay.enable();
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** The metrics of this moment; those of the event loop are of the time since they were last read. */
  read(): Metric[] {
    const { user, system } = process.cpuUsage();
    const memory = process.memoryUsage();
    const gauge = (name: string, help: string, value: number): Metric => ({
      name,
      help,
      type: 'gauge',
      samples: [{ value }],
    });
    const seconds = (name: string, help: string, microseconds: number): Metric => ({
      ...gauge(name, help, microseconds / MICROSECONDS),
      type: 'counter',
    });
    const delay = (name: string, help: string, nanoseconds: number): Metric =>
      gauge(
        `nodejs_eventloop_lag${name}_seconds`,
        help,
        Number.isFinite(nanoseconds) ? nanoseconds / NANOSECONDS : 0,
      );
    const metrics = [
      seconds('process_cpu_user_seconds_total', 'User CPU time in seconds', user),
      seconds('process_cpu_system_seconds_total', 'System CPU time in seconds', system),
      seconds('process_cpu_seconds_total', 'User and system CPU time in seconds', user + system),
      gauge(
        'process_start_time_seconds',
        'When the process started, in seconds since 1970',
        Math.round(Date.now() / 1_000 - process.uptime()),
      ),
      gauge('process_resident_memory_bytes', 'Resident memory in bytes', memory.rss),
      gauge('nodejs_heap_size_total_bytes', 'Size of the heap in bytes', memory.heapTotal),
      gauge('nodejs_heap_size_used_bytes', 'Used part of the heap in bytes', memory.heapUsed),
      gauge('nodejs_external_memory_bytes', 'Memory outside the heap in bytes', memory.external),
      ...openDescriptors().map((value) =>
        gauge('process_open_fds', 'Open file descriptors, connections included', value),
      ),
      delay('_mean', 'Mean delay of the event loop', this.#delay.mean),
      delay('_p50', 'Median delay of the event loop', this.#delay.percentile(50)),
      delay('_p99', '99th percentile of the delay of the event loop', this.#delay.percentile(99)),
      delay('_max', 'Longest delay of the event loop', this.#delay.max),
      this.#collections.metric(),
    ];
    this.#delay.reset();
    return metrics;
  }

  close(): void {
    this.#delay.disable();
    this.#observer.disconnect();
  }
}

/** The number of open descriptors; none where the system does not say. */
function openDescriptors(): number[] {
  try {
    return [readdirSync('/proc/self/fd').length];
  } catch {
    return [];
  }
}
