import type { UnknownReason } from '../../../domain/sourced.ts';
import { text } from '../../text/text.ts';
import type { NodeReplacement } from '../../../domain/node-replacement.ts';
import type { UserCounts } from './cluster-summary.ts';

/** When a virtual cluster's dead nodes will be replaced, as text; null when none is known to be dead. */
export function replacementText(replacement: NodeReplacement | null): string | null {
  if (replacement === null) return null;
  const { soon, waiting, doubtful } = replacement;
  const words = text.clusters.replaced;
  const sentences: string[] = [];
  if (soon.length > 0) sentences.push(words.soon(soon));
  if (waiting.length > 0) sentences.push(sentences.length === 0 ? words.waiting(waiting) : words.alsoWaiting(waiting));
  if (doubtful.length > 0)
    sentences.push(sentences.length === 0 ? words.doubtful(doubtful) : words.alsoDoubtful(doubtful));
  return text.joins.sentences(sentences);
}

/** One part of the usage text; `title` explains it. */
export interface UsageTextPart {
  readonly text: string;
  readonly title: string | null;
  readonly isQuiet: boolean;
  /** Whether somebody should do something about it. */
  readonly isWarning?: true;
  /** Whether it is about the past: such a part is set smaller. */
  readonly isPast: boolean;
}

/**
 * What uses a virtual cluster, part by part: jobs, job clusters left over, job clusters of unknown state. `lastSeen` is
 * how long ago a use that can not be read now was last read, null while all can; `stateFailure` is why it can not.
 */
export function usageTextParts(
  use: UserCounts,
  lastSeen: string | null,
  stateFailure: UnknownReason | null,
): readonly UsageTextPart[] {
  const words = text.clusters.use;
  const parts: UsageTextPart[] = [];
  if (use.jobs > 0) parts.push({ text: words.jobs(use.jobs), title: null, isQuiet: false, isPast: false });
  if (use.unknownState > 0) {
    const why = use.unknownReason === null ? '' : text.facts.why(use.unknownReason.source, use.unknownReason.reason);
    parts.push({
      text: words.doubtful(use.unknownState),
      title: words.doubtfulTitle(why),
      isQuiet: false,
      isPast: false,
    });
  }
  if (parts.length === 0 && use.leftover === 0)
    parts.push({ text: words.none, title: null, isQuiet: true, isPast: false });
  if (use.leftover > 0) {
    if (parts.length === 0) parts.push({ text: words.none, title: null, isQuiet: true, isPast: false });
    parts.push({
      text: words.leftover(use.leftover),
      title: words.leftoverTitle(use.leftover),
      isQuiet: false,
      isWarning: true,
      isPast: false,
    });
  }
  if (lastSeen !== null) {
    const why = stateFailure === null ? '' : text.facts.why('state', stateFailure);
    parts.push({ text: words.lastSeen(lastSeen), title: words.lastSeenTitle(why), isQuiet: true, isPast: true });
  }
  return parts;
}
