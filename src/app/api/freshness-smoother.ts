import { ageStep, type Freshness } from './freshness.ts';

/**
 * How long a lower age must hold before it is shown, ms: longer than the stream's silence and a read through Ray's cache,
 * within which ages rise and fall. The age shown meanwhile is still true: it is an upper bound.
 */
const LOWER_AGE_HOLD_MS = 30_000;

/**
 * Returns a function that keeps the identity of the freshness while what is shown stays the same. Ages count in steps,
 * rounded up; a higher one is shown at once, a lower one, live included, only after it has held for a while. `now`: the
 * back end's time.
 */
export function createFreshnessSmoother(): (freshness: Freshness, now: number) => Freshness {
  let kept: Freshness | null = null;
  let lastNeededAt = 0;
  return (freshness, now) => {
    const next = inSteps(freshness);
    const isLower =
      kept?.kind === 'aged' &&
      // Ages from a cache and of a slow Ray rise and fall; one that nobody read falls for good.
      kept.cause !== 'not-read' &&
      (next.kind === 'live' || (next.kind === 'aged' && next.age < kept.age));
    if (!isLower) lastNeededAt = now;
    // After the clock was set back the lower age applies at once.
    else if (now >= lastNeededAt && now - lastNeededAt < LOWER_AGE_HOLD_MS) return kept ?? next;
    if (kept === null || !isSame(kept, next)) kept = next;
    return kept;
  };
}

function inSteps(freshness: Freshness): Freshness {
  return freshness.kind === 'aged' ? { ...freshness, age: ageStep(freshness.age) } : freshness;
}

function isSame(a: Freshness, b: Freshness): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
