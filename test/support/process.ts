import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where Node keeps what it has compiled, so that a hundred starts of a program compile it once. */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/node-compile-cache', import.meta.url));

/** What `package.json` starts every program with. */
const FORMATS = new URL('../../src/moduleFormats.ts', import.meta.url).href;

/** A program of the project as a process of its own, and what it has printed. */
export interface Running {
  child: ChildProcess;
  output: () => string;
  /** Resolves when the output contains a text; rejects when the process ends first. */
  printed: (text: string) => Promise<void>;
  exited: Promise<number | null>;
}

/** Runs a program of the project with this very Node, in an environment of its own. */
export function run(
  script: string,
  args: string[],
  environment: Record<string, string>,
  cwd = ROOT,
): Running {
  const child = spawn(
    process.execPath,
    ['--import', FORMATS, fileURLToPath(new URL(`../../${script}`, import.meta.url)), ...args],
    {
      cwd,
      env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: COMPILED, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  let watch = (): void => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk);
      watch();
    });
  }
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    child,
    output: () => output,
    printed: (text) =>
      new Promise((resolve, reject) => {
        watch = () => output.includes(text) && resolve();
        watch();
        void exited.then(() => reject(new Error(`ended without "${text}": ${output}`)));
      }),
    exited,
  };
}
