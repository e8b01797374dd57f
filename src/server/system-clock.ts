import { uptime } from 'node:os';
import type { Clock } from '../clock.ts';

/** A machine's clocks, in ms. */
interface MachineClocks {
  /** Since 1970 by the time at the start, then steady; stands still while the machine sleeps. */
  monotonic(): number;
  /** Since 1970, as set; people and NTP change it. */
  wall(): number;
  /** Since the machine's start; goes on while it sleeps. Slow to read, and perhaps in whole seconds. */
  uptime(): number;
}

const thisMachine: MachineClocks = {
  monotonic: () => performance.timeOrigin + performance.now(),
  wall: () => Date.now(),
  uptime: () => uptime() * 1_000,
};

/** A difference between two clocks that is more than their inaccuracy, ms. */
const JUMP = 1_500;

/**
 * This machine's time at the start, then monotonic: setting the clock back reorders nothing. What the machine sleeps is added: then
 * its clock jumps ahead, and so does its uptime.
 */
export function createSystemClock({ monotonic, wall, uptime: up }: MachineClocks = thisMachine): Clock {
  const started = { monotonic: monotonic(), uptime: up() };
  /** How far the machine's clock was ahead when it was last compared. */
  let ahead = wall() - started.monotonic;
  let slept = 0;

  function now(): number {
    const time = monotonic();
    const nowAhead = wall() - time;
    if (Math.abs(nowAhead - ahead) > JUMP) {
      ahead = nowAhead;
      const asleep = up() - started.uptime - (time - started.monotonic);
      if (asleep - slept > JUMP) slept = asleep;
    }
    return Math.floor(time + slept);
  }

  return {
    now,
    after(ms, callBack) {
      const timer = setTimeout(callBack, ms);
      return () => clearTimeout(timer);
    },
  };
}
