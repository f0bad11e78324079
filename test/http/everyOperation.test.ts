import http from 'node:http';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemTypes } from '../../src/http/problems/types.ts';
import { startApp, type TestApp } from '../support/store.ts';

// What is true of every operation of the OpenAPI document, and of every route beside it.

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  example?: unknown;
  schema: { type?: string; enum?: string[]; examples?: unknown[]; items?: { examples?: string[] } };
}
interface Operation {
  path: string;
  parameters: Parameter[];
}

/** Routes beside the operations: one of each kind. */
const OTHERS = [
  '/',
  '/v1',
  '/openapi.json',
  '/openapi.yaml',
  '/docs/',
  '/docs/static/swagger-ui.css',
  '/problems',
  '/problems/gone',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/robots.txt',
  '/favicon.ico',
];

let server: TestApp;
let operations: Operation[];
let port: number;
beforeAll(async () => {
  server = await startApp('bundled');
  const { body } = await server.get('/openapi.json');
  operations = Object.entries(body.paths as Record<string, { get: { parameters: Parameter[] } }>).map(
    ([path, { get }]) => ({ path, parameters: get.parameters }),
  );
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = server.app.server.address() as net.AddressInfo);
});
afterAll(() => server.close());

const takes = ({ parameters }: Operation, name: string): boolean =>
  parameters.some((each) => each.name === name);

