import { countOf, templatesOf, type ReplicaSets } from '../../../domain/replica-sets.ts';
import type { Drift } from '../../../fleet-file/drift.ts';
import { replicaSetsText } from '../../changes/result-text.ts';
import { fleetFileText } from '../../text/fleet-file-text.ts';
import { ownerText } from '../../text/owner-text.ts';

export interface DriftLine {
  readonly sign: '+' | '−' | '~' | '!';
  readonly words: string;
}

/** How one virtual cluster is not as the file wants it. */
export function driftLines(drift: Drift): readonly DriftLine[] {
  const words = fleetFileText.drift;
  switch (drift.kind) {
    case 'missing':
      return [{ sign: '+', words: words.create(setsText(drift.want.replicaSets)) }];
    case 'unknown':
      return [{ sign: '−', words: words.remove(setsText(drift.has.replicaSets)) }];
    case 'differs': {
      const { want, has } = drift;
      const lines: DriftLine[] = [];
      if (drift.divisible) lines.push({ sign: '!', words: words.divisible(want.divisible) });
      if (drift.replicaSets)
        lines.push({
          sign: drift.divisible ? '!' : '~',
          words: words.resize(movesText(has.replicaSets, want.replicaSets)),
        });
      for (const field of drift.profile)
        lines.push({
          sign: '~',
          words: words.profile(ownerText.fields[field], plain(has.profile?.[field]), plain(want.profile[field])),
        });
      return lines;
    }
  }
}

function setsText(sets: ReplicaSets): string {
  return Object.values(sets).some((count) => count > 0) ? replicaSetsText(sets) : fleetFileText.drift.noNodes;
}

function movesText(from: ReplicaSets, to: ReplicaSets): string {
  return templatesOf(from, to)
    .filter((each) => countOf(from, each) !== countOf(to, each))
    .map((each) => fleetFileText.drift.move(each, countOf(from, each), countOf(to, each)))
    .join(', ');
}

function plain(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join(' ');
}
