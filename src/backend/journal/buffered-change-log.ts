import type { Clock } from '../../clock.ts';
import type { ChangeLog, ChangeRecord } from './change-log.ts';

/** How long until a failed write is retried, ms. */
const RETRY_DELAY = 5_000;

/**
 * The change log of a running console. Its `update` never rejects: the result of a change is kept in memory until it can be
 * written, and read as if it were. What must be durable before Ray is called goes through `add` and `recordIntent`.
 */
export interface BufferedChangeLog extends ChangeLog {
  /** Makes it durable that a change is about to be sent. Rejects with `JournalUnwritable`: then it must not be sent. */
  recordIntent(record: ChangeRecord): Promise<void>;
  /** Reads return this record from now on, but it is not written: for what a restart may forget, such as the last look. */
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
  let cancelRetry: (() => void) | null = null;

  async function write(record: ChangeRecord): Promise<void> {
    const { id } = record.change;
    unwritten.set(id, record);
    try {
      await log.update(record);
      // A newer record may have been put here meanwhile; its own write takes it out.
      if (unwritten.get(id) === record) unwritten.delete(id);
    } catch {
      cancelRetry ??= clock.after(RETRY_DELAY, () => {
        cancelRetry = null;
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
      const existing = await log.add(record, durable);
      return existing === null || existing === 'abandoned' ? existing : latest(existing);
    },
    async abandon(given) {
      const existing = await log.abandon(given);
      return existing === null ? null : latest(existing);
    },
    async recordIntent(record) {
      await log.update(record);
      unwritten.delete(record.change.id);
    },
    update: write,
    holdInMemory: (record) => void unwritten.set(record.change.id, record),
    async get(id) {
      const existing = await log.get(id);
      return existing === null ? null : latest(existing);
    },
    find: (query, page) => log.find(query, page),
    findFrom: (query, start, limit) => log.findFrom(query, start, limit),
    async read(numbers) {
      const changes = await log.read(numbers);
      return changes.map((change) =>
        change.cut === undefined ? (unwritten.get(change.id)?.change ?? change) : change,
      );
    },
    readText: (number) => log.readText(number),
    open: async () => (await log.open()).map(latest),
    forRevision: async (clusterId, revision) => (await log.forRevision(clusterId, revision)).map(latest),
    retention: () => log.retention(),
    async close() {
      cancelRetry?.();
      await writeAll();
      cancelRetry?.();
      await log.close();
    },
  };
}
