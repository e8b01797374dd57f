import type { Clock } from '../../clock.ts';

/** The cost of one read. */
export interface ReadCost {
  readonly ok: boolean;
  readonly timedOut: boolean;
  /** How long Ray took, ms. */
  readonly took: number;
}

/** Polls one source, with at most one read at a time. */
export interface PolledSource {
  /** Resolves when a read that begins from now on has ended: whether it was good. */
  refresh(): Promise<boolean>;
  /** Schedules a read that begins from now on, as early as the cost of the last one allows: at once if that was cheap. */
  refreshSoon(): void;
  /** To be called when the base interval may have changed. */
  reschedule(): void;
  /** When the next read begins, or the one that runs was due, ms since 1970; null before the first was scheduled. */
  nextReadAt(): number | null;
  close(): void;
}

/** A timed-out read says little about the true cost, and Ray's return should be noticed soon, ms. */
const MAX_DELAY_AFTER_TIMEOUT = 30_000;

/**
 * `read` reads the source and stores the reading. `interval`: the current time between two reads, ms. Expensive reads
 * are made less often: the pause is at least ten times as long as the last read took, storing it included. The first
 * read begins at once, or when `after` resolves. `urgent`: somebody needs a value that is true now.
 */
export function createPolledSource(options: {
  readonly clock: Clock;
  readonly read: (urgent: boolean) => Promise<ReadCost>;
  readonly interval: () => number;
  readonly after?: Promise<unknown>;
}): PolledSource {
  const { clock, read, interval, after } = options;
  let running: Promise<boolean> | null = null;
  let queued: Promise<boolean> | null = null;
  let cancel: (() => void) | null = null;
  let closed = false;
  let isUrgent = false;
  let nextReadAt: number | null = null;
  let lastRead: { readonly at: number; readonly cost: ReadCost } | null = null;

  function start(urgent: boolean): Promise<boolean> {
    cancel?.();
    cancel = null;
    isUrgent = false;
    const begun = clock.now();
    const run = readOnce(urgent).then((cost) => {
      lastRead = { at: clock.now(), cost: { ...cost, took: Math.max(cost.took, clock.now() - begun) } };
      running = null;
      schedule();
      return cost.ok;
    });
    running = run;
    return run;
  }

  /** A read that throws counts as failed, so that polling never stops. */
  async function readOnce(urgent: boolean): Promise<ReadCost> {
    try {
      return await read(urgent);
    } catch {
      return { ok: false, timedOut: false, took: 0 };
    }
  }

  function schedule() {
    cancel?.();
    cancel = null;
    if (closed || running !== null || lastRead === null) return;
    const due = lastRead.at + delayAfterRead(isUrgent ? 0 : interval(), lastRead.cost);
    nextReadAt = Math.max(due, clock.now());
    if (isUrgent && due <= clock.now()) {
      void start(true);
      return;
    }
    cancel = clock.after(Math.max(0, due - clock.now()), () => {
      void start(isUrgent);
    });
  }

  if (after === undefined) void start(true);
  else {
    void after.then(() => {
      if (!closed && lastRead === null && running === null) void start(true);
    });
  }

  return {
    refresh() {
      if (closed) return Promise.resolve(false);
      if (running === null) return start(true);
      // The running read may have begun too early to show what the caller needs: one more, shared by all callers.
      queued ??= running.then(() => {
        queued = null;
        if (closed) return false;
        return running ?? start(true);
      });
      return queued;
    },
    refreshSoon() {
      isUrgent = true;
      schedule();
    },
    reschedule: schedule,
    nextReadAt: () => nextReadAt,
    close() {
      closed = true;
      cancel?.();
      cancel = null;
    },
  };
}

/** The time from the end of one read to the start of the next, ms. */
export function delayAfterRead(base: number, cost: ReadCost): number {
  const byCost = cost.took * 10;
  return Math.max(base, cost.timedOut ? Math.min(byCost, MAX_DELAY_AFTER_TIMEOUT) : byCost);
}
