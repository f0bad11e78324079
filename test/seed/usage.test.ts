import { expect, test } from 'vitest';
import { run } from '../support/process.ts';

test.each(['seed', 'import', 'copy', 'verify', 'cite', 'seedSchema', 'openapi'])(
  '%s prints its usage for --help, and does nothing else',
  async (command) => {
    const running = run(`src/cli/${command}.ts`, ['--help'], {});
    expect(await running.exited).toBe(0);
    expect(running.output()).toMatch(/^Usage: npm run /);
  },
);
