import net from 'node:net';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actor, event, world } from '../support/records.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;

beforeAll(async () => {
  server = await startApp(
    world({
      actors: [
        actor('daniel-kritenbrink', { aliases: [{ name: 'Kristenbrink', sources: ['daily'] }] }),
        actor('united-states', { kind: 'state', aliases: [{ name: 'US', sources: ['daily'] }] }),
      ],
      events: [event('embargo-lifted-2025')],
      retired: [
        { kind: 'event', id: 'embargo-ended-2025', mergedInto: 'embargo-lifted-2025' },
        { kind: 'event', id: 'embargo-hoax', reason: 'no source tells it' },
        { kind: 'actor', id: 'kritenbrink', mergedInto: 'daniel-kritenbrink' },
      ],
    }),
  );
});
afterAll(() => server.close());

describe('a query that is not understood names the parameter, the fault and what was probably meant', () => {
  test.each([
    ['/v1/events?actr=alice', 'actr', 'there is no such parameter here', ['actor']],
    ['/v1/events?x=1', 'x', 'there is no such parameter here', []],
    ['/v1/events/embargo-lifted-2025?x=1', 'x', 'there is no such parameter here', []],
    ['/v1/actors?about=alice', 'about', 'there is no such parameter here', []],
    ['/v1/events?actor=kristenbrink', 'actor', 'there is no actor "kristenbrink"', ['daniel-kritenbrink']],
    ['/v1/events?actor=daniel-kritenbrik', 'actor', 'there is no actor', ['daniel-kritenbrink']],
    ['/v1/events?actor=alice,usa', 'actor', 'there is no actor "usa"', ['united-states']],
    ['/v1/events?actor=kritenbrink', 'actor', 'is now part of "daniel-kritenbrink"', ['daniel-kritenbrink']],
    ['/v1/events?actor=zzzzzzzz', 'actor', 'there is no actor "zzzzzzzz"', []],
    ['/v1/events?actor=Hun%20Manet', 'actor', '"Hun Manet" is not an id', []],
    ['/v1/events?actor=', 'actor', 'has an empty value', []],
    ['/v1/events?actor=alice,', 'actor', 'has an empty value', []],
    [`/v1/events?actor=${Array(51).fill('alice').join(',')}`, 'actor', 'takes at most 50 values', []],
    ['/v1/events?topic=tarifs', 'topic', 'there is no topic "tarifs"', ['tariffs']],
    ['/v1/events?source=dayly', 'source', 'there is no source "dayly"', ['daily']],
    ['/v1/events?publisher=daily', 'publisher', 'there is no actor "daily"', ['daily-press']],
    ['/v1/events?dataset=wrld', 'dataset', 'there is no dataset "wrld"', ['world']],
    ['/v1/statements?occasion=embargo-lift-2025', 'occasion', 'there is no event', ['embargo-lifted-2025']],
    ['/v1/topics?broader=econmy', 'broader', 'there is no topic', ['economy']],
    ['/v1/actors?parent=freedoni', 'parent', 'there is no actor', ['freedonia']],
    ['/v1/events?type=AGREEE', 'type', '"AGREEE" is not one of AGREE, CONSULT', ['AGREE']],
    ['/v1/events?type=consult', 'type', '"consult" is not one of', ['CONSULT']],
    ['/v1/events?status=ocurred,planned', 'status', '"ocurred" is not one of', ['occurred']],
    ['/v1/events?country=kh', 'country', 'is not an ISO 3166-1 alpha-2 code', ['KH']],
    ['/v1/events?country=Cambodia', 'country', 'is not an ISO 3166-1 alpha-2 code', ['KH']],
    ['/v1/events?country=UK', 'country', 'is not an ISO 3166-1 alpha-2 code', ['GB']],
    ['/v1/timeline?country=QQQ', 'country', 'is not an ISO 3166-1 alpha-2 code', []],
    ['/v1/events?role=host', 'role', 'needs `actor`', []],
    ['/v1/events?from=yesterday', 'from', 'is not a calendar date in EDTF', []],
    ['/v1/events?from=2023-02-29', 'from', 'is not a calendar date in EDTF', []],
    ['/v1/events?from=-0044', 'from', 'is not a calendar date in EDTF', []],
    ['/v1/events?from=2024-02-30', 'from', 'is not a calendar date in EDTF', []],
    ['/v1/events?from=2024/2025', 'from', 'is not one date', []],
    ['/v1/events?to=..', 'to', 'is not a calendar date', []],
    ['/v1/events?from=2025&to=2024', 'from', 'is after `to`: exchange them', []],
    ['/v1/events?dateMatch=maybe', 'dateMatch', '"maybe" is not one of bounded, possible, certain', []],
    ['/v1/events?disputed=yes', 'disputed', '"yes" is neither true nor false', []],
    ['/v1/events?sort=name', 'sort', '"name" is not one of -date, date, id, -id', []],
    ['/v1/events?limit=0', 'limit', 'must be a whole number from 1 to 200', []],
    ['/v1/events?limit=201', 'limit', 'must be a whole number from 1 to 200', []],
    ['/v1/events?limit=1e2', 'limit', 'must be a whole number from 1 to 200', []],
    ['/v1/events?limit=0x10', 'limit', 'must be a whole number from 1 to 200', []],
    ['/v1/events?limit=', 'limit', 'must be a whole number from 1 to 200', []],
    ['/v1/events?limit=1&limit=2', 'limit', 'is given more than once', []],
    ['/v1/events?sort=id&sort=date', 'sort', 'is given more than once', []],
    ['/v1/events?from=2024&from=2025', 'from', 'is given more than once', []],
    ['/v1/actors?name=', 'name', 'is empty', []],
    ['/v1/claims?stance=denys', 'stance', '"denys" is not one of', ['denies']],
    // Either would match every name there is.
    ['/v1/actors?name=%CC%81', 'name', 'has no letter in it', []],
    ['/v1/actors?name=%00', 'name', 'has a NUL character in it', []],
    ['/v1/claims?standing=contested', 'standing', '"contested" is not one of', []],
  ])('%s', async (path, parameter, detail, suggestions) => {
    const { status, headers, body } = await server.get(path);
    expect(status).toBe(400);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ type: '/problems/invalid-request', status: 400 });
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({ parameter, location: 'query' });
    expect(body.errors[0].detail).toContain(detail);
    expect(body.errors[0].suggestions.slice(0, suggestions.length || undefined)).toEqual(suggestions);
    expect(body.detail).toContain(detail);
  });

  test('all at once', async () => {
    const { body } = await server.get('/v1/events?actr=alice&type=FOO&limit=x');
    expect(body.errors.map((error: { parameter: string }) => error.parameter).sort()).toEqual([
      'actr',
      'limit',
      'type',
    ]);
    const references = await server.get('/v1/events?actor=nobody-at-all&topic=nothing-at-all');
    expect(references.body.errors.map((error: { parameter: string }) => error.parameter)).toEqual([
      'actor',
      'topic',
    ]);
  });
});

