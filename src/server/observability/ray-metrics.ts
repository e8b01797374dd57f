import type { Fleet } from '../../domain/fleet.ts';
import type { SourceName } from '../../domain/sourced.ts';
import { addClusterMetrics } from './cluster-metrics.ts';
import type { Metrics } from './metrics.ts';

/** The metrics of one Ray and its journal. Parameters in ms, series in seconds. */
export interface RayMetrics {
  /** Called when a read of a source ends. `result`: `ok` or the reason of the failure. */
  read(source: SourceName, result: string, ms: number, bytes: number | null, at: number): void;
  /** Called when a write to Ray ends. */
  write(action: string, outcome: string, ms: number): void;
  /** Called when a change settles. */
  change(outcome: string): void;
  journalWrite(result: 'ok' | 'failed', ms: number): void;
  /** Adds the virtual clusters' own metrics, evaluated at each scrape. */
  addClusters(fleet: () => Fleet | null): void;
}

export interface RayMetricsParts {
  readonly now: () => number;
  readonly openChanges: () => number;
  /** Left out: it is. */
  readonly isUsageKept?: () => boolean;
}

export function createRayMetrics(metrics: Metrics, parts: RayMetricsParts): RayMetrics {
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
    addClusters: (fleet) => addClusterMetrics(metrics, fleet),
  };
}
