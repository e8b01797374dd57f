import type { GapCause } from '../../contract/usage.ts';
import type { Observation, SightingKind } from '../../contract/timeline.ts';
import type { ObservationLog } from './observation-log.ts';

const KINDS: readonly SightingKind[] = ['console-started', 'console-stopped', 'outage-began', 'outage-ended'];

interface Range {
  readonly from: number;
  readonly to: number;
}

/** How many are read, the newest ones: charts have fewer gaps that can be seen. */
const MAX_READ = 400;

/** When the console was off, or could not read Ray's list, in a range, as far as what was seen says. */
export async function readGapCauses(observations: ObservationLog, { from, to }: Range): Promise<readonly GapCause[]> {
  const inside = await observations.findBefore({ kinds: KINDS, since: from, until: to }, null, MAX_READ);
  // How things stood at the begin.
  const before = await observations.findBefore({ kinds: KINDS, until: from }, null, MAX_READ_BEFORE);
  const seen = [...inside, ...before].map(({ observation }) => observation).toReversed();
  return gapCauses(seen, { from, to });
}

/** Outages of other sources may stand between. */
const MAX_READ_BEFORE = 20;

/**
 * `seen`: by time. A console that was killed left no word: what was not recorded between its last one and the next start was while
 * it was off, unless Ray could not be read either.
 */
export function gapCauses(seen: readonly Pick<Observation, 'at' | 'what'>[], { from, to }: Range): readonly GapCause[] {
  const causes: GapCause[] = [];
  let off: number | null = null;
  let unreadable: number | null = null;
  function ended(begin: number | null, end: number, cause: GapCause['cause']): void {
    if (begin !== null && end > from && end > begin)
      causes.push({ from: Math.max(from, begin), to: Math.min(to, end), cause });
  }
  for (const { at, what } of seen) {
    switch (what.kind) {
      case 'console-stopped':
        ended(unreadable, at, 'ray-unreadable');
        unreadable = null;
        off = at;
        break;
      case 'console-started':
        ended(off ?? (unreadable === null ? what.lastAt : null), at, 'console-off');
        off = null;
        unreadable = null;
        break;
      case 'outage-began':
        if (what.source === 'list') unreadable ??= at;
        break;
      case 'outage-ended':
        if (what.source === 'list') {
          ended(unreadable, at, 'ray-unreadable');
          unreadable = null;
        }
        break;
      case 'replica-sets-changed':
      case 'cluster-created':
      case 'cluster-deleted':
      case 'died':
      case 'arrived':
      case 'left':
      case 'replaced':
      case 'moved':
      case 'job-cluster-started':
      case 'job-cluster-ended':
      case 'ray-restarted':
      case 'ray-emptied':
      case 'omitted':
        break;
    }
  }
  ended(unreadable, to, 'ray-unreadable');
  return causes;
}
