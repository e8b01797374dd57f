import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { readableClusterId } from '../../domain/cluster-id.ts';
import { undoOf, type Undo } from '../../domain/undo.ts';
import { useConsole, useFleet, useDenialReason } from '../api/console.tsx';
import { Link } from '../routing/link.tsx';
import { navigateTo } from '../routing/navigate.ts';
import { openWithRequest } from '../routing/cluster-request.ts';
import { pathTo } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { useDrafts } from './drafts-context.tsx';
import { planUndo, type UndoableChange, type UndoPlan } from './undo-draft.ts';

const words = text.journal.undo;

interface UndoControlProps {
  readonly change: UndoableChange;
  /** `result`: beside what just came of it, in the list's screen; `journal`: among earlier changes. */
  readonly place: keyof typeof words.start;
}

/** Opens what takes a change back, and sends nothing by itself. Nothing where a change has no opposite. */
export function UndoControl({ change, place }: UndoControlProps) {
  const undo = undoOf(change);
  return undo.kind === 'none' ? null : <Control undo={undo} place={place} />;
}

type Form = Extract<UndoPlan, { readonly kind: 'edit' | 'create' }>;

/** Asks first if that would lose a draft or create a cluster in place of an edit. */
function Control({ undo, place }: { readonly undo: Undo } & Pick<UndoControlProps, 'place'>) {
  const { clock } = useConsole();
  const { fleet } = useFleet();
  const denialReason = useDenialReason();
  const why = useId();
  const drafts = useDrafts();
  const [plan, setPlan] = useState<UndoPlan | null>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (plan !== null) confirm.current?.focus();
  }, [plan]);

  const { clusterId } = undo;
  const label = words.start[place][undo.kind];
  const refusal = denialReason(clusterId);
  const isKnown = fleet !== null && fleet.sources.list.readAt !== null;
  const keepQuery = place === 'result';

  function open({ draft, path }: Form) {
    drafts.put(draft);
    navigateTo(path, { keepQuery, state: { recreated: clusterId } });
  }

  function start() {
    if (fleet === null) return;
    const next = planUndo(undo, fleet, clock.now());
    if (next.kind === 'delete') return openWithRequest(clusterId, 'deletion', { keepQuery });
    const asked = undo.kind === 'create-again' ? 'create' : 'edit';
    if (isForm(next) && next.kind === asked && drafts.get(next.draft.clusterId) === null) return open(next);
    setPlan(next);
  }

  function cancel() {
    setPlan(null);
    opener.current?.focus();
  }

  const kept = plan !== null && isForm(plan) ? drafts.get(plan.draft.clusterId) : null;
  return (
    <div className="actions-row">
      <Button
        ref={opener}
        // Beside the result's other button, else in a line of text.
        size={place === 'result' ? 'xs' : 'compact-sm'}
        variant="default"
        disabled={!isKnown || refusal !== null}
        {...(refusal === null ? {} : { 'aria-describedby': why })}
        onClick={start}
      >
        {label}
      </Button>
      {refusal !== null && (
        <span id={why} className="quiet">
          {refusal}
        </span>
      )}
      {plan !== null && !isForm(plan) && (
        <span role="status" className="quiet">
          {sentence(plan, undo)}{' '}
          {plan.kind === 'exists-again' && <Link href={pathTo.cluster(clusterId)}>{words.openExisting}</Link>}
        </span>
      )}
      {plan !== null && isForm(plan) && (
        <div role="group" aria-label={label} className="actions-row">
          <span>
            {plan.kind === 'create' && undo.kind === 'restore' && `${words.gone(readableClusterId(clusterId))} `}
            {kept !== null && (plan.kind === 'create' ? words.draftOfNew : words.draftOf(readableClusterId(clusterId)))}
          </span>
          <Button ref={confirm} size="compact-sm" onClick={() => open(plan)}>
            {kept === null ? words.openNew : words.replace}
          </Button>
          {kept !== null && (
            <Button size="compact-sm" variant="default" onClick={() => navigateTo(plan.path, { keepQuery })}>
              {words.openKept}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={cancel}>
            {words.cancel}
          </Button>
        </div>
      )}
    </div>
  );
}

function isForm(plan: UndoPlan): plan is Form {
  return plan.kind === 'edit' || plan.kind === 'create';
}

function sentence({ kind }: Exclude<UndoPlan, Form>, undo: Undo): string {
  const id = readableClusterId(undo.clusterId);
  switch (kind) {
    case 'delete':
      return '';
    case 'there-already':
      return undo.kind === 'delete' ? words.goneAlready(id) : words.thereAlready(id);
    case 'exists-again':
      return words.existsAgain(id);
    case 'other-kind':
      return words.otherKind(id);
  }
}
