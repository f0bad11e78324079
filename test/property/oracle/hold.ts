import { isIPv6 } from 'node:net';
import { expect } from 'vitest';
import { type Answer, contracted } from './answers.ts';
import { Asked, type Pair } from './asked.ts';
import type { Bench, Sent } from './bench.ts';
import { CHECKS, type Request, recordStatus } from './checks.ts';
import { decoded } from './document.ts';
import type { World } from './export.ts';
import { judged, MOST_CHARACTERS, MOST_PARAMETERS, type Verdict } from './verdict.ts';

const READING = ['GET', 'HEAD'];
const REFUSED = ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'];
const DIGITS = '0123456789';
/** The characters of the name of a host. */
const NAMES = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._`;
const CONDITIONS = ['if-none-match', 'if-modified-since'];
/** Characters that a part of a path has at most. */
const MOST_OF_PATH = 500;

/** Sends a request and checks the answer against the OpenAPI document, and against the export where the request is valid. */
export async function hold(bench: Bench, sent: Sent): Promise<Answer> {
  const { contract, world } = bench;
  const url = new URL(`http://localhost${sent.url}`);
  const found = contract.find(url.pathname);
  const response = await bench.send(sent);
  const refusal = refusedUnread(sent, url);
  if (refusal !== undefined || !found || !READING.includes(sent.method)) {
    const page = isBrowser(sent) && !/^\/v1(\/|$)/.test(url.pathname);
    const answer = contracted(contract, undefined, response, { method: sent.method, page });
    if (found && isLong(found.path))
      expect([404, 414, refusal, ...(READING.includes(sent.method) ? [] : [405])]).toContain(answer.status);
    else if (found && refusal !== undefined) expect(answer.status).toBe(refusal);
    else if (found && sent.method === 'OPTIONS') expect(answer.status).toBe(204);
    else if (found && REFUSED.includes(sent.method)) expect(answer.status).toBe(405);
    else if (url.pathname.startsWith('/v1/')) expect(answer.status).toBeGreaterThanOrEqual(400);
    return answer;
  }
  const { operation, path } = found;
  if (sent.method === 'HEAD') return sameHead(bench, sent, response);

  const asked = new Asked(operation, pairsOf(url.search));
  const chooses = sent.headers.accept !== undefined && !asked.has('format');
  const verdict = judged(asked, world, chooses ? undefined : mediaOf(asked), bench.cursors);
  const answer = contracted(contract, operation, response, { fields: asked.names('fields') });
  const statuses = statusesOf({ asked, path }, verdict, sent, world);
  if (chooses) statuses.add(406);
  expect([...statuses], `${sent.url}: ${answer.text.slice(0, 1000)}`).toContain(answer.status);
  if (answer.status === 400) {
    const { errors } = answer.value as { errors: { parameter: string }[] };
    const named = errors.map(({ parameter }) => parameter);
    expect(named.length).toBeGreaterThan(0);
    // A long name is repeated by its beginning.
    const faulty = [...verdict.wrong, ...verdict.missing, ...verdict.open];
    const isFaulty = (name: string): boolean =>
      faulty.some(
        (each) =>
          each === name || (name.endsWith('…') && each.length > 100 && each.startsWith(name.slice(0, 98))),
      );
    expect(named.filter((name) => !isFaulty(name))).toEqual([]);
  }
  if (answer.status === 308) {
    const { mergedInto = '' } = world.retired.find(({ id }) => id === path.id) ?? {};
    expect(answer.headers.location).toBe(operation.path.replace('{id}', mergedInto) + url.search);
  }
  if (answer.status === 200 && !isDoubtful(verdict.open))
    CHECKS[operation.id]?.({ asked, path }, answer, world);
  return answer;
}

/** Whether a request says that it comes from a browser, to which a wrong address outside the API is answered with a page. */
function isBrowser({ headers }: Sent): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

/** The status with which a request is refused, whatever it asks for; none when it is read. */
function refusedUnread({ headers }: Sent, { pathname, search }: URL): number | undefined {
  if (!isHost(headers.host)) return 400;
  if (pathname.length + search.length > MOST_CHARACTERS) return 414;
  if (search.split('&').length > MOST_PARAMETERS) return 400;
  return search.split('&').every(isUtf8) ? undefined : 400;
}

