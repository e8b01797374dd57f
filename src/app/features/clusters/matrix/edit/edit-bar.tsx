import { Button } from '@mantine/core';
import { readableClusterId } from '../../../../../domain/cluster-id.ts';
import { useDenialReason } from '../../../../api/console.tsx';
import { firstDenial } from '../../../../api/denial-reason.ts';
import { useMakePlan } from '../../../../cluster-ui/use-make-plan.ts';
import { matrixEditText } from '../../../../text/matrix-edit-text.ts';
import { plansText } from '../../../../text/plans-text.ts';
import { DeniableButton } from '../../../../ui/deniable-button.tsx';
import { refusalText } from './note-text.ts';
import type { SheetAction, SheetNote } from './sheet-state.ts';
import { goalsOf, type Clusters } from './staged-cells.ts';
import type { SheetEffect } from './use-sheet.ts';
import classes from '../matrix.module.css';

interface EditBarProps {
  readonly effect: SheetEffect;
  readonly clusters: Clusters;
  /** The ids that are shown. */
  readonly rows: readonly string[];
  readonly canUndo: boolean;
  readonly locked: string | null;
  readonly note: SheetNote | null;
  readonly dispatch: (action: SheetAction) => void;
  /** All of it stands in a plan now. */
  readonly onPlanned: () => void;
}

/** What is typed and not planned yet, and what can be done with it. It stands where a hint does before, so nothing moves. */
export function EditBar({ effect, clusters, rows, canUndo, locked, note, dispatch, onPlanned }: EditBarProps) {
  const words = matrixEditText;
  const { make, isBusy, problem, setProblem } = useMakePlan();
  const denialOf = useDenialReason();
  const { changes, byCluster, short } = effect;
  const moved = changes.filter(({ isMoved }) => isMoved).length;
  const refused = note === null ? null : refusalText(note);
  if (changes.length === 0)
    return (
      <p className={`screen-only ${classes['bar'] ?? ''}`}>
        {refused === null ? (
          <span className="quiet">{locked ?? words.hint}</span>
        ) : (
          <span className={classes['warns']}>{refused}</span>
        )}
      </p>
    );

  const shown = new Set(rows);
  const hidden = changes.filter(({ clusterId }) => !shown.has(clusterId)).length;

  // Kept from when they could still be made, perhaps.
  const denial = firstDenial(denialOf, changes);

  function review() {
    if (moved > 0) return setProblem(words.settleFirst);
    const goals = goalsOf(changes, clusters);
    const [only] = goals;
    const name =
      goals.length === 1 && only !== undefined
        ? plansText.add.name(readableClusterId(only.clusterId))
        : words.planName(goals.length);
    void make(name, goals, onPlanned);
  }

  return (
    <div role="group" aria-label={words.bar} className={`actions-row screen-only ${classes['bar'] ?? ''}`}>
      <span className={classes['status']}>
        <strong>{words.changes(changes.length, byCluster.size, hidden)}</strong>
        {short.size > 0 && <span className={classes['lacks']}> · {words.lacks([...short])}</span>}
        {refused !== null && <span className={classes['warns']}> · {refused}</span>}
        {problem !== null && (
          <span role="alert" className={classes['lacks']}>
            {' '}
            · {problem}
          </span>
        )}
      </span>
      {moved > 0 && (
        <>
          <span className={classes['warns']}>{words.moved(moved)}</span>
          <Button size="compact-sm" variant="default" onClick={() => dispatch({ kind: 'keep-mine' })}>
            {words.keepMine}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => dispatch({ kind: 'take-theirs' })}>
            {words.takeTheirs}
          </Button>
        </>
      )}
      <DeniableButton size="compact-sm" denial={denial} disabled={isBusy} onClick={review}>
        {words.review}
      </DeniableButton>
      <Button size="compact-sm" variant="default" disabled={!canUndo} onClick={() => dispatch({ kind: 'undo' })}>
        {words.undo}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => dispatch({ kind: 'discard' })}>
        {words.discard}
      </Button>
    </div>
  );
}
