import { text } from '../text/text.ts';
import { clockText } from '../ui/time-text.ts';
import { OLD_AFTER_MS, type Freshness } from './freshness.ts';

const words = text.freshness;

/** How current the screen is, in a few words. */
export function freshnessText(freshness: Freshness): string {
  switch (freshness.kind) {
    case 'live':
      return words.live;
    case 'connecting':
      return words.connecting;
    case 'signed-out':
      return words.signedOut;
    case 'aged':
      return freshness.age <= OLD_AFTER_MS
        ? words.seconds(freshness.age / 1_000)
        : words.minutes(Math.ceil(freshness.age / 60_000));
    case 'ray-unreachable':
      return words.rayUnreachable(clockText(freshness.since));
    case 'ray-fails':
      return words.rayFails(clockText(freshness.since));
    case 'ray-unreadable':
      return words.rayUnreadable(clockText(freshness.since));
    case 'console-unreachable':
      return words.consoleUnreachable(clockText(freshness.since));
  }
}

/** The colour: current, ageing or old; the label says the same. */
export function freshnessLevel(freshness: Freshness): 'current' | 'ageing' | 'old' | 'unknown' {
  switch (freshness.kind) {
    case 'live':
      return 'current';
    case 'aged':
      return freshness.age <= OLD_AFTER_MS ? 'ageing' : 'old';
    case 'connecting':
    case 'signed-out':
      return 'unknown';
    case 'ray-unreachable':
    case 'ray-fails':
    case 'ray-unreadable':
    case 'console-unreachable':
      return 'old';
  }
}
