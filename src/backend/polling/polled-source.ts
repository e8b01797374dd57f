import type { Clock } from '../../clock.ts';

/** What one read cost. */
export interface ReadCost {
  readonly ok: boolean;
  readonly timedOut: boolean;
  /** How long Ray took, ms. */
  readonly took: number;
}

/** Reads one source, again and again, and never twice at once. */
export interface PolledSource {
  /** Resolves when a read that begins from now on has ended; whether it was good. */
  refresh(): Promise<boolean>;
  /** A read that begins from now on, as early as the last one's cost allows: at once, where reads are cheap. */
  refreshSoon(): void;
  /** To be called when the base interval may have changed. */
  reschedule(): void;
  close(): void;
}

/** A read that ran into its time-out tells its cost no better than that; nor shall Ray's return stay unseen for long. */
const MAX_DELAY_AFTER_TIMEOUT = 30_000;

/**
 * `read` reads and takes the reading in. `interval`: the time between two reads, ms, as it is now. A dear read makes
 * its source rarer: at least ten times what the last one took, taking it in included, lies between two. The first
 * read begins at once, or when `after` resolves. `urgent`: somebody needs what is true now.
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

  /** Whatever goes wrong with one reading, the next one is due: a source never falls silent. */
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
      // The one that runs may have begun before what is looked for: one more, for all who ask meanwhile.
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
    close() {
      closed = true;
      cancel?.();
      cancel = null;
    },
  };
}

/** The time from one read's end to the next, ms. */
export function delayAfterRead(base: number, cost: ReadCost): number {
  const byCost = cost.took * 10;
  return Math.max(base, cost.timedOut ? Math.min(byCost, MAX_DELAY_AFTER_TIMEOUT) : byCost);
}
