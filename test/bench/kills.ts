// SIGKILLs at random moments of loads and imports, of servers that start on an old store, and of servers that answer: after each, the store must be
// wholly as before or wholly as after, sound, and served by the next start. an import that is run again must complete
// what a killed one left. `npm run kills -- KILLS [load|import|start|server]`. Exits 1 when it was not.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kills } from '../support/kills.ts';
import { start } from './serving.ts';

const number = Number(process.argv[2] ?? 100);
const KINDS = ['load', 'start', 'load', 'import', 'start', 'server'] as const;
const kinds = process.argv[3] === undefined ? KINDS : KINDS.filter((kind) => kind === process.argv[3]);
const folder = mkdtempSync(join(tmpdir(), 'attest-kills-'));
const counts = new Map<string, number>();
let faults = 0;
try {
  const kills = new Kills(folder, start, Math.random);
  if (kinds.some((kind) => kind !== 'import')) await kills.prepare();
  for (let index = 0; index < number; index += 1) {
    const of = kinds[index % kinds.length] ?? 'load';
    const kill = await kills[of]();
    const name = `${of}: ${kill.late ? 'had ended' : 'killed'}, the store is ${kill.state}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    faults += kill.faults.length;
    for (const fault of kill.faults) console.log(`FAULT after kill ${index + 1} of a ${of}: ${fault}`);
    if ((index + 1) % 10 === 0) console.log(`${index + 1} kills, ${faults} faults`);
  }
  console.log();
  for (const [name, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`${String(count).padStart(4)}  ${name}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = faults > 0 ? 1 : 0;
