import { StoreError } from '../../domain/errors.ts';
import { type Caller, currentCaller } from '../caller.ts';
import type { Database } from '../database.ts';
import { FairQueue } from '../fairQueue.ts';
import { databaseOver } from './connection.ts';
import { translate } from './errors.ts';
import { type Answer, type Question, WorkerProcess } from './workerProcess.ts';

/** Heavy queries that may wait for a worker; more are refused. */
const MAX_WAITING = 500;
/** Those of one client. */
const MAX_WAITING_OF_CLIENT = 100;
/** A query that runs longer than this is slow: it may not occupy the worker that is kept for quick ones. */
const QUICK_MILLISECONDS = 500;
/** How long a query goes on whose client is gone: ending it costs a new process, which takes about as long. */
const ABANDONED_MILLISECONDS = 100;

/** One query, from its call to its answer. */
interface Job extends Question {
  client: string;
  resolve(rows: unknown[]): void;
  reject(error: unknown): void;
  /** How often it has been given to a worker that died. */
  deaths: number;
  /** Whether it has been running long enough once to count as slow. */
  slow: boolean;
  /** Whether it has been answered. */
  settled: boolean;
}

interface Worker {
  process: WorkerProcess;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * A database whose queries run in worker processes, started when they are first needed: a heavy query does not block
 * others, and is ended when it takes longer than `milliseconds`, waiting included, or when its client is gone.
 * Processes, not threads: a thread cannot be terminated while it is inside SQLite.
 *
 * Clients take turns. Up to `workers` slow queries run at once; one more process is kept for quick ones, and a query
 * that turns out to be slow there while others wait is ended, and runs again when a place for slow ones is free.
 * A worker that dies is replaced; its query is tried once more.
 * Queries throw a StoreError when they are too slow, too many wait, or their worker died twice.
 */
export function openWorkers(
  path: string,
  { workers, milliseconds }: { workers: number; milliseconds: number },
  onError: (error: unknown) => void = () => undefined,
): { db: Database; close(): Promise<void> } {
  const pool = new WorkerPool(path, workers);

  async function rows(query: string, parameters: unknown[]): Promise<unknown[]> {
    try {
      return await pool.run({ query, parameters }, milliseconds, currentCaller());
    } catch (error) {
      const translated = translate(error, path);
      onError(translated);
      throw translated;
    }
  }
  return { db: databaseOver(rows), close: async () => pool.close() };
}

class WorkerPool {
  readonly #path: string;
  /** How many slow queries may run at once. */
  readonly #slowPlaces: number;
  readonly #workers = new Set<Worker>();
  readonly #quick = new FairQueue<Job>();
  readonly #slow = new FairQueue<Job>();
  #closed = false;

  constructor(path: string, slowPlaces: number) {
    this.#path = path;
    this.#slowPlaces = slowPlaces;
  }

