import type { Change } from '../../../contract/change.ts';
import type { TimelineEntry } from '../../../contract/timeline.ts';

/** Changes and what was seen, newest first. While older changes are not loaded, nothing older than the loaded ones is shown. */
export function withSeen(
  changes: readonly Change[],
  seen: readonly TimelineEntry[],
  hasOlder: boolean,
): readonly TimelineEntry[] {
  const oldest = hasOlder ? (changes.at(-1)?.askedAt ?? 0) : Number.NEGATIVE_INFINITY;
  const changed = changes.map((change): TimelineEntry => ({ type: 'change', at: change.askedAt, change }));
  return [...changed, ...seen.filter(({ at }) => at >= oldest)].sort((a, b) => b.at - a.at);
}
