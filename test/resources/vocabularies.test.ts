import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server.close());

interface Term {
  term: string;
  definition: string;
  quadClass?: string;
  modes?: string[];
  types?: string[];
}

const terms = async (name: string): Promise<Term[]> => {
  const { status, body } = await server.get(`/v1/vocabularies/${name}`);
  expect(status).toBe(200);
  expect(body.name).toBe(name);
  expect(body.description).not.toBe('');
  return body.terms;
};

test.each([
  ['event-types', 'AGREE'],
  ['event-modes', 'visit'],
  ['event-statuses', 'occurred'],
  ['quad-classes', 'verbal-cooperation'],
  ['participant-roles', 'initiator'],
  ['actor-kinds', 'person'],
  ['statement-forms', 'quote'],
  ['statement-media', 'interview'],
  ['claim-kinds', 'factual'],
  ['stances', 'asserts'],
  ['standings', 'disputed'],
  ['source-kinds', 'news'],
  ['contributor-roles', 'author'],
  ['record-kinds', 'dataset'],
  ['change-actions', 'merge'],
])('%s has every word once, each with a definition', async (name, word) => {
  const found = await terms(name);
  const names = found.map(({ term }) => term);
  expect(names).toContain(word);
  expect(new Set(names).size).toBe(names.length);
  for (const { term, definition } of found)
    expect([term, definition]).toEqual([term, expect.stringMatching(/\.$/)]);
});

test('every event type has its quad class and its modes', async () => {
  const types = await terms('event-types');
  expect(types).toHaveLength(16);
  const inClass = (quadClass: string) =>
    types.filter((type) => type.quadClass === quadClass).map(({ term }) => term);
  expect(inClass('verbal-cooperation')).toEqual(['AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE']);
  expect(inClass('material-cooperation')).toEqual(['COOPERATE', 'AID', 'RETREAT']);
  expect(inClass('verbal-conflict')).toEqual(['REQUEST', 'ACCUSE', 'REJECT', 'THREATEN']);
  expect(inClass('material-conflict')).toEqual(['PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT']);
  const modes = Object.fromEntries(types.map((type) => [type.term, type.modes]));
  expect(modes.MOBILIZE).toEqual(['troops', 'weapons', 'police', 'militia']);
  expect(modes.AGREE).toEqual([]);
});

test('every event mode names the types that can have it', async () => {
  const types = await terms('event-types');
  for (const { term, types: having } of await terms('event-modes')) {
    const expected = types.filter((type) => type.modes?.includes(term)).map((type) => type.term);
    expect([term, having]).toEqual([term, expected]);
    expect(having?.length).toBeGreaterThan(0);
  }
  const others = await terms('stances');
  expect(others[0]).toEqual({ term: 'asserts', definition: expect.any(String) });
});

test('words on the wire are those that filters take', async () => {
  for (const { term } of await terms('event-types')) {
    expect((await server.get(`/v1/events?type=${term}`)).status).toBe(200);
  }
  for (const { term } of await terms('event-modes')) {
    expect((await server.get(`/v1/events?mode=${term}`)).status).toBe(200);
  }
});

test('an unknown name is a 404 that lists the names, the one probably meant first', async () => {
  const { status, body } = await server.get('/v1/vocabularies/eventTypes');
  expect(status).toBe(404);
  expect(body.type).toBe('/problems/not-found');
  expect(body.errors).toHaveLength(1);
  expect(body.errors[0]).toMatchObject({ parameter: 'name', location: 'path' });
  expect(body.errors[0].suggestions[0]).toBe('event-types');
  expect(body.errors[0].suggestions).toHaveLength(18);
  const other = await server.get('/v1/vocabularies/x');
  expect(other.body.errors[0].suggestions).toHaveLength(18);
});

test('the list names every vocabulary, what it tells and how many words it has', async () => {
  const { status, body } = await server.get('/v1/vocabularies?count=true');
  expect(status).toBe(200);
  expect(body).toMatchObject({ next: null, total: 18 });
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(
    (await server.get('/v1/vocabularies/x')).body.errors[0].suggestions,
  );
  for (const { name, description, count } of body.items) {
    const { body: whole } = await server.get(`/v1/vocabularies/${name}`);
    expect([name, description, count]).toEqual([name, whole.description, whole.terms.length]);
  }
});

test('the list is paged as every other one', async () => {
  const names: string[] = [];
  let pages = 0;
  let path: string | undefined = '/v1/vocabularies?limit=4';
  while (path !== undefined) {
    const { status, headers, body } = await server.get(path);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('total');
    names.push(...body.items.map(({ name }: { name: string }) => name));
    pages += 1;
    expect(headers.link === undefined).toBe(body.next === null);
    path = /<([^>]+)>; rel="next"/.exec((headers.link as string | undefined) ?? '')?.[1];
  }
  expect([pages, names.length, new Set(names).size]).toEqual([5, 18, 18]);
  // A page that ends with the last one leads nowhere.
  expect((await server.get('/v1/vocabularies?limit=18')).body.next).toBeNull();
  expect((await server.get('/v1/vocabularies?cursor=abc')).status).toBe(400);
});

test('takes no parameters', async () => {
  const { status, body } = await server.get('/v1/vocabularies/stances?limit=1');
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ parameter: 'limit', location: 'query' }]);
});
