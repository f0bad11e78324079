import { expect } from 'vitest';
import { type Answer, contracted, idsIn } from './answers.ts';
import type { Bench } from './bench.ts';
import { listingIn } from './checks.ts';
import { type Draw, urlOf } from './draws.ts';
import { listingFault } from './expected.ts';
import { hold } from './hold.ts';

// What else must be true of a request that was answered: its pages, its formats, its entity tag, its HEAD.

/** Asks one thing more about a request, which of them its draw decides. */
export async function probed(bench: Bench, draw: Draw, answer: Answer): Promise<void> {
  const takes = (name: string): boolean => draw.asked.operation.parameters.some((each) => each.name === name);
  if (draw.probe === 0) await hold(bench, { method: 'HEAD', url: draw.url, headers: {} });
  else if (draw.probe === 1) await revalidated(bench, draw, answer);
  else if (draw.probe <= 4 && takes('bom')) await exported(bench, draw);
  else if (draw.probe <= 8 && takes('cursor')) await walked(bench, draw);
  else if (draw.probe <= 8 && takes('since')) await followed(bench, draw);
}

/** A request with the entity tag of an answer gets a 304 without a body. */
async function revalidated(bench: Bench, { url, asked }: Draw, { headers }: Answer): Promise<void> {
  const tag = String(headers.etag);
  for (const tags of [tag, `W/${tag}`, `"other", ${tag}`]) {
    const response = await bench.send({ method: 'GET', url, headers: { 'if-none-match': tags } });
    const again = contracted(bench.contract, asked.operation, response);
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag]);
  }
}

/** The same query as lines and as a table: the same records, as many as announced. */
async function exported(bench: Bench, draw: Draw): Promise<void> {
  const asked = draw.asked.without('format', 'limit', 'cursor', 'facets', 'bom');
  const as = async (format: string): Promise<Answer> => {
    const request = { path: draw.path, asked: asked.and('format', format) };
    const answer = await hold(bench, { method: 'GET', url: urlOf(request, 0), headers: {} });
    expect(answer.status).toBe(200);
    return answer;
  };
  const [lines, table] = [await as('ndjson'), await as('csv')];
  expect(Number(lines.headers['x-total-count'])).toBe((lines.value as unknown[]).length);
  expect(table.headers['x-total-count']).toBe(lines.headers['x-total-count']);
  const ids = idsIn(lines);
  if (ids && idsIn(table)) expect(idsIn(table)).toEqual(ids);
}

/** A list read to its end, in pages of several sizes, by `next` and by `Link` in turn: all of it, in order. */
async function walked(bench: Bench, draw: Draw): Promise<void> {
  const { contract, world } = bench;
  const asked = draw.asked.without('format', 'limit', 'cursor', 'facets', 'bom', 'count');
  const fields = asked.names('fields');
  const listing = listingIn('application/json', { asked, path: draw.path }, world);
  const items: unknown[] = [];
  let cursor: string | null = null;
  let link: string | undefined;
  for (let pages = 0; pages <= listing.items.length; pages++) {
    const limit = draw.limits[pages % draw.limits.length] ?? 1;
    const sized = asked.and('limit', String(limit));
    const request = { path: draw.path, asked: cursor === null ? sized : sized.and('cursor', cursor) };
    const url = link !== undefined && pages % 2 ? link : urlOf(request, pages);
    const response = await bench.send({ method: 'GET', url, headers: {} });
    const page = contracted(contract, asked.operation, response, { fields });
    expect(page.status, `${url}: ${page.text}`).toBe(200);
    const body = page.value as { items: unknown[]; next: string | null };
    if (body.next !== null) expect(body.items.length).toBeGreaterThan(0);
    items.push(...body.items);
    cursor = body.next;
    link = /^<(?<url>[^>]+)>; rel="next"$/.exec(String(page.headers.link ?? ''))?.groups?.url;
    expect(link !== undefined).toBe(cursor !== null);
    if (cursor === null) break;
  }
  expect(cursor).toBeNull();
  expect(listingFault(items, listing, Number.POSITIVE_INFINITY, fields)).toBeNull();
}

/** Changes followed to the last one, each `next` as `since`. */
async function followed(bench: Bench, draw: Draw): Promise<void> {
  const asked = draw.asked.without('since', 'limit');
  const listing = listingIn(
    'application/json',
    { asked: draw.asked.without('limit'), path: draw.path },
    bench.world,
  );
  const items: unknown[] = [];
  let since = Number(draw.asked.one('since'));
  for (let pages = 0; ; pages++) {
    const limit = Math.max(20, draw.limits[pages % draw.limits.length] ?? 1);
    const request = { path: draw.path, asked: asked.and('since', String(since)).and('limit', String(limit)) };
    const page = await hold(bench, { method: 'GET', url: urlOf(request, pages), headers: {} });
    const body = page.value as { items: unknown[]; next: number };
    items.push(...body.items);
    since = body.next;
    if (page.headers.link === undefined) break;
  }
  expect(listingFault(items, listing, Number.POSITIVE_INFINITY)).toBeNull();
}
