import { Button } from '@mantine/core';
import { Suspense, useId, useState, type RefObject } from 'react';
import type { Goal } from '../../../domain/plan/plan.ts';
import { desiredReplicaSetsOf, saveRequestOf } from '../../drafts/draft.ts';
import { text } from '../../text/text.ts';
import classes from './editor.module.css';
import type { SaveBlock } from './save-gate.ts';
import type { useEditor } from './use-editor.ts';
import { optionalPart } from '../../ui/optional-part.ts';

const AddToPlan = optionalPart(() => import('./add-to-plan.tsx'), 'AddToPlan');

interface EditorBarProps {
  /** The form that the first button submits. */
  readonly formId: string;
  readonly saveButton: RefObject<HTMLButtonElement | null>;
  readonly editing: Pick<ReturnType<typeof useEditor>, 'draft' | 'dirty' | 'gate' | 'isLooking' | 'isNew' | 'outcome'>;
  readonly onDiscard: () => void;
  /** What is typed stands in this plan now. */
  readonly onPlanned: (planId: string) => void;
}

/** The editor's buttons, which stay visible, and why nothing can be saved now. */
export function EditorBar({ formId, saveButton, editing, onDiscard, onPlanned }: EditorBarProps) {
  const words = text.editor;
  const gateId = useId();
  const { draft, dirty, gate, isLooking, isNew, outcome } = editing;
  // The panel of these outcomes has the next step, so its button is the main one.
  const isAnswered = outcome.kind === 'conflict' || outcome.kind === 'shortage';
  const want = isNew ? desiredReplicaSetsOf(draft.fields) : null;
  const holdsNone = want !== null && Object.values(want).every((count) => count === 0);
  const goal = gate === null ? goalOf(draft) : null;
  const [isPlanning, setPlanning] = useState(false);
  const isSending = outcome.kind === 'sending';
  return (
    <div className={classes['bar']}>
      <Button
        ref={saveButton}
        type="submit"
        variant={isAnswered ? 'default' : 'filled'}
        form={formId}
        disabled={gate !== null}
        aria-describedby={gateId}
      >
        {isSending ? words.form.sending : isLooking ? words.form.looking : isNew ? words.form.create : words.form.save}
      </Button>
      <Button
        variant="default"
        disabled={gate?.kind === 'looking' || gate?.kind === 'sending' || gate?.kind === 'unsettled'}
        onClick={onDiscard}
      >
        {words.form.discard}
      </Button>
      <Button
        variant="default"
        disabled={goal === null}
        aria-expanded={isPlanning}
        onClick={() => setPlanning(!isPlanning)}
      >
        {words.form.addToPlan}
      </Button>
      {isPlanning && goal !== null && (
        <Suspense>
          <AddToPlan goal={goal} onAdded={onPlanned} onCancel={() => setPlanning(false)} />
        </Suspense>
      )}
      <span id={gateId} role="status" className={classes['gate']}>
        {gate !== null ? gateWords(gate) : holdsNone ? words.form.noNodes : dirty ? words.since.kept : null}
      </span>
    </div>
  );
}

/** What a save would do, as a goal of a plan; null while a field has a mistake in it. */
function goalOf(draft: EditorBarProps['editing']['draft']): Goal | null {
  const save = saveRequestOf(draft);
  if (save === null || save.clusterId === '') return null;
  const { clusterId, divisible, base, want } = save;
  return { clusterId, divisible, from: base?.replicaSets ?? null, to: want };
}

function gateWords(gate: SaveBlock): string {
  return gate.kind === 'read-only' ? gate.why : text.editor.gate[gate.kind];
}
