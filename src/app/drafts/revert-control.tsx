import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { Change } from '../../contract/change.ts';
import { readableClusterId } from '../../domain/cluster-id.ts';
import { useConsole, useFleet, useDenialReason } from '../api/console.tsx';
import { useDrafts } from './drafts-context.tsx';
import { text } from '../text/text.ts';
import { navigateTo } from '../routing/navigate.ts';
import { canRevert, planRevert, type Revert } from './revert.ts';

/** Opens the editor with what a virtual cluster had before a change; asks first if that would lose a draft or create a cluster. */
export function RevertControl({ change }: { readonly change: Change }) {
  const words = text.journal.revert;
  const { clock } = useConsole();
  const { fleet } = useFleet();
  const denialReason = useDenialReason();
  const why = useId();
  const drafts = useDrafts();
  const [revert, setRevert] = useState<Revert | null>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const { clusterId } = change.wanted;
  useEffect(() => {
    if (revert !== null) confirm.current?.focus();
  }, [revert]);

  if (!canRevert(change)) return null;
  const refusal = denialReason(clusterId);
  const isKnown = fleet !== null && fleet.sources.list.readAt !== null;

  function open(revert: Exclude<Revert, { kind: 'there-already' }>) {
    drafts.put(revert.draft);
    navigateTo(revert.path);
  }

  function start() {
    const revert = fleet === null ? null : planRevert(change, fleet, clock.now());
    if (revert === null) return;
    const isPlain = revert.kind === 'edit' && drafts.get(revert.draft.clusterId) === null;
    if (isPlain) open(revert);
    else setRevert(revert);
  }

  function cancel() {
    setRevert(null);
    opener.current?.focus();
  }

  const kept = revert === null || revert.kind === 'there-already' ? null : drafts.get(revert.draft.clusterId);
  return (
    <div className="actions-row">
      <Button
        ref={opener}
        size="compact-sm"
        variant="default"
        disabled={!isKnown || refusal !== null}
        {...(refusal === null ? {} : { 'aria-describedby': why })}
        onClick={start}
      >
        {words.start}
      </Button>
      {refusal !== null && (
        <span id={why} className="quiet">
          {refusal}
        </span>
      )}
      {revert?.kind === 'there-already' && (
        <span role="status" className="quiet">
          {words.thereAlready(readableClusterId(clusterId))}
        </span>
      )}
      {revert !== null && revert.kind !== 'there-already' && (
        <div role="group" aria-label={words.start} className="actions-row">
          <span>
            {revert.kind === 'recreate' && `${words.gone(readableClusterId(clusterId))} `}
            {kept !== null &&
              (revert.kind === 'recreate' ? words.draftOfNew : words.draftOf(readableClusterId(clusterId)))}
          </span>
          <Button ref={confirm} size="compact-sm" onClick={() => open(revert)}>
            {kept === null ? words.openNew : words.replace}
          </Button>
          {kept !== null && (
            <Button size="compact-sm" variant="default" onClick={() => navigateTo(revert.path)}>
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
