import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { useConsole, useDenialReason, useFleet } from '../../api/console.tsx';
import type { Draft } from '../../drafts/draft-store.ts';
import { useDrafts } from '../../drafts/drafts-context.tsx';
import { navigateTo } from '../../routing/navigate.ts';
import { pathTo } from '../../routing/routes.ts';
import { usageText } from '../../text/usage-text.ts';
import { giveBackDraft } from './give-back.ts';

interface GiveBackProps {
  readonly clusterId: string;
  readonly templateId: string;
  readonly count: number;
}

/** Opens the editor with the suggestion filled in, and sends nothing. Asks first if that would lose a draft. */
export function GiveBackControl({ clusterId, templateId, count }: GiveBackProps) {
  const words = usageText.idle;
  const { clock } = useConsole();
  const { fleet } = useFleet();
  const drafts = useDrafts();
  const refusal = useDenialReason()(clusterId);
  const [isAsking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking) confirm.current?.focus();
  }, [isAsking]);
  const made = (): Draft | null =>
    fleet === null ? null : giveBackDraft(fleet, { clusterId, templateId, count }, clock.now());

  function open() {
    const draft = made();
    if (draft === null) return;
    drafts.put(draft);
    navigateTo(pathTo.edit(clusterId), { state: { recreated: `give back ${templateId}` } });
  }

  if (isAsking) {
    return (
      <div role="group" aria-label={words.giveBackOf(readableClusterId(clusterId), templateId)} className="actions-row">
        <span>{words.draft(readableClusterId(clusterId))}</span>
        <Button ref={confirm} size="compact-sm" onClick={open}>
          {words.replace}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => navigateTo(pathTo.edit(clusterId))}>
          {words.keep}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setAsking(false);
            requestAnimationFrame(() => opener.current?.focus());
          }}
        >
          {words.cancel}
        </Button>
      </div>
    );
  }
  return (
    <Button
      ref={opener}
      size="compact-sm"
      variant="default"
      aria-label={words.giveBackOf(readableClusterId(clusterId), templateId)}
      disabled={refusal !== null || fleet?.clusters.has(clusterId) !== true}
      {...(refusal === null ? {} : { title: refusal })}
      onClick={() => (drafts.get(clusterId) === null ? open() : setAsking(true))}
    >
      {words.giveBack}
    </Button>
  );
}
