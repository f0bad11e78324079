import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { BUNDLED_DATASET, ConfigError, readConfig } from './config.ts';
import { openStore } from './db/openStore.ts';
import type { Store } from './db/store.ts';
import { StoreError } from './domain/errors.ts';
import { textsIn } from './seed/files/articles.ts';
import { DatasetError } from './seed/files/mistakes.ts';
import { loadDataset } from './seed/load/load.ts';
import { describeDeferred } from './seed/load/shared.ts';
import { compareVersions, storedVersion } from './seed/load/stored.ts';
import { readDataset } from './seed/read/read.ts';

/** Descriptors for everything but clients' connections: the store, snapshots for exports, workers, files that are served. */
const RESERVED_DESCRIPTORS = 250;

/** Brings the bundled dataset into a store that lacks it or has an older one. */
async function loadBundled(store: Store, articlesDir: string | undefined): Promise<string> {
  const data = readDataset(BUNDLED_DATASET);
  const { id, version } = data.dataset;
  const stored = await storedVersion(store.db, id);
  if (stored !== null && compareVersions(stored, version) > 0) {
    return `${id} ${stored} (newer than the bundled ${version}, not changed)`;
  }
  const summary = await loadDataset(store, data, { articlesDir });
  const { event, statement, claim } = sum(summary.added, summary.changed, summary.unchanged);
  const deferred = describeDeferred(summary.deferred).map((line) => `\n  ${line}`);
  return `${id} ${version}: ${event} events, ${statement} statements, ${claim} claims${deferred.join('')}`;
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
  const store = await openStore(config.databaseUrl, {
    workers: config.workers,
    readUrl: config.databaseReadUrl,
  });
  try {
    const loaded = await loadBundled(store, config.articlesDir);
    const { logLevel, rateLimit, trustProxy, publicUrl } = config;
    const articleText = config.articlesDir === undefined ? undefined : textsIn(config.articlesDir);
    const app = await buildApp({ store, logLevel, rateLimit, trustProxy, publicUrl, articleText });
    await app.ready();
    app.writeOpenapi();
    app.server.maxConnections = maxConnections();
    const answers = answersInProgress(app.server);
    const address = await app.listen({ host: config.host, port: config.port });
    // Only now: it would turn a failure to listen into a clean exit.
    closeWithGrace({ delay: false, logger: app.log }, async ({ err }) => {
      if (err) app.log.error({ err }, 'closing after a failure');
      await finishAnswers(app, answers, config.closeTimeout);
      await app.close();
      await store.close();
    });
    process.stdout.write(
      `Attest serves ${loaded}\n  API      ${address}/v1/events\n  Explore  ${address}/\n  Docs     ${address}/docs\n  OpenAPI  ${address}/openapi.json\n`,
    );
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The answers that have begun and not ended. Once the server accepts no more connections, they close theirs. */
function answersInProgress(server: Server): ReadonlySet<ServerResponse> {
  const answers = new Set<ServerResponse>();
  server.prependListener('request', (_request, answer) => {
    if (!server.listening) answer.setHeader('Connection', 'close');
    answers.add(answer);
    answer.once('close', () => answers.delete(answer));
  });
  return answers;
}

/**
 * Accepts no more connections, and waits until all answers have been sent, at most some seconds. To be done before
 * the server is closed, because Node then ends each connection whose answer is written, even one that a slow client
 * has not received yet.
 */
async function finishAnswers(
  app: FastifyInstance,
  answers: ReadonlySet<ServerResponse>,
  seconds: number,
): Promise<void> {
  NetServer.prototype.close.call(app.server);
  const end = performance.now() + seconds * 1_000;
  while (answers.size > 0 && performance.now() < end) await setTimeout(20);
  if (answers.size > 0) {
    app.log.warn({ answers: answers.size }, 'answers were cut: CLOSE_TIMEOUT was over');
    app.server.closeAllConnections();
  }
}

/**
 * How many clients may be connected: more are refused by the system, while without descriptors the server itself
 * could open nothing. Infinity when the system sets no limit.
 */
function maxConnections(): number {
  if (!process.report) return Number.POSITIVE_INFINITY;
  // Without it, each address of the machine is looked up.
  Object.assign(process.report, { excludeNetwork: true });
  // Cast: Node leaves the report untyped; Windows has no such limits.
  const { userLimits } = process.report.getReport() as {
    userLimits?: { open_files?: { soft: number | 'unlimited' } };
  };
  const limit = userLimits?.open_files?.soft;
  return typeof limit === 'number' ? Math.max(1, limit - RESERVED_DESCRIPTORS) : Number.POSITIVE_INFINITY;
}

function explain(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof StoreError) return error.message;
  if (error instanceof DatasetError) return `the bundled dataset cannot be loaded:\n${error.message}`;
  const { code, port, address, hostname } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
    hostname?: string;
  };
  if (code === 'EADDRINUSE') return `port ${port} on ${address} is in use: set PORT to another one`;
  if (code === 'EACCES') return `may not listen on port ${port}: set PORT to one above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `HOST ${address ?? hostname ?? ''} is no address of this machine: set HOST to one that is`;
  }
  if (code === 'EINVAL' && address !== undefined) {
    return `HOST ${address} cannot be listened on: a link-local IPv6 address needs its interface, such as fe80::1%eth0`;
  }
  return undefined;
}

try {
  await main();
} catch (error) {
  console.error(`attest: ${explain(error) ?? (error as Error).stack}`);
  process.exitCode = 1;
}
