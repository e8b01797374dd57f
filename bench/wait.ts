import { createSystemClock } from '../src/server/system-clock.ts';
import type { BenchRay } from './bench-ray.ts';

/** Until a new console has read a large Ray a second time and its heap has settled, ms. */
const SETTLE_MS = 8_000;

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void createSystemClock().after(ms, resolve));
}

/** Waits until the console that was just started is past its first readings: until no call is under way for a while. */
export async function waitUntilSettled(ray: BenchRay): Promise<void> {
  await delay(SETTLE_MS);
  await ray.calls();
}