  /** The rows of a query, each as the list of its values. */
  async run(question: Question, milliseconds: number, caller: Caller | undefined): Promise<unknown[]> {
    const { client = '', gone, deadline = Number.POSITIVE_INFINITY } = caller ?? {};
    if (gone?.aborted) throw abandoned();
    if (
      this.#quick.size + this.#slow.size >= MAX_WAITING ||
      this.#quick.of(client) + this.#slow.of(client) >= MAX_WAITING_OF_CLIENT
    ) {
      throw new StoreError('crowded', 'too many heavy queries wait already');
    }
    const allowed = Math.max(0, Math.min(milliseconds, deadline - performance.now()));
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        job.settled = true;
        clearTimeout(timer);
        gone?.removeEventListener('abort', leave);
      };
      const job: Job = {
        ...question,
        client,
        deaths: 0,
        slow: false,
        settled: false,
        resolve(rows) {
          settle();
          resolve(rows);
        },
        reject(error) {
          settle();
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        job.reject(
          new StoreError('slow', `a query took longer than ${Math.round(allowed) / 1_000} s and was ended`),
        );
        this.#end(job, 0);
      }, allowed);
      const leave = (): void => {
        job.reject(abandoned());
        this.#end(job, ABANDONED_MILLISECONDS);
      };
      gone?.addEventListener('abort', leave, { once: true });
      this.#quick.add(job);
      this.#dispatch();
    });
  }

  close(): void {
    this.#closed = true;
    const closing = new StoreError('lost', `${this.#path} is being closed`);
    for (const job of [...this.#quick.drain(), ...this.#slow.drain()]) job.reject(closing);
    for (const { process, job, timer } of this.#workers) {
      clearTimeout(timer);
      job?.reject(closing);
      process.kill();
    }
    this.#workers.clear();
  }

  /** Ends a job that has been answered, wherever it is. */
  #end(job: Job, milliseconds: number): void {
    if (this.#quick.remove(job) || this.#slow.remove(job)) return;
    const worker = [...this.#workers].find((each) => each.job === job);
    if (!worker) return;
    clearTimeout(worker.timer);
    worker.timer = setTimeout(() => worker.process.kill(), milliseconds);
  }

  /** Gives jobs to workers as long as there are both. */
  #dispatch(): void {
    if (this.#closed) return;
    for (;;) {
      const idle = [...this.#workers].find(({ job }) => !job);
      if (!idle && this.#workers.size > this.#slowPlaces) break;
      const job = this.#nextSlow() ?? this.#quick.take();
      if (!job) break;
      this.#start(idle ?? this.#newWorker(), job);
    }
    if (this.#quick.size > 0) this.#makeRoom();
  }

  #newWorker(): Worker {
    const worker: Worker = {
      process: new WorkerProcess(
        this.#path,
        (answer) => this.#answered(worker, answer),
        () => this.#died(worker),
      ),
      job: undefined,
      timer: undefined,
    };
    this.#workers.add(worker);
    return worker;
  }

  #start(worker: Worker, job: Job): void {
    worker.job = job;
    if (!job.slow) {
      worker.timer = setTimeout(() => {
        job.slow = true;
        this.#dispatch();
      }, QUICK_MILLISECONDS);
    }
    worker.process.ask({ query: job.query, parameters: job.parameters });
  }

  /** The next slow job, while another one may run. */
  #nextSlow(): Job | undefined {
    const running = this.#slowRunning();
    if (running.length >= this.#slowPlaces) return undefined;
    // With several places, one client does not get all of them.
    const share = Math.max(1, this.#slowPlaces - 1);
    return this.#slow.take((client) => running.filter(({ job }) => job?.client === client).length < share);
  }

  #slowRunning(): Worker[] {
    return [...this.#workers].filter(({ job }) => job?.slow);
  }

  /** Ends the slow query that runs where quick ones should, to run it again later. */
  #makeRoom(): void {
    const slow = this.#slowRunning();
    const last = slow.at(-1);
    if (slow.length <= this.#slowPlaces || !last?.job) return;
    const { job } = last;
    last.job = undefined;
    this.#retire(last);
    this.#slow.add(job, 'front');
    this.#dispatch();
  }

  /** Ends a worker that has no job; its place is free at once. */
  #retire(worker: Worker): void {
    this.#workers.delete(worker);
    clearTimeout(worker.timer);
    worker.process.kill();
  }

  #answered(worker: Worker, answer: Answer): void {
    const { job } = worker;
    clearTimeout(worker.timer);
    worker.job = undefined;
    if ('rows' in answer) job?.resolve(answer.rows);
    else job?.reject(Object.assign(new Error(answer.error.message), answer.error));
    this.#dispatch();
  }

  #died(worker: Worker): void {
    if (!this.#workers.delete(worker)) return;
    clearTimeout(worker.timer);
    const { job } = worker;
    if (job && !job.settled) {
      job.deaths += 1;
      if (job.deaths > 1) job.reject(new StoreError('lost', 'the process that ran a query ended twice'));
      else (job.slow ? this.#slow : this.#quick).add(job, 'front');
    }
    this.#dispatch();
  }
}

function abandoned(): StoreError {
  return new StoreError('abandoned', 'the client is gone');
}
