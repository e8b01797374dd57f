import { text } from '../text/text.ts';
import { clockText } from '../ui/time-text.ts';
import type { Freshness as State } from '../api/freshness.ts';
import { useFreshness } from '../api/use-freshness.ts';
import classes from './freshness-indicator.module.css';

/** How true the screen is, always in sight; read out only when it turns into something else. */
export function FreshnessIndicator() {
  const state = useFreshness();
  const shown = wordsFor(state);
  // An age that grows is no news: only the kind and the time of a failure are said.
  const spoken =
    state.kind === 'slow' ? text.freshness.slowSpoken : state.kind === 'cached' ? text.freshness.cachedSpoken : shown;
  return (
    <span className={classes['freshness']} data-kind={state.kind}>
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

function wordsFor(state: State): string {
  switch (state.kind) {
    case 'live':
      return text.freshness.live;
    case 'connecting':
      return text.freshness.connecting;
    case 'signed-out':
      return text.freshness.signedOut;
    case 'cached':
      return text.freshness.cached(secondsText(state.age));
    case 'slow':
      return text.freshness.slow(secondsText(state.age));
    case 'ray-unreachable':
      return text.freshness.rayUnreachable(clockText(state.since));
    case 'ray-fails':
      return text.freshness.rayFails(clockText(state.since));
    case 'ray-unreadable':
      return text.freshness.rayUnreadable(clockText(state.since));
    case 'console-unreachable':
      return text.freshness.consoleUnreachable(clockText(state.since));
  }
}

function secondsText(ms: number): string {
  return `${String(Math.ceil(ms / 1_000))} s`;
}
