import { afterAll, beforeAll, expect, test } from 'vitest';
import { Counter, exposition, Histogram } from '../../src/http/routes/exposition.ts';
import { startApp, type TestApp } from '../support/store.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startApp('bundled');
});
afterAll(() => server.close());

/** A metric in the text format: its help, its type, and samples of its name. */
const METRIC =
  /^# HELP (\w+) [^\n]+\n# TYPE \1 (counter|gauge|histogram)\n(?:\1(?:_bucket|_sum|_count)?(?:\{(?:\w+="(?:[^"\\\n]|\\[\\"n])*",?)+\})? (?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|\+Inf)\n)*$/;

test('everything is in the text format of Prometheus, each metric once', async () => {
  await server.get('/v1/events?limit=1');
  await server.get('/v1/nowhere');
  const { body } = await server.app.inject('/metrics');
  const metrics = body.split('\n\n').map((metric) => `${metric.trimEnd()}\n`);
  for (const metric of metrics) expect(metric).toMatch(METRIC);
  const names = metrics.map((metric) => METRIC.exec(metric)?.[1]);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining([
      ...[
        'http_request_duration_seconds',
        'attest_problems_total',
        'attest_records',
        'process_cpu_seconds_total',
      ],
      ...['process_resident_memory_bytes', 'nodejs_heap_size_used_bytes', 'nodejs_eventloop_lag_p99_seconds'],
      ...['nodejs_gc_duration_seconds', 'process_start_time_seconds'],
    ]),
  );
});

test('a histogram counts what is at most each bound, and all', () => {
  const histogram = new Histogram({ name: 'took', help: 'How long it took' }, [0.1, 1]);
  for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe({ route: '/a' }, value);
  histogram.observe({ route: '/b' }, 1);
  expect(exposition([histogram.metric()])).toBe(
    [
      '# HELP took How long it took',
      '# TYPE took histogram',
      'took_bucket{route="/a",le="0.1"} 2',
      'took_bucket{route="/a",le="1"} 3',
      'took_bucket{route="/a",le="+Inf"} 4',
      'took_sum{route="/a"} 7.65',
      'took_count{route="/a"} 4',
      'took_bucket{route="/b",le="0.1"} 0',
      'took_bucket{route="/b",le="1"} 1',
      'took_bucket{route="/b",le="+Inf"} 1',
      'took_sum{route="/b"} 1',
      'took_count{route="/b"} 1',
      '',
    ].join('\n'),
  );
});

test('values of labels are escaped, and those of one set counted together', () => {
  const counter = new Counter({ name: 'seen', help: 'How often it was seen' });
  for (let times = 0; times < 2; times += 1) counter.increase({ what: 'a "b"\\\nc' });
  expect(exposition([counter.metric()])).toContain('seen{what="a \\"b\\"\\\\\\nc"} 2\n');
});
