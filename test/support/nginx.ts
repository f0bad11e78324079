import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from './store.ts';

/** Where nginx is; undefined where it is not installed. */
export const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find((path) =>
  existsSync(path),
);

/** What docs/reference.md says nginx needs to serve Attest under /attest/. */
function documented(): string {
  const block = /```nginx\n(.*?)```/s.exec(readFileSync('docs/reference.md', 'utf8'))?.[1];
  if (!block) throw new Error('docs/reference.md has no configuration for nginx');
  return block;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A real nginx on a free port of loopback, configured as the reference says, before the server at a port. */
export async function startNginx(upstream: number): Promise<{ origin: string; close: () => Promise<void> }> {
  const folder = temporaryFolder();
  const port = await freePort();
  const log = `${folder.path}/error.log`;
  writeFileSync(
    `${folder.path}/nginx.conf`,
    `daemon off;
master_process off;
pid ${folder.path}/nginx.pid;
error_log ${log};
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder.path}/${kind};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    ${documented().replaceAll('127.0.0.1:3000', `127.0.0.1:${upstream}`)}
  }
}
`,
  );
  const child = spawn(NGINX ?? 'nginx', ['-p', folder.path, '-e', log, '-c', `${folder.path}/nginx.conf`], {
    stdio: 'ignore',
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(origin).then(
      () => true,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`nginx does not start: ${readFileSync(log, 'utf8')}`);
    await delay(20);
  }
  return {
    origin,
    async close() {
      child.kill('SIGTERM');
      await exited;
      folder.remove();
    },
  };
}
