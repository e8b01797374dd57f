import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createMetrics } from './metrics.ts';
import { createRayMetrics, type RayMetrics, type RayMetricsParts } from './ray-metrics.ts';

/** The console's own metrics. Parameters in ms, series in seconds, as Prometheus wants them. */
export interface ConsoleMetrics {
  request(method: string, status: number, ms: number): void;
  /** Those of one Ray. `name`: their label `ray` among several; null for the only one, whose series have no such label. */
  ofRay(name: string | null, parts: RayMetricsParts): RayMetrics;
  /** The text format, and its content type. */
  text(): Promise<string>;
  readonly contentType: string;
  close(): void;
}

export function createConsoleMetrics(parts: {
  readonly consoleVersion: string;
  readonly watchers: () => number;
}): ConsoleMetrics {
  const metrics = createMetrics();
  metrics.gauge('vcc_watchers', 'Browsers and scripts that read the stream of the fleet.', [], () => [
    { value: parts.watchers() },
  ]);
  const requests = metrics.counter('vcc_requests_total', 'Requests, by method and status.', ['method', 'status']);
  const requestTook = metrics.summary('vcc_request_seconds', 'How long requests took, streams left out.', ['method']);
  metrics.gauge('vcc_build_info', 'The version of the console.', ['version'], () => [
    { labels: { version: parts.consoleVersion }, value: 1 },
  ]);

  // Names as in Prometheus' official clients.
  metrics.gauge('process_resident_memory_bytes', 'Resident memory.', [], () => [{ value: process.memoryUsage.rss() }]);
  metrics.gauge('nodejs_heap_size_used_bytes', 'Used heap.', [], () => [{ value: process.memoryUsage().heapUsed }]);
  metrics.gauge('nodejs_external_memory_bytes', 'Memory outside of the heap.', [], () => [
    { value: process.memoryUsage().external },
  ]);
  metrics.gauge('process_cpu_seconds', 'Processor time so far.', [], () => {
    const { user, system } = process.cpuUsage();
    return [{ value: (user + system) / 1e6 }];
  });
  metrics.gauge('process_uptime_seconds', 'How long the console runs.', [], () => [{ value: process.uptime() }]);
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  metrics.gauge(
    'nodejs_eventloop_lag_p99_seconds',
    'How long work waited for its turn, 99th percentile since the last scrape.',
    [],
    () => {
      const value = Math.max(0, delay.percentile(99) / 1e9 - 0.02);
      delay.reset();
      return [{ value }];
    },
  );

  return {
    request(method, status, ms) {
      requests.add({ method, status: String(status) });
      requestTook.observe({ method }, ms / 1_000);
    },
    ofRay: (name, of) => createRayMetrics(name === null ? metrics : metrics.of({ ray: name }), of),
    text: metrics.text,
    contentType: metrics.contentType,
    close: () => void delay.disable(),
  };
}