/** Whether the bytes that a part of a query escapes are UTF-8, together with what it does not escape. */
function isUtf8(part: string): boolean {
  const bytes: number[] = [];
  for (const [piece] of part.matchAll(/%[0-9a-f]{2}|[^%]+|%/giu)) {
    bytes.push(...(/^%./.test(piece) ? [Number.parseInt(piece.slice(1), 16)] : Buffer.from(piece)));
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}

/** The statuses of which an operation must answer with one: mostly there is just one. */
function statusesOf(
  { asked, path }: Request,
  { wrong, missing, open }: Verdict,
  { headers }: Sent,
  world: World,
): Set<number> {
  if (isLong(path)) return new Set([404, 414, ...(wrong.size > 0 ? [400] : [])]);
  if (wrong.size > 0) return new Set([400]);
  const status = recordStatus({ asked, path }, world);
  const statuses = new Set(open.size > 0 ? [400, status] : [status]);
  if (missing.size > 0) {
    // Neither the record nor one that a filter names exists: either error may come first.
    if (status === 200) statuses.delete(200);
    statuses.add(400);
  } else if (CONDITIONS.some((name) => headers[name] !== undefined)) statuses.add(304);
  return statuses;
}

/** Whether a path has a part that is too long for the router, so that it leads nowhere. */
function isLong(path: Readonly<Record<string, string>>): boolean {
  return Object.values(path).some((value) => encodeURIComponent(value).length > MOST_OF_PATH);
}

/** Whether a host can be part of a link; without one, the injected request has its own. */
function isHost(host: string | undefined): boolean {
  if (host === undefined || host === '') return true;
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.length;
  const colon = host.indexOf(':', host.startsWith('[') ? end : 0);
  const name = colon === -1 ? host : host.slice(0, colon);
  const port = colon === -1 ? '0' : host.slice(colon + 1);
  const isName = name.startsWith('[')
    ? isIPv6(name.slice(1, -1))
    : name.split('').every((each) => NAMES.includes(each));
  return (
    name !== '' &&
    isName &&
    port.split('').every((each) => DIGITS.includes(each)) &&
    port !== '' &&
    Number(port) < 65_536
  );
}

/** Whether a date is given whose meaning the documentation does not define. */
function isDoubtful(open: ReadonlySet<string>): boolean {
  return ['from', 'to', 'asOf'].some((name) => open.has(name));
}

/** The pairs of a query string; an escape that is broken is text like any other. */
export function pairsOf(search: string): Pair[] {
  // A percent sign that begins no escape is plain text.
  const read = (text: string): string =>
    decoded(text.replaceAll('+', ' ').replace(/%(?![0-9a-f]{2})/gi, '%25')) ?? text.replaceAll('+', ' ');
  return search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [read(pair), ''] : [read(pair.slice(0, at)), read(pair.slice(at + 1))];
    });
}

/** The media type that `format` names, as its description in the document has it. */
export function mediaOf(asked: Asked): string {
  const parameter = asked.operation.parameters.find(({ name }) => name === 'format');
  const { description = '' } = (parameter ?? {}) as { description?: string };
  const medias = [...description.matchAll(/`(?<name>\w+)` \((?<media>[^)]+)\)/g)];
  const named = medias.find((match) => match.groups?.name === asked.one('format'));
  return named?.groups?.media ?? 'application/json';
}

/** A HEAD must have the headers of the GET, and no body. */
async function sameHead(bench: Bench, sent: Sent, head: Awaited<ReturnType<Bench['send']>>): Promise<Answer> {
  const answer = await hold(bench, { ...sent, method: 'GET' });
  expect(head.body).toBe('');
  expect(head.statusCode).toBe(answer.status);
  const lasting = (headers: Answer['headers']) =>
    Object.entries(headers)
      .filter(([name]) => !['date', 'x-request-id', 'transfer-encoding', 'connection'].includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  expect(lasting(head.headers)).toEqual(lasting(answer.headers));
  return answer;
}
