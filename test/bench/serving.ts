import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { type Running, run } from '../support/process.ts';

// What the programs of this folder share: a real server as a process of its own, requests to it, and what it uses.

/** A server that runs, and where it answers. */
export interface Serving {
  server: Running;
  base: string;
}

const started: Running[] = [];
// Also when the output is closed, as by `| head`.
process.on('exit', () => {
  for (const { child } of started) child.kill('SIGKILL');
});
process.stdout.on('error', () => process.exit(1));

/** Runs a program of the project; it does not outlive this process. */
export function start(script: string, args: string[], environment: Record<string, string>): Running {
  const running = run(script, args, environment);
  started.push(running);
  void running.exited.then(() => started.splice(started.indexOf(running), 1));
  return running;
}

/** Starts the server on a store; resolves when it serves. Throws when it ends before. */
export async function serve(url: string, environment: Record<string, string> = {}): Promise<Serving> {
  const server = start('src/server.ts', [], {
    DATABASE_URL: url,
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...environment,
  });
  await server.printed('OpenAPI');
  return { server, base: /API +(http:\/\/[^/]+)\//.exec(server.output())?.[1] ?? '' };
}

/** An answer as far as it matters here; `status` 0 when the client gave up or the connection broke. */
export interface Answer {
  status: number;
  /** The body, of an answer that is not an export; empty when the client gave up. */
  text: string;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1_000 });

/** Ends the connections that are kept for further requests. */
export function hangUp(): void {
  agent.destroy();
}

/** Most characters of a body that are kept. */
const KEPT = 100_000;

/** Asks and reads the answer. `patience`: milliseconds after which the client gives up; `from`: the address it comes from. */
export function ask(
  base: string,
  path: string,
  { patience, from }: { patience?: number; from?: string } = {},
): Promise<Answer> {
  return new Promise((resolve) => {
    let text = '';
    const lost = (): void => resolve({ status: 0, text: '' });
    const options = { agent, ...(from === undefined ? {} : { localAddress: from }) };
    const request = http.get(`${base}${path}`, options, (response) => {
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (text.length < KEPT) text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', lost);
      response.on('aborted', lost);
    });
    request.on('error', lost);
    if (patience !== undefined) {
      const timer = setTimeout(() => request.destroy(), patience);
      request.on('close', () => clearTimeout(timer));
    }
  });
}

/** The value below which a share of some numbers is; 0 of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The anonymous memory of a process in MB: what it has allocated, without files; 0 when it is gone. Linux only. */
export function anonymousMemory(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The number of open descriptors of a process; 0 when it is gone. Linux only. */
export function descriptors(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/** The worker processes of a server. */
export function workersOf({ server }: Serving): number[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, state = '', ...args]) => {
      const isChild = Number(parent) === server.child.pid && !state.startsWith('Z');
      return isChild && args.some((arg) => arg.endsWith('worker.ts'));
    })
    .map(([pid]) => Number(pid));
}
