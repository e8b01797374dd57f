import { useState, type ReactNode } from 'react';
import { usePrefetchQuery } from '@tanstack/react-query';
import { useHistoryState, useSearch } from 'wouter/use-browser-location';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { useConsole, useFleet } from '../../api/console.tsx';
import { usageQuery } from '../../api/usage-queries.ts';
import { SavedNotice } from '../../changes/saved-notice.tsx';
import { asksFor } from '../../routing/cluster-request.ts';
import { navigateTo } from '../../routing/navigate.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { Link } from '../../routing/link.tsx';
import { SectionLevel } from '../../ui/section-level.tsx';
import { useSideBySide } from '../../ui/use-side-by-side.ts';
import { History } from './history.tsx';
import { OwnerSection } from './owner/owner-section.tsx';
import { PanelHead } from './panel-head.tsx';
import { panelUsageAsk } from './panel-usage-ask.ts';
import { PanelNodes } from './panel-nodes.tsx';
import classes from './cluster-panel.module.css';
import { RawReply } from './raw-reply.tsx';
import { ReplicaSetsTable } from './replica-sets-table.tsx';
import { Section } from './section.tsx';
import { UsedBySection } from './used-by.tsx';
import { sectionPart } from '../../ui/section-part.tsx';

const usage = sectionPart(
  () => import('./panel-usage.tsx'),
  'PanelUsage',
  () => <p className={`quiet ${classes['usageRoom'] ?? ''}`}>{text.shell.loading}</p>,
);
const PanelUsage = usage.Part;

/** Loads the chart's code, for who expects that it will be needed. */
export const loadPanelUsage = usage.load;

/** Deleting the cluster, as the panel shows it. */
interface PanelDeletion {
  readonly canOpen: boolean;
  open(cluster: VirtualCluster): void;
  /** Whether `outcome` lists what holds the cluster, so that the panel need not. */
  readonly listsHolders: boolean;
  /** Whether the deletion says why the cluster is not there any more, so that the panel need not. */
  readonly saysNotFound: boolean;
  readonly notice: ReactNode;
  readonly outcome: ReactNode;
  readonly dialog: ReactNode;
}

interface ClusterPanelProps {
  readonly clusterId: string;
  /** Whether the button that opens the editor takes the focus when the panel appears. */
  readonly isEditFocused: boolean;
  readonly deletion: PanelDeletion;
}

/** One virtual cluster: its replica sets, users, nodes and newest changes. */
export function ClusterPanel({ clusterId, isEditFocused, deletion }: ClusterPanelProps) {
  const { fleet, error } = useFleet();
  const isBeside = useSideBySide();
  const cluster = fleet?.clusters.get(clusterId) ?? null;
  const [wasPresent, setWasPresent] = useState(false);
  const isRawAsked = asksFor(useHistoryState<unknown>(), 'raw-reply');
  const [isRawOpened, setRawOpened] = useState(false);
  const isRawShown = isRawOpened || isRawAsked;

  if (cluster !== null && !wasPresent) setWasPresent(true);

  function hideRaw() {
    setRawOpened(false);
    if (isRawAsked) navigateTo(pathTo.cluster(clusterId), { keepQuery: true, replace: true });
  }

  return (
    <SectionLevel value={isBeside ? 3 : 2}>
      <article className={classes['panel']} aria-label={readableClusterId(clusterId)}>
        <PanelHead
          clusterId={clusterId}
          cluster={cluster}
          isBeside={isBeside}
          isEditFocused={isEditFocused}
          canDelete={deletion.canOpen}
          onDelete={() => cluster !== null && deletion.open(cluster)}
          onShowRaw={() => setRawOpened(true)}
        />
        {fleet === null && (
          <div className={classes['body']}>
            <p className="quiet">{error?.message ?? text.panel.connecting}</p>
          </div>
        )}
        {/* Not below a head that is still to grow: it would be pushed away. */}
        <div className={classes['body']} hidden={fleet === null}>
          <SavedNotice clusterId={clusterId} />
          {deletion.notice}
          {deletion.outcome}
          {isRawShown && <RawReply clusterId={clusterId} hide={hideRaw} />}
          {cluster !== null ? (
            <ClusterSections cluster={cluster} areHoldersShown={!deletion.listsHolders} />
          ) : (
            fleet !== null &&
            !deletion.saysNotFound && (
              <ClusterNotFound
                clusterId={clusterId}
                isRead={fleet.sources.list.readAt !== null}
                wasPresent={wasPresent}
              />
            )
          )}
          <History clusterId={clusterId} revision={cluster?.revision ?? null} />
        </div>
        {deletion.dialog}
      </article>
    </SectionLevel>
  );
}

function ClusterSections({
  cluster,
  areHoldersShown,
}: {
  readonly cluster: VirtualCluster;
  readonly areHoldersShown: boolean;
}) {
  const { api, time } = useConsole();
  // While the chart's code is still on its way.
  usePrefetchQuery(usageQuery(api, time, panelUsageAsk(cluster, useSearch())));
  return (
    <>
      <Section title={text.panel.sets.title} term="replica-sets">
        <ReplicaSetsTable templates={cluster.templates} />
      </Section>
      <OwnerSection key={cluster.id} cluster={cluster} />
      {areHoldersShown && <UsedBySection cluster={cluster} />}
      <Section title={text.shell.usage}>
        <PanelUsage cluster={cluster} />
      </Section>
      <Section title={text.panel.nodes.title}>
        <PanelNodes cluster={cluster} />
      </Section>
    </>
  );
}

/** Shown for an id that is not in Ray's list: deleted meanwhile, never there, or the list was never read. */
function ClusterNotFound({
  clusterId,
  isRead,
  wasPresent,
}: {
  readonly clusterId: string;
  readonly isRead: boolean;
  readonly wasPresent: boolean;
}) {
  const words = text.panel;
  const { title, detail } = !isRead
    ? { title: words.notRead.title, detail: words.notRead.detail }
    : wasPresent
      ? { title: words.gone.title, detail: words.gone.detail(clusterId) }
      : { title: words.missing.title, detail: words.missing.detail(clusterId) };
  return (
    <Section title={title}>
      <p>{detail}</p>
      <p className={classes['ways']}>
        <Link href={pathTo.clusters} keepQuery>
          {words.toList}
        </Link>
        {isRead && (
          <Link href={pathTo.create} keepQuery>
            {words.toCreate}
          </Link>
        )}
      </p>
    </Section>
  );
}
