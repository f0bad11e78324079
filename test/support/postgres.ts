import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL server of a test, on a free port of this machine, with its data in a folder of its own. */
export interface PostgresServer {
  /** The address of a database of it. */
  urlOf(database: string): string;
  /** The file whose first line is the id of its process. */
  pidFile: string;
  start(): void;
  /** Ends it as an administrator does, or as a crash does. */
  stop(how: 'fast' | 'immediate'): void;
  /** Starts a streaming replica of it. */
  replicate(): Promise<PostgresServer>;
  /** Ends it for good and deletes its data. */
  remove(): void;
}

/** Where Debian, and others, install the programs of a server. */
const FOLDERS = [
  '/usr/lib/postgresql',
  '/usr/pgsql',
  '/usr/local/pgsql/bin',
  '/opt/homebrew/bin',
  '/usr/bin',
];

/** The folder of the newest server that is installed; undefined where there is none. */
export function postgresPrograms(): string | undefined {
  for (const folder of FOLDERS.filter((each) => existsSync(each))) {
    const versions = readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(folder, version, 'bin'));
    const found = [...versions, folder].find((each) => existsSync(join(each, 'initdb')));
    if (found) return found;
  }
  return undefined;
}

/**
 * Starts a server with an empty cluster. It does not wait for disks: its data is worth nothing after the test.
 * With `tls`, the folder of a certificate (`server.crt`, `server.key`), it takes encrypted connections alone. With the port of a
 * `primary`, it is a streaming replica of that server.
 */
export async function startPostgres({
  tls,
  primary,
}: {
  tls?: string;
  primary?: number;
} = {}): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (!programs)
    throw new Error(
      'PostgreSQL is not installed: install Debian’s package postgresql, or run `npm test` for SQLite alone',
    );
  const folder = mkdtempSync(join(tmpdir(), 'attest-postgres-'));
  const data = join(folder, 'data');
  const owner = ownerOf(folder);
  const run = (program: string, ...parameters: string[]): void => {
    execFileSync(join(programs, program), parameters, { stdio: 'pipe', cwd: folder, ...owner });
  };
  // Texts compare by bytes as they do in SQLite because the columns say so: in this locale as in any other.
  if (primary === undefined)
    run('initdb', '-D', data, '--locale=C', '--encoding=UTF8', '-A', 'trust', '-U', 'attest');
  else
    run(
      'pg_basebackup',
      '-D',
      data,
      '-h',
      '127.0.0.1',
      '-p',
      String(primary),
      '-U',
      'attest',
      '-R',
      '-c',
      'fast',
    );
  const port = await freePort();
  const settings = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    '-c unix_socket_directories=',
    '-c fsync=off',
    '-c synchronous_commit=off',
    '-c full_page_writes=off',
    '-c max_connections=300',
  ];
  if (tls !== undefined) {
    for (const file of ['server.crt', 'server.key']) {
      copyFileSync(join(tls, file), join(data, file));
      chmodSync(join(data, file), 0o600);
      if (owner.uid !== undefined && owner.gid !== undefined)
        chownSync(join(data, file), owner.uid, owner.gid);
    }
    writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 trust\n');
    settings.push('-c ssl=on');
  }
  const server: PostgresServer = {
    urlOf: (database) => `postgres://attest@127.0.0.1:${port}/${database}`,
    pidFile: join(data, 'postmaster.pid'),
    start: () =>
      run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-o', settings.join(' '), '-w', 'start'),
    stop: (how) => run('pg_ctl', '-D', data, '-m', how, '-w', 'stop'),
    replicate: () => startPostgres({ primary: port }),
    remove() {
      if (existsSync(server.pidFile)) server.stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  server.start();
  return server;
}

/** Whether PgBouncer is installed. */
export const hasPgBouncer = existsSync('/usr/sbin/pgbouncer');

/** Starts PgBouncer in transaction mode before a database, with few connections to it. */
export async function startPgBouncer(url: string): Promise<{ url: string; remove: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'attest-pgbouncer-'));
  const { hostname, port, pathname } = new URL(url);
  const own = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  const settings = [
    '[databases]',
    `attest = host=${hostname} port=${port} dbname=${pathname.slice(1)} user=attest`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${own}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 6',
  ];
  writeFileSync(file, `${settings.join('\n')}\n`);
  const child = spawn('/usr/sbin/pgbouncer', [file], { stdio: 'ignore', cwd: folder, ...ownerOf(folder) });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = `postgres://attest@127.0.0.1:${own}/attest`;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask(address, 'select 1').catch((error: Error) => error);
    if (!(answer instanceof Error)) break;
    if (attempt === 100) throw answer;
    await delay(100);
  }
  return {
    url: `${address}?pgbouncer=true`,
    async remove() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL does not run as root: there it runs as the user that Debian's package makes. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((which) =>
    Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' })),
  );
  if (uid === undefined || gid === undefined) return {};
  chownSync(folder, uid, gid);
  return { uid, gid };
}

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Runs a statement on a database. */
export async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
