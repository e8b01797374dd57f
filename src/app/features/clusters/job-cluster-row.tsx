/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   A table that is drawn as blocks, as these rows are on a narrow screen, loses its own roles in some browsers. */
import { memo } from 'react';
import type { JobCluster } from '../../../domain/fleet.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { AgoText } from '../../api/ago.tsx';
import { ClusterId } from '../../ui/cluster-id.tsx';
import { SourcedValue, UnknownSource } from '../../ui/sourced-value.tsx';
import { Link } from '../../routing/link.tsx';
import { TemplateChip } from '../../ui/template-chip.tsx';
import type { ListItem } from './list-items.ts';
import { sortColumns } from './list-query.ts';
import classes from './job-cluster-row.module.css';
import sets from './replica-set-chips.module.css';
import use from './used-by.module.css';

const words = text.clusters;

/** How many templates of one job cluster are shown. */
const SHOWN = 5;

interface RowPlace {
  /** Its index among the list's items. */
  readonly index: number;
  readonly measure: ((row: HTMLTableRowElement | null) => void) | undefined;
}

/** A row below a virtual cluster's: one of its job clusters, or how many are not shown. */
export function NestedRow({ item, ...place }: RowPlace & { readonly item: Exclude<ListItem, { kind: 'cluster' }> }) {
  const parentId = item.cluster.id;
  return item.kind === 'more' ? (
    <MoreJobClusters {...place} parentId={parentId} count={item.count} />
  ) : (
    <JobClusterRow {...place} parentId={parentId} jobCluster={item.jobCluster} />
  );
}

interface JobClusterRowProps extends RowPlace {
  readonly parentId: string;
  readonly jobCluster: JobCluster;
}

/** A job cluster, below its parent; it opens the parent's panel. */
const JobClusterRow = memo(function JobClusterRow({ parentId, jobCluster, index, measure }: JobClusterRowProps) {
  const { submissionId, nodes, job } = jobCluster;
  return (
    <tr role="row" ref={measure} data-row="job" className={classes['row']} data-index={index} aria-rowindex={index + 2}>
      <td role="cell" data-column="id">
        <Link href={pathTo.cluster(parentId)} keepQuery className={classes['link']} title={jobCluster.id}>
          <ClusterId id={submissionId} />
        </Link>
      </td>
      <td role="cell" data-column="kind">
        {words.kind.jobCluster}
      </td>
      <td role="cell" data-column="sets">
        <SourcedValue fact={nodes}>
          {(held) => (
            <span className={sets['chips']} data-lines="1">
              {held.slice(0, SHOWN).map(({ templateId, count }) => (
                <TemplateChip key={templateId} nodes={{ templateId, count, dead: none }} />
              ))}
              {held.length > SHOWN && <span>{words.more(held.length - SHOWN)}</span>}
            </span>
          )}
        </SourcedValue>
      </td>
      <td role="cell" data-column="nodes">
        <SourcedValue fact={nodes}>
          {(held) => <NodeCount count={held.reduce((sum, { count }) => sum + count, 0)} />}
        </SourcedValue>
      </td>
      <td role="cell" data-column="used-by">
        <Use jobCluster={jobCluster} />
      </td>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- It holds nothing. */}
      <td role="cell" data-column="trend" />
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- It holds nothing. */}
      <td role="cell" data-column="owner" />
      <td role="cell" data-column="revision">
        {job !== null && job.startedAt !== null && (
          <>
            <AgoText at={job.startedAt} words={text.jobWords.started} />
          </>
        )}
      </td>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- It holds nothing. */}
      <td role="cell" data-column="menu" />
    </tr>
  );
});

function NodeCount({ count }: { readonly count: number }) {
  return (
    <>
      {text.facts.count(count)}
      <span data-block-only> {words.nodesWord(count)}</span>
    </>
  );
}

/** Ray does not distinguish the dead nodes of a job cluster from those of its parent. */
const none = { known: true, value: 0, source: 'state' } as const;

/** The status of its job; a job that has ended leaves its nodes held (fact 23). */
function Use({ jobCluster: { leftover, job, lastSeenAt } }: Pick<JobClusterRowProps, 'jobCluster'>) {
  if (leftover.known && leftover.value) {
    return (
      <span className={use['leftover']} title={words.use.leftoverTitle(1)}>
        <span aria-hidden="true">! </span>
        {words.leftOver}
      </span>
    );
  }
  return (
    <>
      {job === null ? (
        leftover.known ? null : (
          <UnknownSource fact={leftover} />
        )
      ) : (
        <SourcedValue fact={job.status}>{(status) => text.jobWords.status[status]}</SourcedValue>
      )}
      {lastSeenAt !== null && (
        <span className={`${use['pastPart'] ?? ''} quiet`}>
          <AgoText at={lastSeenAt} words={words.use.lastSeen} />
        </span>
      )}
    </>
  );
}

interface MoreJobClustersProps extends Omit<JobClusterRowProps, 'jobCluster'> {
  readonly count: number;
}

/** The number of job clusters that are not shown, with a link to them. */
function MoreJobClusters({ parentId, count, index, measure }: MoreJobClustersProps) {
  return (
    <tr role="row" ref={measure} data-row="job" className={classes['row']} data-index={index} aria-rowindex={index + 2}>
      <td role="cell" colSpan={sortColumns.length + 1} data-column="id">
        <Link href={pathTo.cluster(parentId)} keepQuery className={classes['link']}>
          {words.moreJobClusters(count)}
        </Link>
      </td>
    </tr>
  );
}
