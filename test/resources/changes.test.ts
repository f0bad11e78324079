import { afterEach, beforeEach, expect, test } from 'vitest';
import { event, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;
beforeEach(async () => {
  server = await startApp();
});
afterEach(() => server.close());

const dataset = (id: string, version: string) => ({
  id,
  title: `Title of ${id}`,
  description: 'Records for one test',
  licence: 'CC0-1.0',
  citation: id,
  version,
});

const get = async (query: string) => {
  const { status, body } = await server.get(`/v1/changes?${query}`);
  expect(body.errors ?? []).toEqual([]);
  expect(status).toBe(200);
  return body;
};

test('an empty store has no changes, and a mirror can wait for the first', async () => {
  expect(await get('')).toEqual({ items: [], next: 0 });
});

test('puts, merges and deletes are told once each, in order', async () => {
  const before = Date.now();
  await server.load(world({ events: [event('kept'), event('twin'), event('hoax')] }));
  const first = await get('limit=200');
  const sequences = first.items.map((item: { sequence: number }) => item.sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  expect(first.next).toBe(sequences.at(-1));
  expect(first.items.find((item: { id: string }) => item.id === 'twin')).toEqual({
    sequence: expect.any(Number),
    at: expect.stringMatching(/Z$/),
    action: 'put',
    kind: 'event',
    id: 'twin',
    mergedInto: null,
    dataset: 'world',
  });
  expect(Date.parse(first.items[0].at)).toBeGreaterThanOrEqual(before);

  await server.load(
    world({
      dataset: dataset('world', '1.1.0'),
      events: [event('kept', { title: 'Another title' })],
      retired: [
        { kind: 'event', id: 'twin', mergedInto: 'kept' },
        { kind: 'event', id: 'hoax', reason: 'no source tells it' },
      ],
    }),
  );
  const second = await get(`since=${first.next}`);
  expect(
    second.items.map(({ action, kind, id, mergedInto }: Record<string, string>) => [
      action,
      kind,
      id,
      mergedInto,
    ]),
  ).toEqual([
    ['put', 'dataset', 'world', null],
    ['put', 'event', 'kept', null],
    ['merge', 'event', 'twin', 'kept'],
    ['delete', 'event', 'hoax', null],
  ]);
  // Nothing new: `next` stays, so that polling goes on from it.
  expect(await get(`since=${second.next}`)).toEqual({ items: [], next: second.next });
  expect(await get(`since=${second.next}&kind=claim`)).toEqual({ items: [], next: second.next });
});

test('pages join to the whole; Link leads on only while there is more', async () => {
  await server.load(world({ events: [event('a'), event('b')] }));
  const whole = await get('limit=200');
  const seen: unknown[] = [];
  let path: string | undefined = '/v1/changes?limit=3';
  while (path !== undefined) {
    const { body, headers } = await server.get(path);
    seen.push(...body.items);
    path = /^<([^>]+)>; rel="next"$/.exec(String(headers.link))?.[1];
    if (path !== undefined) expect(path).toBe(`/v1/changes?limit=3&since=${body.next}`);
  }
  expect(seen).toEqual(whole.items);
});

test('by kind and by dataset', async () => {
  await server.load(world({ events: [event('a')] }));
  const { next } = await get('limit=200');
  await server.load({ dataset: dataset('other', '1.0.0') });
  const ids = async (query: string) => (await get(query)).items.map((item: { id: string }) => item.id);
  expect(await ids('kind=event')).toEqual(['a']);
  expect(await ids('kind=event,dataset')).toEqual(['world', 'a', 'other']);
  expect(await ids('dataset=other')).toEqual(['other']);
  expect(await ids(`since=${next}&dataset=world`)).toEqual([]);
  expect(await ids('dataset=other&kind=event')).toEqual([]);
});

test.each([
  ['since=9999', 'since', 'start again from 0', ['0']],
  ['since=-1', 'since', 'must be a whole number from 0', []],
  ['since=abc', 'since', 'must be a whole number from 0', []],
  ['since=', 'since', 'must be a whole number from 0', []],
  ['since=2147483648', 'since', 'must be a whole number from 0', []],
  ['limit=0', 'limit', 'must be a whole number from 1 to 200', []],
  ['kind=evnt', 'kind', '"evnt" is not one of', ['event']],
  ['dataset=wrld', 'dataset', 'there is no dataset "wrld"', ['world']],
  ['cursor=x', 'cursor', 'there is no such parameter', []],
])('%s is refused', async (query, parameter, detail, suggestions) => {
  await server.load(world());
  const { status, body } = await server.get(`/v1/changes?${query}`);
  expect(status).toBe(400);
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0]).toMatchObject({ parameter, location: 'query', suggestions });
  expect(body.errors[0].detail).toContain(detail);
});
