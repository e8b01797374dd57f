import { replicaSetsText } from '../../changes/result-text.ts';
import { text } from '../../text/text.ts';
import { clockText } from '../../ui/time-text.ts';
import classes from './editor.module.css';
import type { DriftStatus } from './drift-status.ts';

interface DriftStatusLineProps {
  readonly drift: DriftStatus;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** Starts from what it has now; null while something typed would be lost by it, or there is nothing to start from. */
  readonly onRebase: (() => void) | null;
}

/** When the editor opened, and what changed in the cluster since. It never changes the fields. */
export function DriftStatusLine({ drift, openedAt, onRebase }: DriftStatusLineProps) {
  const words = text.editor.since;
  const isElse = drift.kind === 'changed' || drift.kind === 'other-kind' || drift.kind === 'another-ray';
  const mayStart = onRebase !== null && isElse;
  return (
    <p className={classes['since']} data-moved={drift.kind !== 'unchanged' && drift.kind !== 'revision-only'}>
      <span role="status">{sentence(drift, clockText(openedAt))}</span>
      {mayStart && (
        <button type="button" className={`link-button ${classes['linkButton'] ?? ''}`} onClick={onRebase}>
          {words.startFromNow}
        </button>
      )}
    </p>
  );
}

function sentence(since: DriftStatus, at: string): string {
  const words = text.editor.since;
  switch (since.kind) {
    case 'unchanged':
      return words.unchanged(at);
    case 'unknown': {
      const { doubt } = since;
      if (doubt.by === 'start') return words.notReadYet(at);
      const why = doubt.by === 'console' ? words.consoleLost : text.facts.why('list', doubt.reason);
      return words.unknown(at, clockText(doubt.since), why);
    }
    case 'revision-only':
      return words.revisionOnly(at);
    case 'changed':
      return words.changed(
        at,
        text.joins.list(since.moved.map(({ templateId, from, to }) => words.move(templateId, from, to))),
      );
    case 'gone':
      return words.gone(at);
    case 'another-ray':
      return since.has === null ? words.anotherRayWithout(at) : words.anotherRay(at, replicaSetsText(since.has));
    case 'other-kind':
      return words.otherKind(at, since.divisible);
  }
}
