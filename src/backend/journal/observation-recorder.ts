import type { Clock } from '../../clock.ts';
import type { Sighting, SightingKind } from '../../contract/timeline.ts';
import { MAX_OBSERVATION_BYTES, type NewObservation, type ObservationLog } from './observation-log.ts';

/** How long observations are collected before they are written, ms: so much a process that is killed may lose. */
export const WRITE_AFTER = 2_000;

/** How long until a failed write is tried again, ms, and the most that wait for it. */
const RETRY_AFTER = 10_000;
const MAX_WAITING = 2_000;

/** The most of a kind in an hour: a node that comes and goes does not push out everything else. */
const MAX_OF_KIND = 300;
const HOUR = 60 * 60 * 1_000;

/** Collects what was seen, and writes it in batches. Never throws, and nobody waits for it. */
export interface ObservationRecorder {
  /** `at`: ms since 1970. */
  record(what: Sighting, at: number): void;
  /** Writes what has been collected; resolves when that has ended, well or not. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export function createObservationRecorder({
  log,
  clock,
}: {
  readonly log: Pick<ObservationLog, 'add'>;
  readonly clock: Clock;
}): ObservationRecorder {
  let waiting: NewObservation[] = [];
  let cancel: (() => void) | null = null;
  let hour = 0;
  /** How many of each kind there were in this hour. */
  let counts = new Map<SightingKind, number>();

  /** Records how many of the hour that has ended were not kept. */
  function endHour(at: number) {
    for (const [of, count] of counts) {
      if (count > MAX_OF_KIND) waiting.push({ at, what: { kind: 'omitted', of, count: count - MAX_OF_KIND } });
    }
    counts = new Map();
  }

  function schedule(delay: number) {
    cancel ??= clock.after(delay, () => {
      cancel = null;
      void flush();
    });
  }

  async function flush(): Promise<void> {
    cancel?.();
    cancel = null;
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      await log.add(batch);
    } catch {
      // That the journal can't be written is reported by the changes; observations wait.
      waiting = [...batch, ...waiting];
      const lost = waiting.length - MAX_WAITING;
      if (lost > 0) {
        const { at } = waiting[0] ?? { at: clock.now() };
        waiting = [{ at, what: { kind: 'omitted', of: 'all', count: lost + 1 } }, ...waiting.slice(lost + 1)];
      }
      schedule(RETRY_AFTER);
    }
  }

  return {
    record(what, at) {
      const now = Math.floor(at / HOUR);
      if (now !== hour) {
        endHour(at);
        hour = now;
      }
      const count = (counts.get(what.kind) ?? 0) + 1;
      counts.set(what.kind, count);
      if (count > MAX_OF_KIND) return;
      const isLarge = JSON.stringify(what).length > MAX_OBSERVATION_BYTES;
      waiting.push({ at, what: isLarge ? { kind: 'omitted', of: what.kind, count: 1 } : what });
      schedule(WRITE_AFTER);
    },
    flush,
    async close() {
      endHour(clock.now());
      await flush();
      cancel?.();
      cancel = null;
    },
  };
}
