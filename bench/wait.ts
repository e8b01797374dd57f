import { createSystemClock } from '../src/server/system-clock.ts';
import type { BenchRay } from './bench-ray.ts';

/** How long a new console takes to read a large Ray twice and to reach a stable heap, ms. */
const SETTLE_MS = 8_000;

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void createSystemClock().after(ms, resolve));
}

/** Waits until a console that was just started is past its first reads of Ray. */
export async function waitUntilSettled(ray: BenchRay): Promise<void> {
  await delay(SETTLE_MS);
  await ray.calls();
}
