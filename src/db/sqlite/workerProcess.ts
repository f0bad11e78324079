import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** A query that is sent to a worker. */
export interface Question {
  query: string;
  parameters: unknown[];
}

/** What a worker sends back: the rows, each as the list of its values, or what an error of SQLite says. */
export type Answer =
  | { rows: unknown[] }
  | { error: { name: string; message: string; code: string | undefined } };

/** A process that runs one query at a time. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  #ended = false;

  /** `onAnswer` gets each answer; `onEnd` is called once, when the process has ended or could not be started. */
  constructor(path: string, onAnswer: (answer: Answer) => void, onEnd: () => void) {
    // A separate process group: Ctrl-C is for the server, which lets requests finish. Workers end when it does.
    this.#child = fork(SCRIPT, [path], { detached: true, serialization: 'advanced', execArgv: [] });
    // Cast: what `worker.ts` sends.
    this.#child.on('message', (answer) => onAnswer(answer as Answer));
    const end = (): void => {
      if (this.#ended) return;
      this.#ended = true;
      onEnd();
    };
    this.#child.once('exit', end);
    // Also when it cannot be started, or a question cannot be sent.
    this.#child.on('error', () => {
      this.kill();
      end();
    });
  }

  ask(question: Question): void {
    this.#child.send(question, () => undefined);
  }

  /** Ends the process at once: one that is inside SQLite, or stopped, obeys no other signal. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
