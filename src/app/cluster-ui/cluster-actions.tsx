import { Menu } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { useSession } from '../api/console.tsx';
import { useDraftIds } from '../drafts/drafts-context.tsx';
import { consoleOrigin } from '../routing/base-path.ts';
import { text } from '../text/text.ts';
import { Keys } from '../ui/keys.tsx';
import type { ClipboardStatus } from '../ui/use-clipboard-status.ts';
import type { Action } from './actions/action.ts';
import { clusterActionGroups } from './actions/cluster-actions-of.ts';
import { runAction } from './actions/run-action.ts';
import { useDuplicate } from './actions/use-duplicate.ts';
import classes from './cluster-actions.module.css';

interface ClusterActionsProps {
  readonly cluster: VirtualCluster;
  /** Why it may not be changed; null when it may. */
  readonly mayNotWrite: string | null;
  /** False while a deletion of it is on its way. */
  readonly canDelete: boolean;
  readonly clipboard: ClipboardStatus;
  readonly isOpen: boolean;
  readonly onDelete: () => void;
  readonly onShowRaw: () => void;
}

/** What can be done with a virtual cluster, as items of a menu: the same wherever it is shown. Copying leaves the menu open. */
export function ClusterActions(props: ClusterActionsProps) {
  const { cluster, mayNotWrite, canDelete, clipboard, isOpen, onDelete, onShowRaw } = props;
  const [copied, setCopied] = useState<string | null>(null);
  const hasDraft = useDraftIds().has(cluster.id);
  const context = { origin: consoleOrigin(), session: useSession(), mayNotWrite, hasDraft, canDelete, isOpen };
  const { use, copy, remove } = clusterActionGroups(cluster, context);

  function run({ id, effect }: Action) {
    switch (effect.kind) {
      case 'copy':
        void clipboard.copy(effect.value).then(() => setCopied(id));
        break;
      case 'request':
        if (effect.request === 'deletion') onDelete();
        else onShowRaw();
        break;
      case 'go':
      case 'visit':
      case 'duplicate':
      case 'leave':
      case 'theme':
      case 'language':
      case 'try-now':
      case 'simulation':
      case 'shortcuts':
        runAction(effect);
    }
  }

  const item = (each: Action) =>
    each.effect.kind === 'duplicate' ? (
      <Duplicate key={each.id} label={each.label} cluster={cluster} />
    ) : (
      <ActionItem key={each.id} action={each} run={run} right={copied === each.id ? clipboard.status : null} />
    );
  return (
    <>
      {use.map(item)}
      <Menu.Divider />
      {copy.map(item)}
      <Menu.Divider />
      {remove.map(item)}
    </>
  );
}

/** One action; where it can't be done, with the reason. */
function ActionItem({
  action: { id, label, shortcut, refusal, effect },
  run,
  right,
}: {
  readonly action: Action;
  readonly run: (action: Action) => void;
  readonly right: ReactNode;
}) {
  return (
    <Menu.Item
      closeMenuOnClick={effect.kind !== 'copy'}
      disabled={refusal !== null}
      {...(refusal === null ? {} : { 'aria-label': label, 'aria-description': refusal })}
      rightSection={right ?? (shortcut !== null && <Keys of={shortcut} />)}
      className={id === 'delete' ? (classes['delete'] ?? '') : ''}
      onClick={() => run({ id, label, shortcut, refusal, effect })}
    >
      {label}
      {refusal !== null && <span className={classes['refusal']}>{refusal}</span>}
    </Menu.Item>
  );
}

/** Opens the form for a new one with what this one has; asks before it replaces another unsaved one. */
function Duplicate({ label, cluster }: { readonly label: string; readonly cluster: VirtualCluster }) {
  const { hasNewDraft, duplicate, openKept } = useDuplicate();
  const [isAsked, setAsked] = useState(false);

  if (isAsked && hasNewDraft) {
    return (
      <>
        <Menu.Label role="presentation">{text.journal.undo.draftOfNew}</Menu.Label>
        <Menu.Item onClick={() => duplicate(cluster)}>{text.journal.undo.replace}</Menu.Item>
        <Menu.Item onClick={() => openKept(cluster)}>{text.journal.undo.openKept}</Menu.Item>
      </>
    );
  }
  return (
    <Menu.Item closeMenuOnClick={!hasNewDraft} onClick={() => (hasNewDraft ? setAsked(true) : duplicate(cluster))}>
      {label}
    </Menu.Item>
  );
}
