import type { Clock } from '../../clock.ts';
import type { ChangeLog, ChangeRecord } from './change-log.ts';

/** How long until what could not be written is tried again, ms. */
const RETRY_DELAY = 5_000;

/**
 * The changes remembered, as a running console needs them. Its `update` never rejects: what became of a change is held
 * until it can be written, and told as if it were. What must be durable before Ray is called goes by `add` and `intend`.
 */
export interface BufferedChangeLog extends ChangeLog {
  /** Notes that a change goes out now; rejects with `JournalUnwritable`, and then it must not go out. */
  recordIntent(record: ChangeRecord): Promise<void>;
  /** Tells a change so from now on, without writing it: for what a restart may forget, such as when it was last looked for. */
  holdInMemory(record: ChangeRecord): void;
}

export function createBufferedChangeLog({
  log,
  clock,
}: {
  readonly log: ChangeLog;
  readonly clock: Clock;
}): BufferedChangeLog {
  const unwritten = new Map<string, ChangeRecord>();
  let cancel: (() => void) | null = null;

  async function write(record: ChangeRecord): Promise<void> {
    const { id } = record.change;
    unwritten.set(id, record);
    try {
      await log.update(record);
      // A later one may have come meanwhile; that is tried by itself.
      if (unwritten.get(id) === record) unwritten.delete(id);
    } catch {
      cancel ??= clock.after(RETRY_DELAY, () => {
        cancel = null;
        void writeAll();
      });
    }
  }

  async function writeAll(): Promise<void> {
    for (const record of [...unwritten.values()]) await write(record);
  }

  const latest = (record: ChangeRecord) => unwritten.get(record.change.id) ?? record;

  return {
    add: async (record, durable) => {
      const there = await log.add(record, durable);
      return there === null ? null : latest(there);
    },
    async recordIntent(record) {
      await log.update(record);
      unwritten.delete(record.change.id);
    },
    update: write,
    holdInMemory: (record) => void unwritten.set(record.change.id, record),
    async get(id) {
      const there = await log.get(id);
      return there === null ? null : latest(there);
    },
    async list(query, page) {
      const { records, total } = await log.list(query, page);
      return { records: records.map(latest), total };
    },
    async walk(query, from, limit) {
      const { records, next } = await log.walk(query, from, limit);
      return { records: records.map(latest), next };
    },
    open: async () => (await log.open()).map(latest),
    forRevision: async (clusterId, revision) => (await log.forRevision(clusterId, revision)).map(latest),
    retention: () => log.retention(),
    async close() {
      cancel?.();
      await writeAll();
      cancel?.();
      await log.close();
    },
  };
}
