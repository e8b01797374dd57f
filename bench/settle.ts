import { createSystemClock } from '../src/server/system-clock.ts';
import type { BenchRay } from './ray.ts';

/** Until a new console has read a large Ray a second time and its heap has settled, ms. */
const SETTLES_IN = 8_000;

export function pass(ms: number): Promise<void> {
  return new Promise((resolve) => void createSystemClock().after(ms, resolve));
}

/** Waits until the console that was just started is past its first readings: until no call is under way for a while. */
export async function settle(ray: BenchRay): Promise<void> {
  await pass(SETTLES_IN);
  await ray.calls();
}
