import fc from 'fast-check';
import type { Bench, Sent } from './bench.ts';
import type { Draw } from './draws.ts';
import { pairsOf } from './hold.ts';
import { pointsOf } from './words.ts';

// Requests that are wrong in some way, made out of right ones.

interface Spoiler {
  which: number;
  numbers: number[];
  text: string;
}

type Spoil = (sent: Sent, spoiler: Spoiler, bench: Bench) => Sent;

const JUNK = [
  '',
  ' ',
  ',',
  'a,,b',
  'alice,',
  '-1',
  '0',
  '1e2',
  '0x10',
  '999999999999',
  'true',
  'null',
  '../..',
  '2024-02-30',
  '2023-02-29',
  '2024/2025',
  '-0044',
  '9999-12-31',
  '0000',
  '\u0000',
  'a\u0000b',
  '\u0301',
  '%',
  '*',
  '"',
  '"a',
  '""',
  "';--",
  'NEAR(a b)',
  'a AND',
  '{title}: x',
  '__proto__',
  'constructor',
  '🙂'.repeat(150),
  'x'.repeat(201),
  'a'.repeat(9000),
  Array(51).fill('alice').join(),
];
const BROKEN = [
  '%',
  '%zz',
  '%E0%A4',
  '%C3%28',
  '%00',
  '%u0041',
  '%ED%A0%80',
  '\u00ff',
  '&',
  '=',
  '?',
  '#',
  ';',
  '//',
  '\\',
];
const ACCEPTS = [
  '',
  '*/*',
  '*/*;q=0',
  'text/csv',
  'application/x-ndjson;q=0.5, application/json;q=0.1',
  'application/geo+json',
  'text/calendar, */*;q=0.1',
  'application/atom+xml',
  'application/ld+json;profile="x"',
  'application/graphml+xml',
  'text/html,application/xhtml+xml',
  'application/*;q=0.3',
  ';;;',
  'application/json;q=NaN',
  ',,,/,',
];
const HEADERS: [string, string[]][] = [
  ['if-none-match', ['*', '""', '"x"', 'W/"x", "y"', ',,', 'x'.repeat(5000)]],
  ['if-modified-since', ['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', 'yesterday', '']],
  ['if-match', ['"x"', '*']],
  ['accept-encoding', ['gzip', 'br;q=1, *;q=0', 'identity;q=0', '*', 'x-gzip', ';;', 'deflate']],
  ['x-request-id', ['abc', '', 'a b', '"><script>', 'x'.repeat(200)]],
  [
    'host',
    [
      '',
      '[',
      'a b',
      '"><b>',
      'localhost:99999',
      'münchen',
      '%zz',
      'a"b',
      '$&',
      ':81',
      'A.example:81',
      '[::1]:81',
    ],
  ],
  ['origin', ['null', 'https://example.org', '']],
  ['access-control-request-method', ['GET', 'DELETE', '']],
  ['range', ['bytes=0-10', 'x']],
  ['content-type', ['application/json', 'nonsense', '']],
  ['transfer-encoding', ['x']],
  ['x-forwarded-proto', ['ftp', 'javascript:']],
];
const METHODS = ['HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY'];

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Takes a URL apart, changes its pairs and puts it together again. */
function pairs(sent: Sent, change: (list: [string, string][]) => void): Sent {
  const [path = '', search = ''] = sent.url.split('?');
  const list = pairsOf(search).map(([name, value]): [string, string] => [name, value]);
  change(list);
  const written = list.map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join('='));
  return { ...sent, url: written.length > 0 ? `${path}?${written.join('&')}` : path };
}

const junk = ({ numbers: [n = 0, m = 0], text }: Spoiler): string => (m % 3 ? at(JUNK, n) : text);

