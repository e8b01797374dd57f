import { AGE_STEP_MS, type Freshness } from './freshness.ts';

/**
 * How long a lower age of a cached list must hold before it is shown, ms: longer than the stream's silence, within which
 * ages rise and fall. The age shown meanwhile is still true: it is an upper bound.
 */
const LOWER_AGE_HOLD_MS = 12_000;

/**
 * Returns a function that keeps the identity of the freshness while what is shown stays the same. Ages count in steps,
 * rounded up, and the age of a cached list falls only after it has been lower for a while. `now`: the back end's time.
 */
export function createFreshnessSmoother(): (freshness: Freshness, now: number) => Freshness {
  let kept: Freshness | null = null;
  let lastNeededAt = 0;
  return (freshness, now) => {
    const next = inSteps(freshness);
    const isLower = kept?.kind === 'cached' && next.kind === 'cached' && next.age < kept.age;
    if (!isLower) lastNeededAt = now;
    // After the clock was set back the lower age applies at once.
    else if (now >= lastNeededAt && now - lastNeededAt < LOWER_AGE_HOLD_MS) return kept ?? next;
    if (kept === null || !isSame(kept, next)) kept = next;
    return kept;
  };
}

function inSteps(freshness: Freshness): Freshness {
  if (freshness.kind !== 'slow' && freshness.kind !== 'cached') return freshness;
  const step = AGE_STEP_MS[freshness.kind];
  return { ...freshness, age: Math.ceil(freshness.age / step) * step };
}

function isSame(a: Freshness, b: Freshness): boolean {
  if (a.kind !== b.kind) return false;
  if ('age' in a && 'age' in b) return a.age === b.age;
  return !('since' in a && 'since' in b) || (a.since === b.since && a.shownFrom === b.shownFrom);
}
