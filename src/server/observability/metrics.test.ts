import { describe, expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';
import { parseMetrics, valueOf } from '../../testing/harness/parse-metrics.ts';

describe('metrics', () => {
  test('count, sum and tell, in a form that a parser reads', async () => {
    const metrics = createMetrics();
    const reads = metrics.counter('reads_total', 'Reads.', ['source', 'result']);
    const took = metrics.summary('read_seconds', 'How long they took.', ['source']);
    metrics.gauge('age_seconds', 'Ages.', ['source'], () => [
      { labels: { source: 'list' }, value: 2.5 },
      { labels: { source: 'never' }, value: Number.POSITIVE_INFINITY },
    ]);
    reads.add({ source: 'list', result: 'ok' });
    reads.add({ source: 'list', result: 'ok' });
    reads.add({ source: 'state', result: 'timed-out' });
    took.observe({ source: 'list' }, 0.25);
    took.observe({ source: 'list' }, 0.5);
    const samples = parseMetrics(await metrics.text());
    expect(valueOf(samples, 'reads_total', { source: 'list', result: 'ok' })).toBe(2);
    expect(valueOf(samples, 'reads_total', { source: 'state' })).toBe(1);
    expect(valueOf(samples, 'read_seconds_sum')).toBe(0.75);
    expect(valueOf(samples, 'read_seconds_count')).toBe(2);
    expect(valueOf(samples, 'age_seconds', { source: 'never' })).toBe(Number.POSITIVE_INFINITY);
  });

  test('whatever stands in a label stays in it', async () => {
    const metrics = createMetrics();
    const evil = 'a"} 1\nb 2\n\\';
    metrics.counter('evil_total', 'Line\nbreaks.', ['name']).add({ name: evil });
    expect(parseMetrics(await metrics.text())).toEqual([{ name: 'evil_total', labels: { name: evil }, value: 1 }]);
  });

  test('a gauge that has no value has no series, with labels or without', async () => {
    const metrics = createMetrics();
    const values: { labels: { id: string }; value: number }[] = [{ labels: { id: 'a' }, value: 1 }];
    metrics.gauge('by_id', 'By id.', ['id'], () => values);
    metrics.gauge('alone', 'Alone.', [], () => values.map(({ value }) => ({ value })));
    expect(parseMetrics(await metrics.text())).toHaveLength(2);
    values.pop();
    expect(parseMetrics(await metrics.text())).toEqual([]);
  });

  test.each([
    'no_end 1',
    'two words 1\n',
    '# TYPE a counter\na 1\n',
    '# TYPE a gauge\na{x="1} 1\n',
    '# TYPE a gauge\na 1\na 2\n',
    'untyped 1\n',
  ])('the parser refuses %j', (text) => {
    expect(() => parseMetrics(text)).toThrow(/^(No type|Not a metric|Duplicate|A counter|The last)/);
  });
});