const SPOILS: Spoil[] = [
  // A value, a name, a repeat, one parameter more or less.
  (sent, spoiler) =>
    pairs(sent, (list) => {
      const pair = at(list, spoiler.numbers[2] ?? 0);
      if (pair) pair[1] = junk(spoiler);
    }),
  (sent, { numbers: [n = 0, m = 0, k = 0] }) =>
    pairs(sent, (list) => {
      const pair = at(list, n);
      if (!pair) return;
      const letters = pointsOf(pair[1]);
      letters.splice(m % (letters.length + 1), k % 2, at(['', 'x', '-', ',', 'É', 'x-'], k));
      pair[1] = letters.join('');
    }),
  (sent, spoiler, bench) =>
    pairs(sent, (list) => {
      const all = bench.contract.operations.flatMap(({ parameters }) => parameters);
      list.push([at(all, spoiler.numbers[3] ?? 0).name, junk(spoiler)]);
    }),
  (sent, spoiler) => pairs(sent, (list) => list.push([junk(spoiler), 'x'])),
  (sent, { numbers: [n = 0] }) => pairs(sent, (list) => list.length > 0 && list.push([...at(list, n)])),
  (sent, { numbers: [n = 0, m = 0] }) =>
    pairs(sent, (list) => {
      const pair = at(list, n);
      if (pair) pair[0] = at([pair[0].toUpperCase(), `${pair[0]}[]`, ` ${pair[0]}`, pair[0].slice(1)], m);
    }),
  (sent, { numbers: [n = 0] }) => pairs(sent, (list) => list.splice(n % (list.length + 1), 1)),
  (sent, { numbers: [n = 0, m = 0] }) =>
    pairs(sent, (list) => {
      for (let more = n % 120; more > 0; more--) list.push([at(['type', 'actor', 'x', 'limit'], m), 'x']);
    }),
  // The URL itself.
  (sent, { numbers: [n = 0, m = 0] }) => {
    const place = n % (sent.url.length + 1);
    return { ...sent, url: sent.url.slice(0, place) + at(BROKEN, m) + sent.url.slice(place) };
  },
  (sent, { numbers: [n = 0], text }) => {
    const place = n % (sent.url.length + 1);
    return { ...sent, url: sent.url.slice(0, place) + text + sent.url.slice(place) };
  },
  (sent, { numbers: [n = 0, m = 0] }) => {
    const place = n % (sent.url.length + 1);
    return { ...sent, url: sent.url.slice(0, place) + sent.url.slice(place + 1 + (m % 9)) };
  },
  // The path.
  (sent, spoiler, bench) => {
    const [path = '', search] = sent.url.split('?');
    const {
      numbers: [n = 0, m = 0],
    } = spoiler;
    const gone = bench.world.retired;
    const ids = [
      junk(spoiler),
      gone.length > 0 ? at(gone, m).id : 'x',
      'x'.repeat(450),
      'x'.repeat(600),
      '.',
      '..',
    ];
    const last = path.split('/').slice(0, -1).join('/');
    const paths = [
      `${path}/`,
      `/${path}`,
      path.toUpperCase(),
      `${path}/${encodeURIComponent(at(ids, m).toWellFormed())}`,
      `${last}/${encodeURIComponent(at(ids, m).toWellFormed())}`,
      `${last}/${encodeURIComponent(at(ids, m >> 2).toWellFormed())}`,
      path.replace('/v1', '/v2'),
      path.replace('e', '%65'),
    ];
    return { ...sent, url: at(paths, n) + (search === undefined ? '' : `?${search}`) };
  },
  // Everything around it.
  (sent, { numbers: [n = 0] }) => ({ ...sent, method: at(METHODS, n) }),
  (sent, { numbers: [n = 0] }) => ({ ...sent, headers: { ...sent.headers, accept: at(ACCEPTS, n) } }),
  (sent, { numbers: [n = 0, m = 0] }) => {
    const [name, values] = at(HEADERS, n);
    return { ...sent, headers: { ...sent.headers, [name]: at(values, m) } };
  },
  // Cursors of other queries, cut, or changed by a letter.
  (sent, { numbers: [n = 0, m = 0, k = 0] }, bench) =>
    pairs(sent, (list) => {
      const cursor = at([...bench.cursors.keys()], n);
      const place = m % cursor.length;
      const forged = Buffer.from(JSON.stringify([String(m), 'x', 'y'])).toString('base64url');
      list.push([
        'cursor',
        at(
          [cursor, cursor.slice(0, place), `${cursor.slice(0, place)}A${cursor.slice(place + 1)}`, forged],
          k,
        ),
      ]);
    }),
];

/** Mangled requests, out of drawn ones. */
export function mangledFrom(draws: fc.Arbitrary<Draw>, bench: Bench): fc.Arbitrary<Sent> {
  const spoiler = fc.record({
    which: fc.nat({ max: SPOILS.length - 1 }),
    numbers: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
    text: fc.string({ unit: 'binary', maxLength: 30 }),
  });
  return (
    fc
      .tuple(draws, fc.array(spoiler, { minLength: 1, maxLength: 3 }))
      .map(([{ url }, spoilers]) =>
        spoilers.reduce<Sent>((sent, each) => at(SPOILS, each.which)(sent, each, bench), {
          method: 'GET',
          url,
          headers: {},
        }),
      )
      // The target of a request begins with a slash, whatever becomes of the rest.
      .map((sent) => ({ ...sent, url: sent.url.startsWith('/') ? sent.url : `/${sent.url}` }))
      .filter(({ url }) => URL.canParse(`http://localhost${url}`))
  );
}