/** The path of an operation, and the query that it cannot do without. */
function urlOf({ path, parameters }: Operation, query: readonly string[] = []): string {
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((whole, { name, example, schema }) => {
      return whole.replace(`{${name}}`, String(example ?? schema.examples?.[0]));
    }, path);
  const names = query.map((pair) => pair.split(/[=[%]/)[0]);
  const required = parameters
    .filter(({ name, required, in: where }) => where === 'query' && required && !names.includes(name))
    .map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`);
  const all = [...required, ...query];
  return all.length === 0 ? filled : `${filled}?${all.join('&')}`;
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Asks over the network, where Node itself has its say, too. */
function ask(method: string, path: string, headers: Record<string, string | string[]> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    request.on('error', reject).end();
  });
}

/** Sends bytes as they are; `body` is that of the first answer, whole. */
function raw(bytes: string | Buffer): Promise<{ head: string; body: string }> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(20_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', reject).on('close', () => {
      const [head = '', ...rest] = answer.split('\r\n\r\n');
      resolve({ head, body: rest.join('\r\n\r\n') });
    });
  });
}

const END = 'Connection: close\r\n\r\n';

describe('HEAD', () => {
  test('is answered like GET, whatever its condition, on every operation in every format', async () => {
    let requests = 0;
    for (const operation of operations) {
      const formats = operation.parameters.find(({ name }) => name === 'format')?.schema.enum ?? [];
      for (const query of [[], ...formats.map((format) => [`format=${format}`])]) {
        const url = urlOf(operation, query);
        const { etag = '', 'last-modified': modified = '' } = (await ask('GET', url)).headers;
        expect([url, etag]).toEqual([url, expect.stringMatching(/^"/)]);
        for (const [condition, status] of [
          [{}, 200],
          [{ 'If-None-Match': '*' }, 304],
          [{ 'If-None-Match': etag }, 304],
          [{ 'If-None-Match': '"other"' }, 200],
          [{ 'If-Modified-Since': modified }, 304],
          [{ 'If-Modified-Since': 'Sat, 01 Jan 2000 00:00:00 GMT' }, 200],
        ] as const) {
          const get = await ask('GET', url, condition);
          const head = await ask('HEAD', url, condition);
          const where = [url, condition];
          expect([...where, get.status, head.status]).toEqual([...where, status, status]);
          expect(head.body).toBe('');
          for (const name of [
            'etag',
            'last-modified',
            'content-type',
            'content-length',
            'vary',
            'cache-control',
          ])
            expect([...where, name, head.headers[name]]).toEqual([...where, name, get.headers[name]]);
          requests += 1;
        }
      }
    }
    expect(requests).toBeGreaterThan(300);
  });

  test('a 304 has no length, which would be that of the answer it stands for', async () => {
    for (const url of [
      '/v1/events',
      '/v1/actors/cambodia',
      '/v1/events?format=csv',
      '/openapi.json',
      '/v1',
      '/problems',
    ]) {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers } = await ask(method, url, { 'If-None-Match': '*' });
        expect([url, method, status, headers['content-length'], headers['content-type']]).toEqual([
          url,
          method,
          304,
          undefined,
          undefined,
        ]);
      }
    }
  });
});

describe('methods', () => {
  const READ = ['GET', 'HEAD', 'OPTIONS'];

  test('every other method that HTTP has is 405, with Allow, on every route, whatever body is sent', async () => {
    const others = http.METHODS.filter((method) => ![...READ, 'CONNECT'].includes(method));
    expect(others).toEqual(expect.arrayContaining(['TRACE', 'PROPFIND', 'POST', 'QUERY', 'M-SEARCH']));
    for (const url of [...operations.map((operation) => urlOf(operation)), ...OTHERS]) {
      for (const method of others) {
        const { head, body } = await raw(
          `${method} ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3\r\n${END}{"a`,
        );
        const problem = JSON.parse(body);
        expect([method, url, head.split('\r\n')[0], problem.type]).toEqual([
          method,
          url,
          'HTTP/1.1 405 Method Not Allowed',
          '/problems/method-not-allowed',
        ]);
        expect(head.toLowerCase()).toContain('\r\nallow: get, head, options\r\n');
        expect(problem.detail).toBe(`${method} is not allowed on ${url.split('?')[0]}: use GET or HEAD`);
      }
    }
  });

  test('OPTIONS says what is allowed, on every route and of the server', async () => {
    for (const url of [...operations.map((operation) => urlOf(operation)), ...OTHERS, '*']) {
      const { status, headers, body } = await ask('OPTIONS', url);
      expect([url, status, headers.allow, body]).toEqual([url, 204, 'GET, HEAD, OPTIONS', '']);
    }
  });

  test('a tunnel is refused, and a method that no standard has is unknown', async () => {
    const tunnel = await raw(`CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n`);
    expect(tunnel.head).toMatch(/^HTTP\/1\.1 405 .*\r\nAllow: GET, HEAD, OPTIONS\r\n/);
    expect(JSON.parse(tunnel.body)).toMatchObject({ type: '/problems/method-not-allowed', status: 405 });
    for (const method of ['FOO', 'get', 'G3T']) {
      const { head, body } = await raw(`${method} /v1/events HTTP/1.1\r\nHost: x\r\n${END}`);
      expect([method, head.split('\r\n')[0]]).toEqual([method, 'HTTP/1.1 501 Not Implemented']);
      expect(JSON.parse(body)).toMatchObject({ type: '/problems/method-not-implemented', status: 501 });
    }
    // What has no form of a request is no method.
    expect((await raw('FOO\r\n\r\n')).head).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('how the server is addressed', () => {
  const refused = async (lines: string, status: number, type: string, detail: RegExp) => {
    for (const url of [...operations.map((operation) => urlOf(operation)), ...OTHERS, '/nowhere']) {
      const { head, body } = await raw(`GET ${url} HTTP/1.1\r\n${lines}${END}`);
      const problem = JSON.parse(body);
      expect([url, head.split(' ')[1], problem.type]).toEqual([url, String(status), `/problems/${type}`]);
      expect(problem.detail).toMatch(detail);
      expect(head).toMatch(/\r\ncontent-type: application\/problem\+json/i);
      expect(head).toMatch(/\r\nx-request-id: /i);
      expect(head).toMatch(/\r\ncache-control: no-store/i);
    }
  };

  test.each([
    ['no Host', '', /0 Host headers/],
    ['two', 'Host: a\r\nHost: b\r\n', /2 Host headers/],
    ['the same twice', 'Host: a\r\nhost: a\r\n', /2 Host headers/],
    ['an empty one', 'Host: \r\n', /is empty/],
    ['two, of which one is empty', 'Host: \r\nHost: a\r\n', /2 Host headers/],
    ['one with a path', 'Host: a/b\r\n', /is no host/],
    ['one with a quotation mark', 'Host: a"b\r\n', /is no host/],
    ['one with a dollar sign', 'Host: a$&b\r\n', /is no host/],
    ['one that is long', `Host: ${'a'.repeat(7_000)}/\r\n`, /^"a{100}…" is no host/],
  ])('%s is refused on every route', (_name, lines, detail) => refused(lines, 400, 'bad-http', detail));

  test('an unknown expectation is refused on every route', () =>
    refused('Host: x\r\nExpect: tea\r\n', 417, 'expectation-failed', /Expect: "tea"/));

  test('the expectation that HTTP has is met', async () => {
    const { head, body } = await raw(`GET /v1 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n${END}`);
    expect(head).toBe('HTTP/1.1 100 Continue');
    expect(body).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  test('a target that names the host is the same request to that host, on every operation in every format', async () => {
    for (const operation of operations) {
      const formats = operation.parameters.find(({ name }) => name === 'format')?.schema.enum ?? [];
      for (const query of [[], ...formats.map((format) => [`format=${format}`])]) {
        const url = urlOf(operation, query);
        const expected = await ask('GET', url, { host: 'attest.example:81' });
        for (const scheme of ['http', 'HTTP', 'https']) {
          const given = await ask('GET', `${scheme}://attest.example:81${url}`, { host: 'other' });
          expect([url, given.status, given.headers.etag]).toEqual([url, 200, expected.headers.etag]);
          expect(given.body).toBe(expected.body);
        }
      }
    }
    // Nothing after the host is the root.
    expect((await ask('GET', 'http://attest.example')).status).toBe((await ask('GET', '/')).status);
  });

  test.each(['ftp://x/v1/events', 'http://u@x/v1/events', 'http:///v1/events', 'v1/events'])(
    'a target that is no path, and names no host, is refused: %s',
    async (target) => {
      const { head, body } = await raw(`GET ${target} HTTP/1.1\r\nHost: x\r\n${END}`);
      expect([head.split(' ')[1], JSON.parse(body).type]).toEqual(['400', '/problems/bad-http']);
    },
  );

  test('HTTP/1.0 without a host is answered on every operation, with links to where it was reached', async () => {
    for (const operation of operations) {
      const formats = operation.parameters.find(({ name }) => name === 'format')?.schema.enum ?? [];
      for (const query of [[], ...formats.map((format) => [`format=${format}`])]) {
        const url = urlOf(operation, query);
        const { head, body } = await raw(`GET ${url} HTTP/1.0\r\n\r\n`);
        expect([url, head.split(' ')[1]]).toEqual([url, '200']);
        if (/format=(atom|jsonld)/.test(url)) expect(body).toContain(`http://127.0.0.1:${port}/v1/`);
      }
    }
    const { body } = await raw('GET /v1/events/none HTTP/1.0\r\n\r\n');
    expect(JSON.parse(body).type).toBe('/problems/not-found');
  });
});

describe('a query', () => {
  /** Every parameter of every operation, with a value of its own. */
  const parameters = (): [Operation, Parameter, string][] =>
    operations.flatMap((operation) =>
      operation.parameters
        .filter((parameter) => parameter.in === 'query')
        .map((parameter): [Operation, Parameter, string] => {
          const { example, schema } = parameter;
          const value =
            schema.items?.examples?.[0] ?? example ?? schema.examples?.[0] ?? schema.enum?.[0] ?? '1';
          return [operation, parameter, encodeURIComponent([value].flat().map(String).join(','))];
        }),
    );

  test('every parameter in brackets is the parameter, once or repeated', async () => {
    let repeated = 0;
    for (const [operation, { name, schema }, value] of parameters()) {
      const answer = async (...query: string[]) => {
        const url = urlOf(operation, query);
        const response = await server.app.inject(url);
        return [
          response.statusCode,
          response.statusCode === 200 ? response.headers.etag : response.json().errors,
        ];
      };
      const where = `${operation.path} ${name}`;
      const once = await answer(`${name}=${value}`);
      for (const brackets of ['[]', '%5B%5D', '[0]'])
        expect([where, ...(await answer(`${name}${brackets}=${value}`))]).toEqual([where, ...once]);
      const twice = await answer(`${name}=${value}`, `${name}=${value}`);
      expect([where, ...(await answer(`${name}[]=${value}`, `${name}[]=${value}`))]).toEqual([
        where,
        ...twice,
      ]);
      expect([where, ...(await answer(`${name}[0]=${value}`, `${name}[1]=${value}`))]).toEqual([
        where,
        ...twice,
      ]);
      if (schema.type === 'array') repeated += 1;
    }
    expect(repeated).toBeGreaterThan(40);
  });

  test('the next page of a query in brackets is that query', async () => {
    for (const operation of operations.filter((each) => takes(each, 'cursor'))) {
      const ids = async (url: string) => {
        const response = await server.app.inject(url);
        expect([url, response.statusCode]).toEqual([url, 200]);
        return { items: response.json().items, link: /^<(.*)>/.exec(String(response.headers.link))?.[1] };
      };
      const first = await ids(urlOf(operation, ['limit[]=1']));
      if (first.link === undefined) continue;
      const second = await ids(first.link);
      const plain = await ids(urlOf(operation, ['limit=2']));
      expect([...first.items, ...second.items]).toEqual(plain.items);
      // A cursor in brackets is replaced by the next one, too.
      const cursor = new URL(first.link, 'http://x').searchParams.get('cursor');
      const again = await ids(urlOf(operation, ['limit[]=1', `cursor[]=${cursor}`]));
      expect(again.items).toEqual(second.items);
      if (again.link !== undefined) await ids(again.link);
    }
  });

  test('that is not UTF-8 is refused for every parameter, which is named', async () => {
    for (const [operation, { name }] of parameters()) {
      for (const value of ['caf%E9', '%C3', '%ED%A0%80', 'a%FFb']) {
        const url = urlOf(operation, [`${name}=${value}`]);
        const { status, body } = await server.get(url);
        expect([url, status, body.errors]).toEqual([
          url,
          400,
          [{ parameter: name, location: 'query', detail: expect.stringContaining('UTF-8'), suggestions: [] }],
        ]);
      }
    }
  });

  test('with letters that are not encoded at all is told to encode them', async () => {
    for (const encoding of ['utf8', 'latin1'] as const) {
      const { head, body } = await raw(
        Buffer.from(`GET /v1/events?q=café HTTP/1.1\r\nHost: x\r\n${END}`, encoding),
      );
      expect(head).toMatch(/^HTTP\/1\.1 400 /);
      expect(JSON.parse(body)).toMatchObject({
        type: '/problems/bad-http',
        detail: expect.stringContaining('percent-encode'),
      });
    }
  });

  test('a slash at the end is what is wrong, whatever the query says', async () => {
    for (const operation of operations) {
      for (const query of ['', '?limit=1', '?limit=x', '?no-such=1', '?q=']) {
        const [path = ''] = urlOf(operation).split('?');
        const { status, body } = await server.get(`${path}/${query}`);
        expect([path, query, status, body.errors]).toEqual([path, query, 404, []]);
        expect(body.detail).toContain(`remove the slash at its end for ${path}`);
      }
    }
    for (const path of OTHERS.filter((each) => !each.startsWith('/docs') && each !== '/')) {
      const { status, body } = await server.get(`${path}/`);
      expect([path, status]).toEqual([path, 404]);
      expect(body.detail).toContain(`remove the slash at its end for ${path}`);
    }
  });
});

describe('the size of an error', () => {
  const MOST = 25_000;

  test.each([
    ['commas', (name: string, length: number) => `${name}=${','.repeat(length)}`],
    ['one long value', (name: string, length: number) => `${name}=${'a'.repeat(length)}`],
    ['digits', (name: string, length: number) => `${name}=${'9'.repeat(length)}`],
    ['many values', (name: string, length: number) => `${name}=${'zz,'.repeat(length / 3)}`],
    [
      'different values',
      (name: string, length: number) => {
        const values = Array.from({ length: Math.floor(length / 6) }, (_, index) => `z${index}`);
        return `${name}=${values.join(',')}`;
      },
    ],
    ['quotation marks', (name: string, length: number) => `${name}=${'%22'.repeat(length / 3)}`],
    ['control characters', (name: string, length: number) => `${name}=${'%01'.repeat(length / 3)}`],
    ['bytes that are not UTF-8', (name: string, length: number) => `${name}=${'%E9'.repeat(length / 3)}`],
    ['a long name', (name: string, length: number) => `${name}${'a'.repeat(length)}=1`],
  ])(
    'does not grow with %s, in any parameter of any operation',
    async (_name, write) => {
      for (const operation of operations) {
        for (const { name } of operation.parameters.filter((parameter) => parameter.in === 'query')) {
          const sizes: number[] = [];
          for (const length of [3_600, 7_200]) {
            const { statusCode, body } = await server.app.inject(urlOf(operation, [write(name, length)]));
            if (statusCode < 400) continue;
            expect([operation.path, name, statusCode]).toEqual([operation.path, name, 400]);
            sizes.push(body.length);
          }
          const [short = 0, long = 0] = sizes;
          // The number of values may have a digit more.
          expect([operation.path, name, long <= Math.min(MOST, short + 10)]).toEqual([
            operation.path,
            name,
            true,
          ]);
        }
      }
    },
    120_000,
  );

  test('does not grow with the path, the number of parameters, or a header', async () => {
    const long = 'a'.repeat(7_000);
    for (const [url, headers] of [
      [`/${long}`, {}],
      [`/v1/events/${'a'.repeat(490)}`, {}],
      [`/v1/events/${long}`, {}],
      [`/v1/vocabularies/${'%22'.repeat(490)}`, {}],
      [`/v1/events/${'%E9'.repeat(2_000)}`, {}],
      [`/v1/events?${Array.from({ length: 99 }, (_, index) => `${'a'.repeat(70)}${index}=1`).join('&')}`, {}],
      [`/v1/events?${Array.from({ length: 99 }, () => 'limit=%E9').join('&')}`, {}],
      ['/v1/events', { accept: `${long}/${long}` }],
      ['/v1/events', { expect: long }],
    ] as [string, Record<string, string>][]) {
      const { statusCode, body } = await server.app.inject({ url, headers });
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect([url.slice(0, 40), body.length < MOST]).toEqual([url.slice(0, 40), true]);
      expect(body).not.toContain('a'.repeat(600));
    }
  });
});

test('every type of problem is one that the reference and the pages have', async () => {
  const { body } = await server.app.inject('/problems');
  for (const type of Object.keys(problemTypes)) expect(body).toContain(`/problems/${type}\n`);
});
