import type { ChangeLog, ChangeRecord } from '../../backend/journal/change-log.ts';
import type { Clock } from '../../clock.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { isSettled } from '../../domain/result.ts';
import type { RayMetrics } from './ray-metrics.ts';
import type { Log } from './log.ts';

/** A journal with what its writes reveal. */
export interface ObservedJournal {
  readonly log: ChangeLog;
  /** Whether the last synced write succeeded; true before the first. */
  isWritable(): boolean;
  /** Changes that are not settled. */
  openChanges(): number;
}

/** Times the journal's writes; counts and logs each change once, when it settles. */
export function observeJournal(
  store: ChangeLog,
  parts: { readonly metrics: () => RayMetrics; readonly log: Log; readonly clock: Clock },
): ObservedJournal {
  const open = new Set<string>();
  let isWritable = true;

  /** Counts and times only synced writes. */
  async function timed<T>(write: () => Promise<T>, isSynced = true): Promise<T> {
    const startedAt = performance.now();
    try {
      const value = await write();
      // A write that is not synced succeeds on a full disk, too, so it proves nothing.
      if (!isSynced) return value;
      parts.metrics().journalWrite('ok', performance.now() - startedAt);
      if (!isWritable) parts.log('info', 'journal-writable-again');
      isWritable = true;
      return value;
    } catch (error) {
      parts.metrics().journalWrite('failed', performance.now() - startedAt);
      if (isWritable)
        parts.log('error', 'journal-not-writable', { detail: error instanceof Error ? error.message : 'it failed' });
      isWritable = false;
      throw error;
    }
  }

  function observe({ change }: ChangeRecord) {
    if (!isSettled(change.result)) {
      open.add(change.id);
      return;
    }
    if (!open.delete(change.id) || change.result === null) return;
    const { id, wanted, who, address, askedAt, attempts, result } = change;
    parts.metrics().change(result.kind);
    parts.log('info', 'change', {
      id,
      kind: wanted.kind,
      ...targetOf(wanted),
      who,
      address,
      outcome: result.kind,
      attempts,
      ms: parts.clock.now() - askedAt,
    });
  }

  return {
    isWritable: () => isWritable,
    openChanges: () => open.size,
    log: {
      ...store,
      async add(record, durable = 'at-once') {
        const there = await timed(() => store.add(record, durable), durable === 'at-once');
        if (there === null) observe(record);
        return there;
      },
      async update(record) {
        await timed(() => store.update(record));
        observe(record);
      },
      async open() {
        const records = await store.open();
        for (const record of records) observe(record);
        return records;
      },
    },
  };
}

/** What a change is about, as log fields. */
function targetOf(request: ChangeRequest): { readonly job: string } | { readonly cluster: string } {
  switch (request.kind) {
    case 'stop-job':
      return { job: request.submissionId };
    case 'save':
    case 'delete':
    case 'delete-when-idle':
    case 'release':
      return { cluster: request.clusterId };
  }
}
