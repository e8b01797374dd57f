import '@mantine/core/styles/Menu.css';
import '@mantine/core/styles/Popover.css';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useId, useState } from 'react';
import { denialReason } from '../../../contract/rights.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { revisionTime, type Revision } from '../../../domain/revision.ts';
import { useSession } from '../../api/console.tsx';
import { curlSaveCommand, heldReplicaSetsOf } from '../../cluster-ui/curl-commands.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { Ago } from '../../api/ago.tsx';
import { consoleOrigin } from '../../routing/base-path.ts';
import { ClusterId } from '../../ui/cluster-id.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { navigateTo, Link } from '../../routing/link.tsx';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import classes from './panel-head.module.css';

interface PanelHeadProps {
  readonly clusterId: string;
  /** Null when the fleet has none of this id. */
  readonly cluster: VirtualCluster | null;
  readonly isBeside: boolean;
  /** False while a delete is on its way or not settled. */
  readonly canDelete: boolean;
  readonly onDelete: () => void;
  readonly onShowRaw: () => void;
}

/** Which virtual cluster this is, and what can be done with it. */
export function PanelHead({ clusterId, cluster, isBeside, canDelete, onDelete, onShowRaw }: PanelHeadProps) {
  const words = text.panel;
  return (
    <header className={classes['head']}>
      <div className={classes['title']}>
        <ScreenHeading level={isBeside ? 2 : 1} takesFocus={!isBeside}>
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
          <span aria-hidden="true">×</span>
        </Link>
      </div>
      {cluster !== null && (
        <>
          <dl className={classes['facts']}>
            <div>
              <dt className="visually-hidden">{text.clusters.columns.kind}</dt>
              <dd>
                {cluster.divisible ? words.divisible : words.indivisible}
                <span className="quiet">. {cluster.divisible ? words.divisibleMeans : words.indivisibleMeans}</span>
              </dd>
            </div>
            <div>
              <dt className={classes['explained']} title={words.revisionMeans}>
                {words.lastRevision}
              </dt>
              <dd>
                <RevisionFact revision={cluster.revision} />
              </dd>
            </div>
          </dl>
          <Actions cluster={cluster} canDelete={canDelete} onDelete={onDelete} onShowRaw={onShowRaw} />
        </>
      )}
    </header>
  );
}

/** A revision as a time, and digit for digit; what moves it is said, because it isn't only edits (fact 6). */
function RevisionFact({ revision }: { readonly revision: Revision }) {
  const words = text.panel;
  const at = revisionTime(revision);
  return (
    <>
      {at === null ? words.revisionIsNoTime : <Ago at={at} />} <code>{revision}</code>
      <CopyButton value={revision} what={words.revisionDigits} />
      <span className="visually-hidden"> {words.revisionMeans}</span>
    </>
  );
}

function Actions({
  cluster,
  canDelete,
  onDelete,
  onShowRaw,
}: Omit<PanelHeadProps, 'clusterId' | 'isBeside'> & { readonly cluster: VirtualCluster }) {
  const words = text.panel;
  const session = useSession();
  const why = useId();
  const [said, setSaid] = useState<string | null>(null);
  const refusal = session === null ? null : denialReason(session, cluster.id);
  const isRefused = refusal !== null;
  const mayWrite = session !== null && !isRefused;
  const described = isRefused ? { 'aria-describedby': why } : {};

  async function copyAsCurl() {
    const { id, divisible, revision } = cluster;
    const line = curlSaveCommand(consoleOrigin(), {
      clusterId: id,
      divisible,
      revision,
      replicaSets: heldReplicaSetsOf(cluster),
    });
    try {
      await navigator.clipboard.writeText(line);
      setSaid(text.copy.copied);
    } catch {
      setSaid(text.copy.failed);
    }
  }

  return (
    <div className="actions-row">
      <Button
        size="xs"
        variant="default"
        disabled={!mayWrite}
        {...described}
        onClick={() => navigateTo(pathTo.edit(cluster.id), { keepQuery: true })}
      >
        {words.edit}
      </Button>
      <Button size="xs" variant="default" disabled={!mayWrite || !canDelete} {...described} onClick={onDelete}>
        {text.remove.open}
      </Button>
      <Menu
        position="bottom-start"
        // Where it belongs in the document, and with nothing in it but its items.
        withinPortal={false}
        withInitialFocusPlaceholder={false}
        transitionProps={{ duration: 0 }}
        onOpen={() => setSaid(null)}
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
          <Menu.Item onClick={() => void copyAsCurl()}>{words.copyAsCurl}</Menu.Item>
          <Menu.Item onClick={onShowRaw}>{words.showRaw}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span role="status" className="quiet">
        {said}
      </span>
      {refusal !== null && (
        <p id={why} className={classes['why']}>
          {words.mayNotWrite(refusal)}
        </p>
      )}
    </div>
  );
}
