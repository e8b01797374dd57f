import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { useFleet } from '../../api/console.tsx';
import { SavedNotice } from '../../changes/saved-notice.tsx';
import { DeleteDialog } from '../delete/delete-dialog.tsx';
import { DeleteOutcome } from '../delete/delete-outcome.tsx';
import { useDelete } from '../delete/use-delete.ts';
import { useDeleteWhenIdle } from '../delete/use-delete-when-idle.ts';
import { WaitingDeletionNotice, DeleteWhenIdleStatus } from '../delete/waiting-deletion-notice.tsx';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { Link } from '../../routing/link.tsx';
import { SectionLevel } from '../../ui/section-level.tsx';
import { History } from './history.tsx';
import { PanelHead } from './panel-head.tsx';
import { PanelNodes } from './panel-nodes.tsx';
import classes from './cluster-panel.module.css';
import { RawReply } from './raw-reply.tsx';
import { ReplicaSetsTable } from './replica-sets-table.tsx';
import { Section } from './section.tsx';
import { UsedBySection } from './used-by.tsx';

/** From here on the panel stands beside the list, and the focus stays in the list. */
const SIDE_BY_SIDE_QUERY = '(min-width: 1200px)';

/** One virtual cluster: what it has, who uses it, its nodes and its last changes. */
export function ClusterPanel({ clusterId }: { readonly clusterId: string }) {
  const { fleet, error } = useFleet();
  const isBeside = useMediaQuery(SIDE_BY_SIDE_QUERY, true, { getInitialValueInEffect: false });
  const cluster = fleet?.clusters.get(clusterId) ?? null;
  const [wasPresent, setWasThere] = useState(false);
  const [isRawShown, setRawShown] = useState(false);
  const deletion = useDelete(clusterId);
  const whenIdle = useDeleteWhenIdle(clusterId);
  const waiting = fleet?.waiting.find((each) => each.clusterId === clusterId) ?? null;
  const asksWhenIdle = waiting === null && !whenIdle.isBusy ? whenIdle.request : null;
  if (cluster !== null && !wasPresent) setWasThere(true);

  return (
    <SectionLevel value={isBeside ? 3 : 2}>
      <article className={classes['panel']} aria-label={readableClusterId(clusterId)}>
        <PanelHead
          clusterId={clusterId}
          cluster={cluster}
          isBeside={isBeside}
          canDelete={deletion.canOpen}
          onDelete={() => cluster !== null && deletion.open(cluster)}
          onShowRaw={() => setRawShown(true)}
        />
        <div className={classes['body']}>
          <SavedNotice clusterId={clusterId} />
          {waiting === null ? (
            <DeleteWhenIdleStatus whenIdle={whenIdle} />
          ) : (
            <WaitingDeletionNotice
              waiting={waiting}
              wasAskedHere={'id' in whenIdle.submission && whenIdle.submission.id === waiting.changeId}
            />
          )}
          <DeleteOutcome removal={deletion} cluster={cluster} askWhenIdle={asksWhenIdle} />
          {isRawShown && <RawReply clusterId={clusterId} hide={() => setRawShown(false)} />}
          {cluster !== null ? (
            <ClusterSections cluster={cluster} isHeldShown={deletion.state.kind === 'in-use'} />
          ) : fleet === null ? (
            <p className="quiet">{error?.message ?? text.panel.connecting}</p>
          ) : (
            deletion.state.kind !== 'not-found' && (
              <ClusterNotFound
                clusterId={clusterId}
                isRead={fleet.sources.list.readAt !== null}
                wasThere={wasPresent}
              />
            )
          )}
          <History clusterId={clusterId} />
        </div>
        <DeleteDialog removal={deletion} cluster={cluster} askWhenIdle={asksWhenIdle} />
      </article>
    </SectionLevel>
  );
}

/** `isHeldShown`: what holds it is told above already, with what to do about it. */
function ClusterSections({
  cluster,
  isHeldShown,
}: {
  readonly cluster: VirtualCluster;
  readonly isHeldShown: boolean;
}) {
  return (
    <>
      <Section title={text.panel.sets.title}>
        <ReplicaSetsTable templates={cluster.templates} />
      </Section>
      {!isHeldShown && <UsedBySection cluster={cluster} />}
      <Section title={text.panel.nodes.title}>
        <PanelNodes cluster={cluster} />
      </Section>
    </>
  );
}

/** There is none of this id in Ray's list: gone meanwhile, never there, or the list was never read. */
function ClusterNotFound({
  clusterId,
  isRead,
  wasThere,
}: {
  readonly clusterId: string;
  readonly isRead: boolean;
  readonly wasThere: boolean;
}) {
  const words = text.panel;
  const { title, detail } = !isRead
    ? { title: words.notRead.title, detail: words.notRead.detail }
    : wasThere
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
