import { text } from '../text/text.ts';
import { clockText } from '../ui/time-text.ts';
import type { Freshness } from '../api/freshness.ts';
import { useFreshness } from '../api/use-freshness.ts';
import classes from './freshness-indicator.module.css';

/** How current the screen is; announced to screen readers only when its kind changes. */
export function FreshnessIndicator() {
  const freshness = useFreshness();
  const shown = labelOf(freshness);
  // A growing age is not announced: only the kind and the time of a failure are.
  const spoken =
    freshness.kind === 'slow'
      ? text.freshness.slowSpoken
      : freshness.kind === 'cached'
        ? text.freshness.cachedSpoken
        : shown;
  return (
    <span className={classes['freshness']} data-kind={freshness.kind}>
      <span className={classes['dot']} aria-hidden="true" />
      <span aria-hidden="true" className={classes['words']}>
        {shown}
      </span>
      <span role="status" className="visually-hidden">
        {spoken}
      </span>
    </span>
  );
}

function labelOf(freshness: Freshness): string {
  switch (freshness.kind) {
    case 'live':
      return text.freshness.live;
    case 'connecting':
      return text.freshness.connecting;
    case 'signed-out':
      return text.freshness.signedOut;
    case 'cached':
      return text.freshness.cached(secondsText(freshness.age));
    case 'slow':
      return text.freshness.slow(secondsText(freshness.age));
    case 'ray-unreachable':
      return text.freshness.rayUnreachable(clockText(freshness.since));
    case 'ray-fails':
      return text.freshness.rayFails(clockText(freshness.since));
    case 'ray-unreadable':
      return text.freshness.rayUnreadable(clockText(freshness.since));
    case 'console-unreachable':
      return text.freshness.consoleUnreachable(clockText(freshness.since));
  }
}

function secondsText(ms: number): string {
  return `${String(Math.ceil(ms / 1_000))} s`;
}
