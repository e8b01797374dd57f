import type { ChangeLog, ChangeRecord } from '../../backend/journal/change-log.ts';
import type { Clock } from '../../clock.ts';
import { isSettled } from '../../domain/result.ts';
import type { ConsoleMetrics } from './console-metrics.ts';
import type { Log } from './log.ts';

/** What is known of the journal from what was written to it. */
export interface ObservedJournal {
  readonly log: ChangeLog;
  /** Whether the last write to it went well; true before the first. */
  isWritable(): boolean;
  /** Changes that are not settled. */
  openChanges(): number;
}

/** A journal whose writes are timed; what each change comes to is counted and logged once, when it settles. */
export function observeJournal(
  store: ChangeLog,
  parts: { readonly metrics: () => ConsoleMetrics; readonly log: Log; readonly clock: Clock },
): ObservedJournal {
  const open = new Set<string>();
  let writable = true;

  /** Only those that are synced are counted: what others take is nothing beside it. */
  async function timed<T>(write: () => Promise<T>, isSynced = true): Promise<T> {
    const begun = performance.now();
    try {
      const came = await write();
      if (isSynced) parts.metrics().journalWrite('ok', performance.now() - begun);
      if (!writable) parts.log('info', 'journal-writable-again');
      writable = true;
      return came;
    } catch (error) {
      parts.metrics().journalWrite('failed', performance.now() - begun);
      if (writable)
        parts.log('error', 'journal-not-writable', { detail: error instanceof Error ? error.message : 'it failed' });
      writable = false;
      throw error;
    }
  }

  function note({ change }: ChangeRecord) {
    if (!isSettled(change.result)) {
      open.add(change.id);
      return;
    }
    if (!open.delete(change.id) || change.result === null) return;
    const { id, wanted, who, address, askedAt, attempts, result } = change;
    parts.metrics().change(result.kind);
    const target = wanted.kind === 'stop-job' ? { job: wanted.submissionId } : { cluster: wanted.clusterId };
    parts.log('info', 'change', {
      id,
      kind: wanted.kind,
      ...target,
      who,
      address,
      outcome: result.kind,
      attempts,
      ms: parts.clock.now() - askedAt,
    });
  }

  return {
    isWritable: () => writable,
    openChanges: () => open.size,
    log: {
      ...store,
      async add(record, durable = 'at-once') {
        const there = await timed(() => store.add(record, durable), durable === 'at-once');
        if (there === null) note(record);
        return there;
      },
      async update(record) {
        await timed(() => store.update(record));
        note(record);
      },
      async open() {
        const records = await store.open();
        for (const record of records) note(record);
        return records;
      },
    },
  };
}
