import { Suspense, useState } from 'react';
import { PRIMARY_CLUSTER_ID } from '../../../../domain/cluster-id.ts';
import { shownValue } from '../../../../domain/sourced.ts';
import type { FreePool, JobCluster } from '../../../../domain/fleet.ts';
import { text } from '../../../text/text.ts';
import { ClusterId } from '../../../ui/cluster-id.tsx';
import { UnknownSource } from '../../../ui/sourced-value.tsx';
import { Term } from '../../../ui/term.tsx';
import { Pager, usePagination } from '../../../ui/pager.tsx';
import classes from './overview.module.css';
import { lazyPart } from '../../../ui/lazy-part.ts';

const words = text.clusters.free;

/** How many are shown at a time. */
const PAGE_SIZE = 20;

/** Lazy: few are ever left over. */
const ReleaseControl = lazyPart(() => import('../../../changes/release-control.tsx'), 'ReleaseControl');

/** Job clusters cut from the primary cluster: they take free nodes, and no row of the list holds them (fact 22). */
export function PrimaryJobClusters({ jobClusters }: Pick<FreePool, 'jobClusters'>) {
  // A job cluster released here stays, to show the outcome.
  const [begun, setBegun] = useState<ReadonlyMap<string, JobCluster>>(new Map());
  const [isOpen, setOpen] = useState(false);
  const shown = shownValue(jobClusters)?.value ?? null;
  const pages = usePagination(shown?.length ?? 0, PAGE_SIZE);
  if (!jobClusters.known && shown === null) {
    // Before the first reading there is nothing to explain yet.
    if (jobClusters.reason === 'not-read-yet') return null;
    return (
      <p className={classes['reason']}>
        {words.jobClustersUnknown} <UnknownSource fact={jobClusters} />
      </p>
    );
  }
  const all = shown ?? [];
  const gone = [...begun.values()].filter(({ id }) => !all.some((each) => each.id === id));
  if (all.length + gone.length === 0) return null;
  const sizes = all.map(({ nodes }) => (nodes.known ? nodes.value.reduce((sum, { count }) => sum + count, 0) : null));
  const known = sizes.filter((size) => size !== null);
  return (
    <details
      className={`${classes['details'] ?? ''} ${jobClusters.known ? '' : 'last-known'}`}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        {known.length === all.length
          ? words.jobClusters(
              all.length,
              known.reduce((sum, size) => sum + size, 0),
            )
          : words.jobClustersNodesUnknown(all.length)}
      </summary>
      <div className={classes['unfolded']}>
        <Term of="primary-cluster">{words.primary}</Term>
        <ul className={classes['jobClusters']}>
          {(isOpen ? [...all.slice(pages.from, pages.to), ...gone] : []).map((jobCluster) => {
            const { id, nodes, leftover } = jobCluster;
            const isLeftover = leftover.known && leftover.value;
            return (
              <li key={id}>
                <code>
                  <ClusterId id={id} />
                </code>{' '}
                {nodes.known ? (
                  text.joins.list(nodes.value.map(({ templateId, count }) => words.jobClusterNodes(templateId, count)))
                ) : (
                  <UnknownSource fact={nodes} />
                )}
                {isLeftover && !gone.includes(jobCluster) && <span className="quiet"> · {words.leftover}</span>}
                {((isLeftover && jobClusters.known) || begun.has(id)) && (
                  <Suspense fallback={null}>
                    <ReleaseControl
                      jobCluster={jobCluster}
                      parentId={PRIMARY_CLUSTER_ID}
                      onStart={() => setBegun((now) => new Map(now).set(id, jobCluster))}
                    />
                  </Suspense>
                )}
              </li>
            );
          })}
        </ul>
        {isOpen && <Pager pages={pages} label={words.primaryList} />}
      </div>
    </details>
  );
}