describe('a record that is not there', () => {
  test.each([
    ['/v1/events/embargo-lifted', ['embargo-lifted-2025']],
    ['/v1/actors/kristenbrink', ['daniel-kritenbrink']],
    ['/v1/topics/tradee', ['trade']],
    ['/v1/sources/nothing-like-it', []],
    ['/v1/statements/x', []],
    ['/v1/claims/x', []],
    [`/v1/events/${'x'.repeat(400)}`, []],
    ["/v1/events/x'%20or%201=1--", []],
    ['/v1/events/%00', []],
  ])('%s', async (path, suggestions) => {
    const { status, body } = await server.get(path);
    expect(status).toBe(404);
    expect(body).toMatchObject({
      type: '/problems/not-found',
      errors: [{ parameter: 'id', location: 'path', suggestions }],
    });
  });

  test('was merged: the old id leads to the new one', async () => {
    const response = await server.app.inject('/v1/events/embargo-ended-2025');
    expect(response.statusCode).toBe(308);
    expect(response.headers.location).toBe('/v1/events/embargo-lifted-2025');
    expect(response.json()).toMatchObject({ type: '/problems/moved', status: 308 });
  });

  test('was withdrawn: it says why', async () => {
    const { status, body } = await server.get('/v1/events/embargo-hoax');
    expect(status).toBe(410);
    expect(body).toMatchObject({
      type: '/problems/gone',
      detail: expect.stringContaining('no source tells it'),
    });
  });
});

test('a route that is nearly one is named', async () => {
  const { body } = await server.get('/v1/event?limit=1');
  expect(body.detail).toBe('there is no /v1/event (did you mean /v1/events?): /docs lists the routes');
  expect((await server.get('/v1/events/')).body.detail).toContain('remove the slash at its end');
});

test('no such route', async () => {
  for (const path of ['/v', '/v1/event', '/v1/events/a/b', '/v2/events', '/v1/events/']) {
    const { status, body } = await server.get(path);
    expect([path, status]).toEqual([path, 404]);
    expect(body.type).toBe('/problems/not-found');
  }
});

test('other methods are not allowed, whatever body they send', async () => {
  const http = supertest(server.app.server);
  for (const request of [
    http.post('/v1/events').set('content-type', 'application/json').send('{"broken'),
    http.put('/v1/events/embargo-lifted-2025').send({}),
    http.patch('/v1/claims').set('content-type', 'nonsense').send('x'),
    http.delete('/v1/actors/alice'),
  ]) {
    const response = await request;
    expect(response.status).toBe(405);
    expect(response.headers.allow).toBe('GET, HEAD, OPTIONS');
    expect(response.body).toMatchObject({ type: '/problems/method-not-allowed' });
  }
});

test('every type of problem is explained where it points', async () => {
  for (const path of ['/v1/events?x=1', '/v1/events/none', '/v1/events/embargo-hoax', '/nowhere']) {
    const { body } = await server.get(path);
    const page = await server.app.inject(body.type);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(body.title);
  }
});

/** Sends raw bytes and returns the first line of the answer and its body. */
function raw(bytes: string): Promise<{ statusLine: string; body: string }> {
  const { port } = server.app.server.address() as net.AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      const body = answer.split('\r\n\r\n')[1];
      if (body !== undefined && body.length > 0) socket.end();
    });
    socket.on('close', () => {
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      resolve({ statusLine: head.split('\r\n')[0] ?? '', body });
    });
    socket.on('error', reject);
  });
}

test('what is hardly HTTP gets a problem too', async () => {
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const garbage = await raw('GARBAGE\r\n\r\n');
  expect(garbage.statusLine).toBe('HTTP/1.1 400 Bad Request');
  expect(JSON.parse(garbage.body)).toMatchObject({ type: '/problems/bad-http' });
  const huge = await raw(`GET /v1/events HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`);
  expect(huge.statusLine).toBe('HTTP/1.1 431 Request Header Fields Too Large');
  expect(JSON.parse(huge.body)).toMatchObject({ type: '/problems/headers-too-long' });
  const malformed = await raw('GET /v1/events/%E0%A4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(malformed.statusLine).toBe('HTTP/1.1 400 Bad Request');
  expect(malformed.body).toContain('/problems/bad-http');
});
