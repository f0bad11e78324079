import { execFileSync } from 'node:child_process';
import { completeNewest } from './sqlite/completeMigration.ts';

// `npm run migration -- --name what-changes`: has drizzle-kit write a migration for each engine, with the arguments given here.

for (const engine of ['sqlite', 'postgres']) {
  const config = `drizzle.${engine}.config.ts`;
  execFileSync('drizzle-kit', ['generate', '--config', config, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
}
completeNewest();
