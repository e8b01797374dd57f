import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

const operation = (...args: string[]) => {
  const asked = parseOptions(args, {});
  return asked.kind === 'start' ? asked.options.observability : asked;
};

test.each([
  [[], { logLevel: 'info', metricsPort: null, metricsHost: '127.0.0.1', clusterMetrics: true }],
  [
    ['--log-level', 'debug', '--metrics-port', '9090'],
    { logLevel: 'debug', metricsPort: 9090, metricsHost: '127.0.0.1', clusterMetrics: true },
  ],
  [
    ['--metrics-port', '0', '--metrics-host', '0.0.0.0', '--no-cluster-metrics'],
    { logLevel: 'info', metricsPort: 0, metricsHost: '0.0.0.0', clusterMetrics: false },
  ],
])('%j', (args, read) => {
  expect(operation(...args)).toEqual(read);
});

test.each([
  [['--log-level', 'loud']],
  [['--metrics-port', '70000']],
  [['--metrics-port', 'x']],
  [['--metrics-host', '0.0.0.0']],
  [['--metrics-port', '1', '--metrics-host', 'a b']],
])('%j is wrong, and said in one line', (args) => {
  expect(operation(...args)).toEqual({
    kind: 'wrong',
    message: expect.stringMatching(/^--(log-level|metrics-(port|host)) [^\n]*$/),
  });
});
