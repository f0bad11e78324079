import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { BUNDLED_DATASET, ConfigError, readConfig } from './config.ts';
import { openStore } from './db/openStore.ts';
import type { Store } from './db/store.ts';
import { StoreError } from './domain/errors.ts';
import { DatasetError } from './seed/files/mistakes.ts';
import { loadDataset } from './seed/load/load.ts';
import { compareVersions, storedVersion } from './seed/load/stored.ts';
import { readDataset } from './seed/read/read.ts';

// Long enough for the requests under way; shorter than what supervisors wait before they kill.
const CLOSE_MILLISECONDS = 8_000;

/** Brings the bundled dataset into a store that lacks it or has an older one. */
async function loadBundled(store: Store, articlesDir: string | undefined): Promise<string> {
  const data = readDataset(BUNDLED_DATASET);
  const { id, version } = data.dataset;
  const stored = await storedVersion(store.db, id);
  if (stored !== null && compareVersions(stored, version) > 0) {
    return `${id} ${stored} (newer than the bundled ${version}, left as it is)`;
  }
  const summary = await loadDataset(store, data, { articlesDir });
  const { event, statement, claim } = sum(summary.added, summary.changed, summary.unchanged);
  return `${id} ${version}: ${event} events, ${statement} statements, ${claim} claims`;
}

function sum<K extends string>(...counts: Record<K, number>[]): Record<K, number> {
  const total: Record<string, number> = {};
  for (const each of counts) {
    for (const [kind, number] of Object.entries<number>(each)) total[kind] = (total[kind] ?? 0) + number;
  }
  return total as Record<K, number>;
}

/** Starts the server; every failure to start ends in one clear line and exit code 1. */
async function main(): Promise<void> {
  const config = readConfig();
  const store = await openStore(config.databaseUrl, { workers: config.workers });
  try {
    const loaded = await loadBundled(store, config.articlesDir);
    const { logLevel, rateLimit, trustProxy } = config;
    const app = await buildApp({ store, logLevel, rateLimit, trustProxy });
    const address = await app.listen({ host: config.host, port: config.port });
    // Only now: it would turn a failure to listen into a clean exit.
    closeWithGrace({ delay: CLOSE_MILLISECONDS, logger: app.log }, async ({ err }) => {
      if (err) app.log.error({ err }, 'closing after a failure');
      await app.close();
      await store.close();
    });
    process.stdout.write(
      `Attest serves ${loaded}\n  API      ${address}/v1/events\n  Explore  ${address}/docs\n  OpenAPI  ${address}/openapi.json\n`,
    );
  } catch (error) {
    await store.close();
    throw error;
  }
}

function explain(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof StoreError) return error.message;
  if (error instanceof DatasetError) return `the bundled dataset cannot be loaded:\n${error.message}`;
  const { code, port, address } = error as { code?: string; port?: number; address?: string };
  if (code === 'EADDRINUSE') return `port ${port} on ${address} is in use: set PORT to another one`;
  if (code === 'EACCES') return `may not listen on port ${port}: set PORT to one above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST ${address ?? ''} is no address of this machine: set HOST to one that is`;
  }
  return undefined;
}

try {
  await main();
} catch (error) {
  console.error(`attest: ${explain(error) ?? (error as Error).stack}`);
  process.exitCode = 1;
}
