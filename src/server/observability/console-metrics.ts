import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Fleet } from '../../domain/fleet.ts';
import type { SourceName } from '../../domain/sourced.ts';
import { addClusterMetrics } from './cluster-metrics.ts';
import { createMetrics } from './metrics.ts';

/** The console's own metrics. Parameters in ms, series in seconds, as Prometheus wants them. */
export interface ConsoleMetrics {
  /** Called when a read of a source ends. `result`: `ok` or the reason of the failure. */
  read(source: SourceName, result: string, ms: number, bytes: number | null, at: number): void;
  /** Called when a write to Ray ends. */
  write(action: string, outcome: string, ms: number): void;
  /** Called when a change settles. */
  change(outcome: string): void;
  journalWrite(result: 'ok' | 'failed', ms: number): void;
  request(method: string, status: number, ms: number): void;
  /** Adds the virtual clusters' own metrics, evaluated at each scrape. */
  addClusters(fleet: () => Fleet | null): void;
  /** The text format, and its content type. */
  text(): Promise<string>;
  readonly contentType: string;
  close(): void;
}

export function createConsoleMetrics(parts: {
  readonly now: () => number;
  readonly consoleVersion: string;
  readonly watchers: () => number;
  readonly openChanges: () => number;
  /** Left out: it is. */
  readonly isUsageKept?: () => boolean;
}): ConsoleMetrics {
  const metrics = createMetrics();
  const reads = metrics.counter('vcc_ray_reads_total', 'Reads of Ray, by source and result.', ['source', 'result']);
  const readTook = metrics.summary('vcc_ray_read_seconds', 'How long reads of Ray took, parsing included.', ['source']);
  const good = new Map<SourceName, { readonly at: number; readonly bytes: number | null }>();
  metrics.gauge('vcc_ray_read_age_seconds', 'How long ago the last good read of a source began.', ['source'], () =>
    [...good].map(([source, { at }]) => ({ labels: { source }, value: (parts.now() - at) / 1_000 })),
  );
  metrics.gauge('vcc_ray_reply_bytes', 'What the last good reply of a source weighed.', ['source'], () =>
    [...good].flatMap(([source, { bytes }]) => (bytes === null ? [] : [{ labels: { source }, value: bytes }])),
  );
  const writes = metrics.counter('vcc_ray_writes_total', 'Writes to Ray, by action and outcome.', [
    'action',
    'outcome',
  ]);
  const writeTook = metrics.summary('vcc_ray_write_seconds', 'How long writes to Ray took.', ['action']);
  const changes = metrics.counter('vcc_changes_total', 'Changes that settled, by outcome.', ['outcome']);
  metrics.gauge('vcc_changes_open', 'Changes that are not settled.', [], () => [{ value: parts.openChanges() }]);
  const journalWrites = metrics.counter(
    'vcc_journal_writes_total',
    'Writes to the journal, by result; each is synced to the disk.',
    ['result'],
  );
  const journalTook = metrics.summary(
    'vcc_journal_write_seconds',
    'How long writes to the journal took, the sync included.',
    [],
  );
  metrics.gauge('vcc_usage_kept', '1 if the last sample of usage was kept, 0 if it could not be.', [], () => [
    { value: parts.isUsageKept?.() === false ? 0 : 1 },
  ]);
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

  // An alert on the increase of a counter needs its series to begin at 0.
  journalWrites.add({ result: 'failed' }, 0);
  changes.add({ outcome: 'cannot-be-known' }, 0);

  return {
    read(source, result, ms, bytes, at) {
      reads.add({ source, result });
      readTook.observe({ source }, ms / 1_000);
      if (result === 'ok') good.set(source, { at, bytes });
    },
    write(action, outcome, ms) {
      writes.add({ action, outcome });
      writeTook.observe({ action }, ms / 1_000);
    },
    change: (outcome) => changes.add({ outcome }),
    journalWrite(result, ms) {
      journalWrites.add({ result });
      journalTook.observe({}, ms / 1_000);
    },
    request(method, status, ms) {
      requests.add({ method, status: String(status) });
      requestTook.observe({ method }, ms / 1_000);
    },
    addClusters: (fleet) => addClusterMetrics(metrics, fleet),
    text: metrics.text,
    contentType: metrics.contentType,
    close: () => void delay.disable(),
  };
}
