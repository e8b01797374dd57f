import { MINUTE } from '../../domain/usage-sample.ts';
import { createDayRecorder, type DayRecorder } from './day-record.ts';
import { decodeFrame, type Change } from './frames.ts';
import { hourEnd, MINUTES_AT_ONCE, type UsageReading } from './minute-reader.ts';
import { DAY, dayOf } from './usage-store.ts';

/** What each virtual cluster did in the day under way, for charts of one: playing its minutes takes a hundred times as long. */
export interface CurrentDayRecord {
  /** The next minute, which the store has already. */
  add(at: number, minutes: number, isKey: boolean, changes: readonly Change[]): void;
  /** Of one virtual cluster; null: that day is not under way. */
  of(clusterId: string, day: number): Promise<Uint8Array | null>;
  /** Writes down what was recorded before a start, in turns: that takes a third of a second, for which no start waits. */
  catchUp(): Promise<void>;
}

/** `lastAt`: of the last minute that an earlier console has stored; null: there is none. */
export function createCurrentDayRecord({ store, keys, pause }: UsageReading, lastAt: number | null): CurrentDayRecord {
  let recorder: DayRecorder | null = null;
  /** The day whose minutes are in the store only; null: none. */
  let pendingDay = lastAt === null ? null : dayOf(lastAt);
  let catchingUp: Promise<void> | null = null;

  async function catchUpWith(day: number): Promise<void> {
    const own = createDayRecorder(day, keys);
    let played = 0;
    let last = -1;
    // Others come meanwhile, also of an hour that was read already: none of a later one goes before these.
    for (let next = store.nextMinute(day); next !== null && next < day + DAY; next = store.nextMinute(last + MINUTE)) {
      for (const { at, minutes, isKey, frame } of store.minutes(next, hourEnd(next))) {
        if (at <= last) continue;
        own.add(at, minutes, isKey, decodeFrame(frame, keys));
        last = at;
        if ((played += 1) % MINUTES_AT_ONCE === 0) await pause();
        // The next day has begun.
        if (pendingDay !== day) return;
      }
    }
    recorder = own;
    pendingDay = null;
  }

  async function catchUp(): Promise<void> {
    if (pendingDay === null) return;
    catchingUp ??= catchUpWith(pendingDay).finally(() => {
      catchingUp = null;
    });
    await catchingUp;
  }

  return {
    add(at, minutes, isKey, changes) {
      const day = dayOf(at);
      if (pendingDay === day) return;
      pendingDay = null;
      // A day's first sample is a key frame.
      if (recorder?.day !== day) recorder = createDayRecorder(day, keys);
      recorder.add(at, minutes, isKey, changes);
    },
    async of(clusterId, day) {
      if (pendingDay === day) await catchUp();
      return recorder?.day === day ? recorder.soFar(clusterId) : null;
    },
    catchUp,
  };
}
