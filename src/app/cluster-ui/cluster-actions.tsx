import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import { useFleet, useSession } from '../api/console.tsx';
import { recreationDraft } from '../drafts/draft.ts';
import { useDrafts, useHasNewDraft } from '../drafts/drafts-context.tsx';
import { consoleOrigin } from '../routing/base-path.ts';
import { withMapQuery } from '../routing/map-query.ts';
import { navigateTo } from '../routing/navigate.ts';
import { pathTo } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import type { ClipboardStatus } from '../ui/use-clipboard-status.ts';
import classes from './cluster-actions.module.css';
import { curlDeleteCommand, curlListCommand, curlSaveCommand } from './curl-commands.ts';
import { submitAddress, submitCommand } from './submit-command.ts';

const words = text.clusters.menu;

interface ClusterActionsProps {
  readonly cluster: VirtualCluster;
  /** Why it may not be changed; null when it may. */
  readonly mayNotWrite: string | null;
  /** False while a deletion of it is on its way. */
  readonly canDelete: boolean;
  readonly clipboard: ClipboardStatus;
  /** Null where it is open already. */
  readonly onOpen: (() => void) | null;
  readonly onDelete: () => void;
  readonly onShowRaw: () => void;
}

/** What can be done with a virtual cluster, as items of a menu: the same wherever it is shown. Copying leaves the menu open. */
export function ClusterActions(props: ClusterActionsProps) {
  const { cluster, mayNotWrite, canDelete, clipboard, onOpen, onDelete, onShowRaw } = props;
  const [copiedItem, setCopiedItem] = useState<string | null>(null);
  const origin = consoleOrigin();
  const session = useSession();
  const { id, divisible, revision } = cluster;
  const refused = { disabled: mayNotWrite !== null, title: mayNotWrite ?? undefined };

  async function copy(item: string, value: string) {
    await clipboard.copy(value);
    setCopiedItem(item);
  }

  const copyItem = (item: string, value: () => string) => (
    <Menu.Item
      closeMenuOnClick={false}
      rightSection={copiedItem === item ? clipboard.status : null}
      onClick={() => void copy(item, value())}
    >
      {item}
    </Menu.Item>
  );

  return (
    <>
      {onOpen !== null && <Menu.Item onClick={onOpen}>{words.open}</Menu.Item>}
      <Menu.Item {...refused} onClick={() => navigateTo(pathTo.edit(id), { keepQuery: true })}>
        {words.edit}
      </Menu.Item>
      <Duplicate cluster={cluster} />
      <Menu.Item onClick={() => navigateTo(`${pathTo.nodes}${withMapQuery('', { holder: { clusterId: id } })}`)}>
        {words.showOnMap}
      </Menu.Item>
      <Menu.Divider />
      {copyItem(words.copyLink, () => `${origin}${pathTo.cluster(id)}`)}
      {copyItem(words.copyId, () => id)}
      {session !== null && copyItem(words.submit, () => submitCommand(submitAddress(session.ray, origin), cluster))}
      {copyItem(words.curlSave, () =>
        curlSaveCommand(origin, { clusterId: id, divisible, revision, replicaSets: heldReplicaSetsOf(cluster) }),
      )}
      {copyItem(words.curlList, () => curlListCommand(origin))}
      {copyItem(words.curlDelete, () => curlDeleteCommand(origin, id))}
      <Menu.Item onClick={onShowRaw}>{words.showRaw}</Menu.Item>
      <Menu.Divider />
      <Menu.Item
        {...refused}
        disabled={mayNotWrite !== null || !canDelete}
        className={classes['delete'] ?? ''}
        onClick={onDelete}
      >
        {words.delete}
      </Menu.Item>
    </>
  );
}

/** Opens the form for a new one with what this one has; asks before it replaces another unsaved one. */
function Duplicate({ cluster }: Pick<ClusterActionsProps, 'cluster'>) {
  const { fleet } = useFleet();
  const drafts = useDrafts();
  const hasNewDraft = useHasNewDraft();
  const [isAsked, setAsked] = useState(false);
  const open = () => navigateTo(pathTo.create, { keepQuery: true, state: { recreated: `copy ${cluster.id}` } });

  function duplicate() {
    if (fleet === null) return;
    const { divisible } = cluster;
    drafts.put(recreationDraft(fleet.pool, { id: '', divisible, replicaSets: heldReplicaSetsOf(cluster) }));
    open();
  }

  if (isAsked && hasNewDraft) {
    return (
      <>
        <Menu.Label role="presentation">{text.journal.undo.draftOfNew}</Menu.Label>
        <Menu.Item onClick={duplicate}>{text.journal.undo.replace}</Menu.Item>
        <Menu.Item onClick={open}>{text.journal.undo.openKept}</Menu.Item>
      </>
    );
  }
  return (
    <Menu.Item closeMenuOnClick={!hasNewDraft} onClick={() => (hasNewDraft ? setAsked(true) : duplicate())}>
      {words.duplicate}
    </Menu.Item>
  );
}
