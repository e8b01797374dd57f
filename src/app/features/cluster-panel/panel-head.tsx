import '@mantine/core/styles/Menu.css';
import '@mantine/core/styles/Popover.css';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { denialReason } from '../../api/denial-reason.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { useSession } from '../../api/console.tsx';
import { editAction } from '../../cluster-ui/actions/edit-action.ts';
import { runAction } from '../../cluster-ui/actions/run-action.ts';
import { ClusterActions } from '../../cluster-ui/cluster-actions.tsx';
import { useDraftIds } from '../../drafts/drafts-context.tsx';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { ClusterId } from '../../ui/cluster-id.tsx';
import { useClipboardStatus } from '../../ui/use-clipboard-status.ts';
import { Link } from '../../routing/link.tsx';
import { Keys } from '../../ui/keys.tsx';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { Term } from '../../ui/term.tsx';
import classes from './panel-head.module.css';
import { Icon } from '../../ui/icon.tsx';

interface PanelHeadProps {
  readonly clusterId: string;
  /** Null when the fleet has no cluster with this id. */
  readonly cluster: VirtualCluster | null;
  readonly isBeside: boolean;
  readonly isEditFocused: boolean;
  /** False while a delete is being sent or is unsettled. */
  readonly canDelete: boolean;
  readonly onDelete: () => void;
  readonly onShowRaw: () => void;
}

/** The head of the panel: which virtual cluster this is, and the actions on it. */
export function PanelHead(props: PanelHeadProps) {
  const { clusterId, cluster, isBeside, isEditFocused } = props;
  const words = text.panel;
  return (
    <header className={classes['head']}>
      <div className={classes['title']}>
        <ScreenHeading level={isBeside ? 2 : 1} takesFocus={!isBeside && !isEditFocused}>
          <span className={classes['id']}>
            <ClusterId id={clusterId} />
          </span>
        </ScreenHeading>
        <Link
          href={pathTo.clusters}
          keepQuery
          className={`icon-button ${classes['close'] ?? ''}`}
          aria-label={words.close}
          title={words.close}
        >
          <Icon of="close" />
        </Link>
      </div>
      {cluster !== null && (
        <>
          <dl className={classes['facts']}>
            <div>
              <dt className="visually-hidden">{text.clusters.columns.kind}</dt>
              <dd>
                <Term of="kind">{cluster.divisible ? words.divisible : words.indivisible}</Term>
                <span className="quiet">
                  {text.joins.stop}
                  {cluster.divisible ? words.divisibleMeans : words.indivisibleMeans}
                </span>
              </dd>
            </div>
          </dl>
          <Actions {...props} cluster={cluster} />
        </>
      )}
    </header>
  );
}

function Actions({
  cluster,
  isBeside,
  isEditFocused,
  canDelete,
  onDelete,
  onShowRaw,
}: Omit<PanelHeadProps, 'clusterId'> & { readonly cluster: VirtualCluster }) {
  const words = text.panel;
  const session = useSession();
  const why = useId();
  const clipboard = useClipboardStatus();
  const refusal = session === null ? null : denialReason(session, cluster.id);
  const isRefused = refusal !== null;
  const mayWrite = session !== null && !isRefused;
  const hasDraft = useDraftIds().has(cluster.id);
  const edit = editAction(cluster.id, { mayNotWrite: refusal, hasDraft });
  const editButton = useRef<HTMLButtonElement>(null);
  const takesFocus = useRef(isEditFocused);
  useEffect(() => {
    // Once, and not before the button can be used.
    if (!takesFocus.current || !mayWrite) return;
    takesFocus.current = false;
    editButton.current?.focus();
  }, [mayWrite]);
  const described = isRefused ? { 'aria-describedby': why } : {};

  return (
    <div className="actions-row">
      <Button
        ref={editButton}
        rightSection={mayWrite && <Keys of="edit" />}
        size="xs"
        variant="default"
        disabled={!mayWrite}
        {...described}
        onClick={() => runAction(edit.effect)}
      >
        {edit.label}
      </Button>
      <Button size="xs" variant="default" disabled={!mayWrite || !canDelete} {...described} onClick={onDelete}>
        {text.remove.open}
      </Button>
      <Menu
        position="bottom-start"
        // In the document order of its button. No placeholder: a menu may hold only items.
        withinPortal={false}
        withInitialFocusPlaceholder={false}
        transitionProps={{ duration: 0 }}
        width={280}
        onOpen={clipboard.reset}
      >
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={words.more(readableClusterId(cluster.id))}
            title={words.more(readableClusterId(cluster.id))}
          >
            <span aria-hidden="true">⋯</span>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ClusterActions
            cluster={cluster}
            mayNotWrite={refusal}
            canDelete={canDelete}
            clipboard={clipboard}
            isOpen
            onDelete={onDelete}
            onShowRaw={onShowRaw}
          />
        </Menu.Dropdown>
      </Menu>
      <span role="status" className="quiet">
        {clipboard.status}
      </span>
      {refusal !== null && (
        // Where nothing may be changed at all, the list beside it says why.
        <p id={why} className={isBeside && session?.mayWrite === false ? 'visually-hidden' : classes['why']}>
          {words.mayNotWrite(refusal)}
        </p>
      )}
    </div>
  );
}
